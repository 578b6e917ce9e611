package io.minicloud.controller.ec2.addresspool;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.DnsServer;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.publicaddress.AddressPools;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Accepts pools, counts what is free in them, has names answered at one address and holds them while somebody has another. */
@ControllerConfiguration(
        name = "addresspool",
        fieldManager = "minicloud-addresspool",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class AddressPoolReconciler implements Reconciler<AddressPool>, Cleaner<AddressPool> {
    private final PoolDnsAddress dns;
    private final AddressPoolStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param executor runs the plans
     * @param clock the time of transitions
     */
    public AddressPoolReconciler(PlanExecutor executor, Clock clock) {
        this.dns = new PoolDnsAddress(executor);
        this.statuses = new AddressPoolStatusFactory(clock);
    }

    @Override
    public List<EventSource<?, AddressPool>> prepareEventSources(EventSourceContext<AddressPool> context) {
        var pools = context.getPrimaryCache();
        Indexes.byAwsId(pools, AddressPools.PREFIX);
        var watch = new Watch<>(context);
        var siblings = watch.source(
                AddressPool.class,
                changed -> those(context, pool -> changed.getSpec().cidrBlocks().stream()
                        .anyMatch(range -> AddressPoolRules.overlaps(pool, range))),
                (now, before) -> Watch.specChanged(now, before)
                        || !AddressPools.ranges(now).equals(AddressPools.ranges(before)));
        var vpcs = watch.source(
                Vpc.class,
                // Also of a range that the VPC has no longer, which only the refused pool still names.
                vpc -> those(context, pool -> AddressPoolRules.isConcerned(pool, VpcRanges.claimed(vpc))),
                (now, before) -> Watch.specChanged(now, before)
                        || !VpcRanges.claimed(now).equals(VpcRanges.claimed(before)));
        var claims = watch.source(
                AddressClaim.class,
                claim -> Indexes.ids(
                        pools.byIndex(Indexes.AWS_ID, claim.getSpec().rangeId())),
                Watch::specChanged);
        Indexes.claims(claims);
        var servers = watch.source(
                DnsServer.class,
                server -> Indexes.ids(
                        pools.byIndex(Indexes.AWS_ID, server.getMetadata().getName())),
                Watch::specChanged);
        return List.of(siblings, vpcs, claims, servers);
    }

    @Override
    public UpdateControl<AddressPool> reconcile(AddressPool pool, Context<AddressPool> context) {
        // From the cache whose events wake this pool: another one may still hold a sibling that is gone.
        var pools = Cached.of(context, AddressPool.class).all().toList();
        var vpcs = Cached.of(context, Vpc.class).all().toList();
        var judgement = AddressPoolRules.judge(pool, pools, vpcs).then(ranges -> dns.serve(pool, ranges, context));
        var claimed = claims(pool, context).size();
        var status = Judgement.fold(
                judgement,
                ranges -> statuses.accepted(pool, ranges, claimed),
                (reason, message) -> statuses.refused(pool, claimed, reason, message));
        return StatusUpdate.of(pool, AddressPool::new, status);
    }

    @Override
    public DeleteControl cleanup(AddressPool pool, Context<AddressPool> context) {
        var claims = claims(pool, context);
        var others = claims.stream()
                .filter(claim ->
                        !claim.getSpec().ownerUid().equals(pool.getMetadata().getUid()))
                .toList();
        if (others.isEmpty()) {
            dns.withdraw(pool, context);
            return DeleteControl.defaultDelete();
        }
        var waiting = Progress.pending(AddressPoolReason.DependencyViolation, Blockers.message(holders(others)));
        StatusUpdate.inCleanup(pool, AddressPool::new, statuses.deleting(pool, claims.size(), waiting), context);
        return DeleteControl.noFinalizerRemoval();
    }

    private static List<AddressClaim> claims(AddressPool pool, Context<AddressPool> context) {
        return Cached.of(context, AddressClaim.class).by(Indexes.RANGE_ID, AddressPools.id(pool));
    }

    private static List<String> holders(List<AddressClaim> claims) {
        return claims.stream()
                .map(AddressClaim::getSpec)
                .map(claim -> claim.ownerKind() + " " + Indexes.key(claim.ownerNamespace(), claim.ownerName()))
                .sorted()
                .toList();
    }

    private static Set<ResourceID> those(EventSourceContext<AddressPool> context, Predicate<AddressPool> concerned) {
        return context.getPrimaryCache()
                .list(concerned)
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }
}
