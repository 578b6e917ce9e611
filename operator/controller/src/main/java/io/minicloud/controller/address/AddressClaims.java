package io.minicloud.controller.address;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.AddressClaimSpec;
import io.minicloud.controller.ipam.AddressAllocator;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The address of a holder: claimed once, kept for life, given back at the end. One for each reconciler. */
public final class AddressClaims {
    private final PlanExecutor executor;
    private final String rangePrefix;
    private final Set<String> underway = ConcurrentHashMap.newKeySet();

    /**
     * The names of the claims that this controller wrote, by the uid of their holder, until they go or its status names its
     * address: an index does not know them yet when another controller's status turns out to be the first one, and no event tells a
     * controller of its own claim.
     */
    private final Map<String, Set<String>> unrecorded = new ConcurrentHashMap<>();

    /**
     * Claims and releases by plans.
     *
     * @param executor runs the plans
     * @param rangePrefix with what the AWS ids of the ranges begin: a holder may have an address of a subnet and one of a
     *     pool, and each is kept for itself
     */
    public AddressClaims(PlanExecutor executor, String rangePrefix) {
        this.executor = executor;
        this.rangePrefix = rangePrefix + "-";
    }

    /** The claim on the address that the holder keeps, if there is one. */
    public Optional<AddressClaimSpec> standing(AddressHolder holder, Context<?> context) {
        var mine = claims(holder, context);
        var kept = kept(holder, mine);
        return mine.stream()
                .map(AddressClaim::getSpec)
                .filter(claim -> claim.address().equals(kept))
                .findFirst();
    }

    /**
     * The address of the holder, claimed now if it has none.
     *
     * @param wish what it wants when it holds none: the range and, if it must be a certain one, the address
     */
    public Resolution<String> hold(AddressHolder holder, AddressRequest wish, Context<?> context) {
        var mine = claims(holder, context);
        var kept = kept(holder, mine);
        if (kept != null
                && mine.stream().anyMatch(claim -> claim.getSpec().address().equals(kept))) {
            return new Resolution.Resolved<>(kept);
        }
        return another(holder, kept == null ? wish : wish.of(kept), context);
    }

    /**
     * One more address of the holder, claimed now.
     *
     * @param wish what it wants: the range and, if it must be a certain one, the address, which it may hold already
     */
    public Resolution<String> another(AddressHolder holder, AddressRequest wish, Context<?> context) {
        return AddressAllocator.check(wish)
                .then(checked -> claim(holder, checked, context))
                .then(address -> {
                    unrecorded
                            .computeIfAbsent(holder.uid(), uid -> ConcurrentHashMap.newKeySet())
                            .add(ClusterClaimLedger.name(wish.rangeId(), address));
                    return new Resolution.Resolved<>(address);
                });
    }

    /** Every address that the holder has a claim on. */
    public Set<String> all(AddressHolder holder, Context<?> context) {
        return claims(holder, context).stream()
                .map(claim -> claim.getSpec().address())
                .collect(Collectors.toSet());
    }

    /** Gives every address of the holder back. */
    public void release(AddressHolder holder, Context<?> context) {
        release(holder, claim -> true, context);
    }

    /** Gives every address but this one back: what a controller claimed that came too late. */
    public void releaseOthers(AddressHolder holder, String address, Context<?> context) {
        release(holder, claim -> !claim.getSpec().address().equals(address), context);
    }

    /** Gives every address back that is not used any more. */
    public void releaseUnused(AddressHolder holder, Predicate<String> isUsed, Context<?> context) {
        release(holder, claim -> !isUsed.test(claim.getSpec().address()), context);
    }

    private void release(AddressHolder holder, Predicate<AddressClaim> which, Context<?> context) {
        var released = claims(holder, context).stream().filter(which).toList();
        executor.execute(
                holder.describe(),
                new Plan(released.stream()
                        .map(claim -> new ReleaseAddress(context.getClient(), claim))
                        .toList()));
        unrecorded.computeIfPresent(holder.uid(), (uid, names) -> {
            released.forEach(claim -> names.remove(name(claim)));
            holder.recordedClaim().ifPresent(names::remove);
            return names.isEmpty() ? null : names;
        });
    }

    private Resolution<String> claim(AddressHolder holder, AddressRequest request, Context<?> context) {
        var ledger = new ClusterClaimLedger(context, underway);
        var action = new ClaimAddress(
                new AddressAllocator(ledger), request, address -> ledger.isTaken(request.rangeId(), address));
        executor.execute(holder.describe(), Plan.of(action));
        return action.result();
    }

    /** The address in the status, or that of a claim whose pass ended before the status was written. */
    private static @Nullable String kept(AddressHolder holder, List<AddressClaim> mine) {
        if (holder.recorded() != null) {
            return holder.recorded().address();
        }
        return mine.stream()
                .map(claim -> claim.getSpec().address())
                .sorted()
                .findFirst()
                .orElse(null);
    }

    /** By owner, and by name for those that the index does not know yet. */
    private List<AddressClaim> claims(AddressHolder holder, Context<?> context) {
        var cached = Cached.of(context, AddressClaim.class);
        var uid = holder.uid();
        var named = Stream.concat(holder.recordedClaim().stream(), unrecorded.getOrDefault(uid, Set.of()).stream())
                .flatMap(name -> cached.find(name).stream());
        return Stream.concat(cached.by(Indexes.OWNER_UID, uid).stream(), named)
                .filter(claim -> claim.getSpec().ownerUid().equals(uid))
                .filter(claim -> claim.getSpec().rangeId().startsWith(rangePrefix))
                .collect(Collectors.toMap(AddressClaims::name, claim -> claim, (one, other) -> one))
                .values()
                .stream()
                .toList();
    }

    private static String name(HasMetadata resource) {
        return resource.getMetadata().getName();
    }
}
