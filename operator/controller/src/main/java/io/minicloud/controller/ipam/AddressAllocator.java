package io.minicloud.controller.ipam;

import io.minicloud.api.host.AddressClaimSpec;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.HashSet;
import java.util.function.Predicate;

/**
 * Finds an address and claims it: the lowest that is free. When another was faster, one of the next two, four, eight: of
 * many that want the lowest at once each would lose to each.
 */
public final class AddressAllocator {
    private final ClaimLedger ledger;

    /** Allocates by this ledger. */
    public AddressAllocator(ClaimLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Whether the wanted address may be asked for at all.
     *
     * @return the request itself, or why not
     */
    public static Resolution<AddressRequest> check(AddressRequest request) {
        if (request.wanted() == null) {
            return new Resolution.Resolved<>(request);
        }
        var address = Ipv4.parse(request.wanted());
        if (!request.addresses().contains(address)) {
            return new Resolution.Invalid<>(
                    IpamReason.InvalidAddressRange,
                    request.wanted() + " is not in " + request.addresses().describe());
        }
        return request.addresses().isReserved(address)
                ? new Resolution.Invalid<>(
                        IpamReason.AddressReserved,
                        request.wanted() + " is reserved: the first four addresses of a subnet and its last")
                : new Resolution.Resolved<>(request);
    }

    /**
     * Claims an address; the same owner gets the same wanted address as often as it asks.
     *
     * @param request a request that {@link #check} let pass
     * @param isTaken whether an address is known to be in use
     */
    public Resolution<String> allocate(AddressRequest request, Predicate<String> isTaken) {
        if (request.wanted() != null) {
            return claim(request, request.wanted());
        }
        var lost = new HashSet<String>();
        for (var spread = 1L; ; spread *= 2) {
            var free = request.addresses()
                    .all()
                    .filter(address -> !lost.contains(address) && !isTaken.test(address))
                    .limit(spread)
                    .toList();
            if (free.isEmpty()) {
                return new Resolution.Waiting<>(
                        request.addresses().exhausted(),
                        "every address of " + request.addresses().describe() + " is in use");
            }
            var address = free.get(Math.floorMod(request.owner().uid().hashCode(), free.size()));
            var claimed = claim(request, address);
            if (claimed instanceof Resolution.Resolved<String>) {
                return claimed;
            }
            lost.add(address);
        }
    }

    private Resolution<String> claim(AddressRequest request, String address) {
        AddressClaimSpec standing = ledger.enter(request.claim(address));
        return standing.ownerUid().equals(request.owner().uid())
                ? new Resolution.Resolved<>(address)
                : new Resolution.Waiting<>(
                        IpamReason.AddressInUse,
                        address + " belongs to " + standing.ownerKind() + " " + standing.ownerNamespace() + "/"
                                + standing.ownerName());
    }
}
