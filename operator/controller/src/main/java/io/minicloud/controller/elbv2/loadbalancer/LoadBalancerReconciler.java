package io.minicloud.controller.elbv2.loadbalancer;

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
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.host.HostCandidates;
import io.minicloud.controller.loadbalancing.Belongings;
import io.minicloud.controller.objectstore.AccessKeys;
import io.minicloud.controller.objectstore.ObjectStoreSettings;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Makes of a load balancer a node in each of its subnets, tells the nodes what to do, and takes them away in order. */
@ControllerConfiguration(
        name = "loadbalancer",
        fieldManager = "minicloud-loadbalancer",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class LoadBalancerReconciler implements Reconciler<LoadBalancer>, Cleaner<LoadBalancer> {
    /** How often one asks again that waits for what is not watched: heartbeats, strangers with its names, namespaces. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private static final Set<Enum<?>> UNWATCHED = Set.of(
            LoadBalancerReason.InsufficientHostCapacity,
            LoadBalancerReason.NameTaken,
            LoadBalancerReason.InternalError);

    private final PlanExecutor executor;
    private final LoadBalancerStatusFactory statuses;
    private final HostCandidates candidates;
    private final Quotas quotas;
    private final SecretMemory secrets;
    private final LogKeys keys;

    /**
     * A reconciler.
     *
     * @param settings region and quotas
     * @param executor runs the plans
     * @param keys the access keys of the S3 engine
     * @param engine how hosts reach the engine
     * @param clock the time of transitions and of heartbeats
     */
    public LoadBalancerReconciler(
            ControllerSettings settings,
            PlanExecutor executor,
            AccessKeys keys,
            ObjectStoreSettings engine,
            Clock clock) {
        this.keys = new LogKeys(keys, engine);
        this.executor = executor;
        this.statuses = new LoadBalancerStatusFactory(settings.region(), clock);
        this.candidates = new HostCandidates(clock);
        this.quotas = settings.quotas();
        this.secrets = new SecretMemory(clock);
    }

    @Override
    public List<EventSource<?, LoadBalancer>> prepareEventSources(EventSourceContext<LoadBalancer> context) {
        return LoadBalancerEvents.sources(context);
    }

    /** Nodes that there are go on and hear of new listeners and targets also while the spec asks for what may not be. */
    @Override
    public UpdateControl<LoadBalancer> reconcile(LoadBalancer balancer, Context<LoadBalancer> context) {
        var nodes = nodes(balancer, context);
        return Judgement.fold(
                new LoadBalancerResolver(balancer, context, quotas.loadBalancers()).resolve(),
                inputs -> advance(balancer, inputs, nodes.advance(inputs, candidates), context),
                (reason, message) ->
                        told(balancer, statuses.refused(balancer, reason, message, nodes.keep()), context));
    }

    @Override
    public DeleteControl cleanup(LoadBalancer balancer, Context<LoadBalancer> context) {
        new LoadBalancerName(balancer, context, executor).withdraw();
        var listeners = Belongings.of(balancer, context);
        executor.execute("LoadBalancer " + Indexes.key(balancer), Belongings.removal(listeners, context));
        var waiting = nodes(balancer, context).remove().or(() -> listening(listeners));
        if (waiting.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        StatusUpdate.inCleanup(balancer, LoadBalancer::new, statuses.deleting(balancer, waiting.get()), context);
        return DeleteControl.noFinalizerRemoval();
    }

    private UpdateControl<LoadBalancer> advance(
            LoadBalancer balancer, LoadBalancerInputs inputs, List<NodeView> nodes, Context<LoadBalancer> context) {
        var logs = LogWish.progress(balancer, context);
        var control = told(balancer, statuses.of(balancer, inputs, nodes, logs), context);
        if (waitsFor(nodes, Set.of(LoadBalancerReason.RecordingHost))) {
            return control.rescheduleAfter(AT_ONCE);
        }
        return waitsFor(nodes, UNWATCHED) ? control.rescheduleAfter(ASK_AGAIN) : control;
    }

    private static Optional<Progress> listening(List<Listener> left) {
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(Progress.pending(
                        LoadBalancerReason.RemovingListeners, String.join(", ", Blockers.names(left)) + " go"));
    }

    /**
     * Every status goes only onto the object that was read: one that a controller writes late, of which another has taken
     * over, would bring back a host that was not chosen. Heartbeats are not watched, and only of several hosts may one be
     * spared.
     */
    private UpdateControl<LoadBalancer> told(
            LoadBalancer balancer, LoadBalancerStatus status, Context<LoadBalancer> context) {
        var hosts = hosts(status);
        var lost = hosts.size() > 1 ? candidates.silent(hosts, context) : Set.<String>of();
        new LoadBalancerName(balancer, context, executor).publish(status, lost);
        var control = StatusUpdate.ofUnchanged(balancer, LoadBalancer::new, status);
        return hosts.size() > 1 ? control.rescheduleAfter(ASK_AGAIN) : control;
    }

    private static Set<String> hosts(LoadBalancerStatus status) {
        return status.availabilityZones().stream()
                .map(AvailabilityZone::host)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static boolean waitsFor(List<NodeView> nodes, Set<Enum<?>> reasons) {
        return nodes.stream().anyMatch(node -> reasons.contains(node.progress().reason()));
    }

    private LoadBalancerNodes nodes(LoadBalancer balancer, Context<LoadBalancer> context) {
        return new LoadBalancerNodes(balancer, quotas, secrets, keys, context, executor);
    }
}
