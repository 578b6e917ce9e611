package io.minicloud.controller.ec2.networkinterface;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.controller.ipam.AddressAllocator;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.controller.ipam.SubnetAddresses;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The address of an interface: claimed once, kept for life, given back at the end. */
final class InterfaceAddresses {
    private final PlanExecutor executor;
    private final Set<String> underway = ConcurrentHashMap.newKeySet();

    /**
     * The names of the claims that this controller wrote, by the uid of their interface, until its status names an address:
     * an index does not know them yet when another controller's status turns out to be the first one, and no event tells a
     * controller of its own claim.
     */
    private final Map<String, Set<String>> unrecorded = new ConcurrentHashMap<>();

    InterfaceAddresses(PlanExecutor executor) {
        this.executor = executor;
    }

    /** The address of the interface, claimed now if it has none. */
    Resolution<String> hold(NetworkInterface eni, InterfacePlace place, Context<NetworkInterface> context) {
        var mine = claims(eni, context);
        var kept = kept(eni, mine);
        if (kept != null
                && mine.stream().anyMatch(claim -> claim.getSpec().address().equals(kept))) {
            return new Resolution.Resolved<>(kept);
        }
        var request = new AddressRequest(
                place.subnetId(),
                SubnetAddresses.of(place.subnet().getSpec().cidrBlock()),
                kept == null ? eni.getSpec().privateIpAddress() : kept,
                owner(eni));
        return AddressAllocator.check(request)
                .then(checked -> claim(eni, checked, context))
                .then(address -> {
                    unrecorded
                            .computeIfAbsent(eni.getMetadata().getUid(), uid -> ConcurrentHashMap.newKeySet())
                            .add(ClusterClaimLedger.name(place.subnetId(), address));
                    return new Resolution.Resolved<>(address);
                });
    }

    /**
     * Whether the status names the address. Until then it may still become another one: of two controllers that claim for
     * the same interface, the one whose status is written first decides.
     */
    static boolean isRecorded(NetworkInterface eni, String address) {
        return eni.getStatus() != null && address.equals(eni.getStatus().privateIpAddress());
    }

    /** Gives every address of the interface back. */
    void release(NetworkInterface eni, Context<NetworkInterface> context) {
        release(eni, claim -> true, context);
    }

    /** Gives every address but this one back: what a controller claimed that came too late. */
    void releaseOthers(NetworkInterface eni, String address, Context<NetworkInterface> context) {
        release(eni, claim -> !claim.getSpec().address().equals(address), context);
    }

    private void release(NetworkInterface eni, Predicate<AddressClaim> which, Context<NetworkInterface> context) {
        var plan = new Plan(claims(eni, context).stream()
                .filter(which)
                .map(claim -> new ReleaseAddress(context.getClient(), claim))
                .toList());
        executor.execute("NetworkInterface " + Indexes.key(eni), plan);
        unrecorded.remove(eni.getMetadata().getUid());
    }

    private Resolution<String> claim(NetworkInterface eni, AddressRequest request, Context<NetworkInterface> context) {
        var ledger = new ClusterClaimLedger(context, underway);
        var action = new ClaimAddress(
                new AddressAllocator(ledger), request, address -> ledger.isTaken(request.subnetId(), address));
        executor.execute("NetworkInterface " + Indexes.key(eni), Plan.of(action));
        return action.result();
    }

    /** The address in the status, or that of a claim whose pass ended before the status was written. */
    private static @Nullable String kept(NetworkInterface eni, List<AddressClaim> mine) {
        if (eni.getStatus() != null && eni.getStatus().privateIpAddress() != null) {
            return eni.getStatus().privateIpAddress();
        }
        return mine.stream()
                .map(claim -> claim.getSpec().address())
                .sorted()
                .findFirst()
                .orElse(null);
    }

    /** By owner, and by name for those that the index does not know yet. */
    private List<AddressClaim> claims(NetworkInterface eni, Context<NetworkInterface> context) {
        var cached = Cached.of(context, AddressClaim.class);
        var uid = eni.getMetadata().getUid();
        var status = eni.getStatus();
        var recorded = status == null || status.privateIpAddress() == null || status.subnetId() == null
                ? Stream.<String>of()
                : Stream.of(ClusterClaimLedger.name(status.subnetId(), status.privateIpAddress()));
        var named = Stream.concat(recorded, unrecorded.getOrDefault(uid, Set.of()).stream())
                .flatMap(name -> cached.find(name).stream());
        return Stream.concat(cached.by(Indexes.OWNER_UID, uid).stream(), named)
                .filter(claim -> claim.getSpec().ownerUid().equals(uid))
                .collect(Collectors.toMap(InterfaceAddresses::name, claim -> claim, (one, other) -> one))
                .values()
                .stream()
                .toList();
    }

    private static String name(HasMetadata resource) {
        return resource.getMetadata().getName();
    }

    private static AddressRequest.Owner owner(NetworkInterface eni) {
        var meta = eni.getMetadata();
        return new AddressRequest.Owner("NetworkInterface", meta.getNamespace(), meta.getName(), meta.getUid());
    }
}
