package io.minicloud.controller.elbv2.targetgroup;

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
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.loadbalancing.Estate;
import io.minicloud.controller.loadbalancing.InForce;
import io.minicloud.controller.loadbalancing.LoadBalancingReason;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells of a target group who its targets are and how. They reach the nodes of a load balancer with that, which reads them here; one that
 * is taken out stays, draining, as long as it may.
 */
@ControllerConfiguration(
        name = "targetgroup",
        fieldManager = "minicloud-targetgroup",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class TargetGroupReconciler implements Reconciler<TargetGroup>, Cleaner<TargetGroup> {
    private final Quotas quotas;
    private final Clock clock;
    private final TargetGroupStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings region and quotas
     * @param clock the time of transitions, and until when targets drain
     */
    public TargetGroupReconciler(ControllerSettings settings, Clock clock) {
        this.quotas = settings.quotas();
        this.clock = clock;
        this.statuses = new TargetGroupStatusFactory(settings.region(), clock);
    }

    @Override
    public List<EventSource<?, TargetGroup>> prepareEventSources(EventSourceContext<TargetGroup> context) {
        return TargetGroupEvents.sources(context);
    }

    /** Every status goes only onto the object that was read: one written late would forget who drains. */
    @Override
    public UpdateControl<TargetGroup> reconcile(TargetGroup group, Context<TargetGroup> context) {
        var status = Judgement.fold(
                new TargetGroupResolver(group, context, quotas).resolve(),
                place -> statuses.of(group, place),
                (reason, message) -> statuses.refused(group, reason, message));
        var control = StatusUpdate.ofUnchanged(group, TargetGroup::new, status);
        return Draining.next(status.targetHealth(), clock.instant())
                .map(control::rescheduleAfter)
                .orElse(control);
    }

    @Override
    public DeleteControl cleanup(TargetGroup group, Context<TargetGroup> context) {
        var users = new InForce(Estate.of(group.getMetadata().getNamespace(), context), quotas)
                .users(new LocalRef(group.getMetadata().getName()));
        if (users.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        var waiting = Progress.pending(LoadBalancingReason.ResourceInUse, Blockers.message(Blockers.names(users)));
        var status = Judgement.fold(
                new TargetGroupResolver(group, context, quotas).resolve(),
                place -> statuses.deleting(group, place, waiting),
                (reason, message) -> statuses.deleting(group, waiting));
        StatusUpdate.inCleanup(group, TargetGroup::new, status, context);
        var control = DeleteControl.noFinalizerRemoval();
        return Draining.next(status.targetHealth(), clock.instant())
                .map(control::rescheduleAfter)
                .orElse(control);
    }
}
