package io.minicloud.controller.ec2.natgateway;

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
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.host.HostCandidates;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Makes of a gateway a network interface and an appliance on a host, and takes them away in order. */
@ControllerConfiguration(
        name = "natgateway",
        fieldManager = "minicloud-natgateway",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class NatGatewayReconciler implements Reconciler<NatGateway>, Cleaner<NatGateway> {
    /** How often a gateway asks again that waits for what is not watched: heartbeats, and strangers with its names. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private static final Set<Enum<?>> UNWATCHED =
            Set.of(NatGatewayReason.InsufficientHostCapacity, NatGatewayReason.NameTaken);

    private final PlanExecutor executor;
    private final NatGatewayStatusFactory statuses;
    private final HostCandidates candidates;
    private final int quota;

    /**
     * A reconciler.
     *
     * @param settings region and quotas
     * @param executor runs the plans
     * @param clock the time of transitions and of heartbeats
     */
    public NatGatewayReconciler(ControllerSettings settings, PlanExecutor executor, Clock clock) {
        this.executor = executor;
        this.statuses = new NatGatewayStatusFactory(settings.region(), clock);
        this.candidates = new HostCandidates(clock);
        this.quota = settings.quotas().natGatewaysPerZone();
    }

    @Override
    public List<EventSource<?, NatGateway>> prepareEventSources(EventSourceContext<NatGateway> context) {
        return NatGatewayEvents.sources(context);
    }

    @Override
    public UpdateControl<NatGateway> reconcile(NatGateway gateway, Context<NatGateway> context) {
        return Judgement.fold(
                new NatGatewayResolver(gateway, context, quota).resolve(),
                inputs -> advance(gateway, inputs, context),
                (reason, message) ->
                        StatusUpdate.ofUnchanged(gateway, NatGateway::new, statuses.refused(gateway, reason, message)));
    }

    @Override
    public DeleteControl cleanup(NatGateway gateway, Context<NatGateway> context) {
        var waiting = new NatGatewayRemoval(gateway, context, executor).advance();
        if (waiting.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        StatusUpdate.inCleanup(gateway, NatGateway::new, statuses.deleting(gateway, waiting.get()), context);
        return DeleteControl.noFinalizerRemoval();
    }

    /**
     * Every status goes only onto the object that was read: one that a controller writes late, of which another has taken
     * over, would bring back a host that was not chosen.
     */
    private UpdateControl<NatGateway> advance(NatGateway gateway, GatewayInputs inputs, Context<NatGateway> context) {
        var view = new NatGatewayLaunch(gateway, inputs, context, executor).advance(candidates);
        var control = StatusUpdate.ofUnchanged(gateway, NatGateway::new, statuses.of(gateway, view));
        if (view.progress().reason() == NatGatewayReason.RecordingHost) {
            return control.rescheduleAfter(AT_ONCE);
        }
        return UNWATCHED.contains(view.progress().reason()) ? control.rescheduleAfter(ASK_AGAIN) : control;
    }
}
