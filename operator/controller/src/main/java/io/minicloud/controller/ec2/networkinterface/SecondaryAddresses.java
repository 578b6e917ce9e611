package io.minicloud.controller.ec2.networkinterface;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostInterface;
import io.minicloud.controller.address.AddressClaims;
import io.minicloud.controller.address.AddressHolder;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.controller.ipam.IpamReason;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Claims the secondary private addresses of interfaces and gives them back. */
final class SecondaryAddresses {
    private final AddressClaims claims;

    /**
     * Claims by these.
     *
     * @param claims those of the primary addresses too: all are of one subnet
     */
    SecondaryAddresses(AddressClaims claims) {
        this.claims = claims;
    }

    /**
     * The addresses that an interface has.
     *
     * @param addresses the addresses
     * @param trouble why one that it asks for is missing; null: none is
     */
    record Held(PrivateAddresses addresses, @Nullable Progress trouble) {
        /** Whether only time helps: nobody tells of an address that is given back. */
        boolean asksAgain() {
            return trouble != null
                    && (trouble.reason() == IpamReason.AddressInUse
                            || trouble.reason() == IpamReason.InsufficientFreeAddressesInSubnet);
        }

        /** Whether the status that was read names other addresses. */
        boolean isRecording(NetworkInterface eni) {
            return !SecondaryRules.recorded(eni).equals(addresses.secondary());
        }

        /** Those that the status names already: a port carries no other. */
        PrivateAddresses carried(NetworkInterface eni) {
            var recorded = SecondaryRules.recorded(eni);
            return new PrivateAddresses(
                    addresses.primary(),
                    addresses.secondary().stream().filter(recorded::contains).toList());
        }
    }

    /**
     * Holds the addresses that an interface is to have, as far as it gets. One that is not to be had keeps none from the
     * others.
     *
     * @param eni the interface, whose status names its primary address
     * @param any a request for any address of its subnet
     * @param most the most that it may have now; it keeps what it has
     */
    Held hold(NetworkInterface eni, AddressRequest any, int most, Context<NetworkInterface> context) {
        var holder = holder(eni);
        var primary = eni.getStatus().privateIpAddress();
        var standing = claims.all(holder, context);
        var held = new ArrayList<String>();
        Progress trouble = null;
        for (var target : SecondaryRules.targets(eni, primary, standing)) {
            var claimed = take(target, primary, standing.contains(target.orElse("")), held.size() < most)
                    .orElseGet(() -> Judgement.fold(
                            claims.another(holder, target.map(any::of).orElse(any), context),
                            address -> new Taken(address, null),
                            (reason, message) -> new Taken(null, Progress.pending(reason, message))));
            if (claimed.address() != null) {
                held.add(claimed.address());
            } else if (trouble == null) {
                trouble = claimed.trouble() == null ? SecondaryRules.limitExceeded(most) : claimed.trouble();
            }
        }
        return new Held(new PrivateAddresses(primary, List.copyOf(held)), trouble);
    }

    /**
     * Gives back what the interface neither is to have nor has: an address that its status still names or that a host may
     * still serve stays its own.
     */
    void releaseUnused(NetworkInterface eni, Held held, List<HostInterface> ports, Context<NetworkInterface> context) {
        if (!ports.stream().allMatch(port -> Conditions.isTrue(port, ConditionType.PROGRAMMED))) {
            return;
        }
        var used = new HashSet<>(held.addresses().all());
        used.addAll(SecondaryRules.recorded(eni));
        ports.forEach(port -> used.addAll(port.getSpec().privateIpAddresses()));
        claims.releaseUnused(holder(eni), used::contains, context);
    }

    /** Who holds the addresses of an interface. */
    static AddressHolder holder(NetworkInterface eni) {
        var status = eni.getStatus();
        return AddressHolder.of(
                eni, status == null ? null : status.subnetId(), status == null ? null : status.privateIpAddress());
    }

    private record Taken(@Nullable String address, @Nullable Progress trouble) {}

    /** What is known without asking for the address; empty: it is to be claimed. */
    private static Optional<Taken> take(Optional<String> target, String primary, boolean standing, boolean allowed) {
        if (target.filter(primary::equals).isPresent()) {
            return Optional.of(new Taken(
                    null,
                    Progress.pending(
                            NetworkInterfaceReason.InvalidParameterValue,
                            primary + " is the primary address: take it out of secondaryPrivateIpAddresses")));
        }
        if (standing) {
            return target.map(address -> new Taken(address, null));
        }
        return allowed ? Optional.empty() : Optional.of(new Taken(null, null));
    }
}
