package io.minicloud.controller.ec2.elasticip;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.address.AddressClaims;
import io.minicloud.controller.address.AddressHolder;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.controller.ipam.PoolAddresses;
import io.minicloud.controller.publicaddress.AddressPools;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Gives an account a public address for life and says which network interface has it. */
@ControllerConfiguration(
        name = "elasticip",
        fieldManager = "minicloud-elasticip",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class ElasticIpReconciler implements Reconciler<ElasticIp>, Cleaner<ElasticIp> {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final AddressClaims addresses;
    private final ElasticIpStatusFactory statuses;
    private final int quota;

    /**
     * A reconciler.
     *
     * @param settings region and quotas
     * @param executor runs the plans
     * @param clock the time of transitions
     */
    public ElasticIpReconciler(ControllerSettings settings, PlanExecutor executor, Clock clock) {
        this.addresses = new AddressClaims(executor, AddressPools.PREFIX);
        this.statuses = new ElasticIpStatusFactory(settings.region(), clock);
        this.quota = settings.quotas().elasticIps();
    }

    @Override
    public List<EventSource<?, ElasticIp>> prepareEventSources(EventSourceContext<ElasticIp> context) {
        return ElasticIpEvents.sources(context);
    }

    @Override
    public UpdateControl<ElasticIp> reconcile(ElasticIp eip, Context<ElasticIp> context) {
        var namespace = eip.getMetadata().getNamespace();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        return Judgement.fold(
                References.account(namespace, accounts).then(account -> allocate(eip, account, context)),
                allocation -> advance(eip, allocation, context),
                (reason, message) ->
                        StatusUpdate.ofUnchanged(eip, ElasticIp::new, statuses.refused(eip, reason, message)));
    }

    /** The address goes when no NAT gateway names it and no port carries it any more. */
    @Override
    public DeleteControl cleanup(ElasticIp eip, Context<ElasticIp> context) {
        var waiting = AssociationRules.inUse(
                AssociationResolver.gateways(eip, context), AssociationResolver.carriers(eip, context));
        if (waiting.isPresent()) {
            StatusUpdate.inCleanup(eip, ElasticIp::new, statuses.deleting(eip, waiting.get()), context);
            return DeleteControl.noFinalizerRemoval();
        }
        addresses.release(holder(eip), context);
        return DeleteControl.defaultDelete();
    }

    private Resolution<Allocation> allocate(ElasticIp eip, String account, Context<ElasticIp> context) {
        return addresses
                .standing(holder(eip), context)
                .<Resolution<Allocation>>map(
                        claim -> new Resolution.Resolved<>(new Allocation(account, claim.address(), claim.rangeId())))
                .orElseGet(() -> claim(eip, account, context));
    }

    private Resolution<Allocation> claim(ElasticIp eip, String account, Context<ElasticIp> context) {
        var namespace = eip.getMetadata().getNamespace();
        // From the cache whose events wake this address: another one may still hold a sibling that is gone.
        var siblings = Cached.of(context, ElasticIp.class)
                .all()
                .filter(other -> other.getMetadata().getNamespace().equals(namespace))
                .toList();
        var pools = Cached.of(context, AddressPool.class).all().toList();
        return AllocationRules.withinQuota(eip, siblings, quota)
                .then(within -> AllocationRules.pool(within, pools))
                .then(pool -> addresses
                        .hold(holder(eip), wish(eip, pool), context)
                        .then(address ->
                                new Resolution.Resolved<>(new Allocation(account, address, AddressPools.id(pool)))));
    }

    /**
     * The address is written before anything uses it. Every status goes only onto the object that was read: one that a
     * controller writes late, of which another has taken over, would bring back an address that was given back.
     */
    private UpdateControl<ElasticIp> advance(ElasticIp eip, Allocation allocation, Context<ElasticIp> context) {
        var target = new AssociationResolver(eip, context).target();
        if (holder(eip).records(allocation.publicIp())) {
            addresses.releaseOthers(holder(eip), allocation.publicIp(), context);
            var outcome = AssociationRules.judge(eip, target, AssociationResolver.carriers(eip, context));
            return StatusUpdate.ofUnchanged(
                    eip, ElasticIp::new, statuses.accepted(eip, allocation, outcome.association(), outcome.progress()));
        }
        var progress = target.isPresent()
                ? Progress.pending(ElasticIpReason.RecordingAddress, "the association follows")
                : Progress.done(ElasticIpReason.NotAssociated, "");
        var control = StatusUpdate.ofUnchanged(eip, ElasticIp::new, statuses.accepted(eip, allocation, null, progress));
        return target.isPresent() ? control.rescheduleAfter(AT_ONCE) : control;
    }

    private static AddressHolder holder(ElasticIp eip) {
        var status = eip.getStatus();
        return AddressHolder.of(
                eip, status == null ? null : status.publicIpv4Pool(), status == null ? null : status.publicIp());
    }

    private static AddressRequest wish(ElasticIp eip, AddressPool pool) {
        return new AddressRequest(
                AddressPools.id(pool),
                PoolAddresses.of(AddressPools.ranges(pool)),
                null,
                holder(eip).owner());
    }
}
