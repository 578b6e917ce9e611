package io.minicloud.agent.hostnetwork;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
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
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.netlink.NetworkMonitor;
import io.minicloud.agent.network.ArpTable;
import io.minicloud.agent.network.Dnsmasq;
import io.minicloud.agent.network.LanRemoval;
import io.minicloud.agent.network.LostName;
import io.minicloud.agent.network.NetworkStack;
import io.minicloud.agent.network.Router;
import io.minicloud.agent.network.RouterObserver;
import io.minicloud.agent.network.RouterPlanner;
import io.minicloud.agent.network.RouterRemoval;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkStatus;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Makes a VPC on this machine: its router, switches, rules, leases and names. */
@ControllerConfiguration(
        name = "hostnetwork",
        fieldManager = "minicloud-agent-hostnetwork",
        finalizerName = Labels.AGENT_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class HostNetworkReconciler implements Reconciler<HostNetwork>, Cleaner<HostNetwork> {
    private static final Duration WAIT_FOR_PORTS = Duration.ofSeconds(2);

    private final AgentSettings settings;
    private final RouterCompiler compiler;
    private final RouterObserver observer;
    private final RouterPlanner planner;
    private final RouterRemoval removal;
    private final LanRemoval lan;
    private final ArpTable answers = new ArpTable();
    private final Dnsmasq dnsmasq;
    private final LostName lostName;
    private final NetworkMonitor monitor;
    private final RouterLife life;
    private final PlanExecutor executor;
    private final HostNetworkStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings which host this is
     * @param stack what the kernel does for networks
     * @param dnsmasq leases and names
     * @param monitor tells what others change
     * @param life told when a router is there and before it goes
     * @param executor runs the plans
     * @param clock the time of transitions
     */
    public HostNetworkReconciler(
            AgentSettings settings,
            NetworkStack stack,
            Dnsmasq dnsmasq,
            NetworkMonitor monitor,
            RouterLife life,
            PlanExecutor executor,
            Clock clock) {
        this.settings = settings;
        this.compiler = new RouterCompiler(settings);
        this.observer = new RouterObserver(stack);
        this.planner = new RouterPlanner(stack.links(), stack.filter());
        this.removal = new RouterRemoval(stack.links(), stack.filter());
        this.lan = new LanRemoval(stack);
        this.dnsmasq = dnsmasq;
        this.lostName = new LostName(stack.links(), dnsmasq);
        this.monitor = monitor;
        this.life = life;
        this.executor = executor;
        this.statuses = new HostNetworkStatusFactory(clock);
    }

    @Override
    public List<EventSource<?, HostNetwork>> prepareEventSources(EventSourceContext<HostNetwork> context) {
        var interfaces = InformerEventSourceConfiguration.from(HostInterface.class, HostNetwork.class)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(found ->
                        network(found.getSpec() == null ? null : found.getSpec().vpcId()))
                .withOnUpdateFilter(HostNetworkReconciler::specChanged)
                .build();
        var sets = InformerEventSourceConfiguration.from(AddressSet.class, HostNetwork.class)
                .withNamespaces(Set.of(Labels.FABRIC_NAMESPACE))
                .withSecondaryToPrimaryMapper(found ->
                        network(found.getSpec() == null ? null : found.getSpec().vpcId()))
                .withOnUpdateFilter(HostNetworkReconciler::specChanged)
                .build();
        var appliances = InformerEventSourceConfiguration.from(HostAppliance.class, HostNetwork.class)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(found ->
                        network(found.getSpec() == null ? null : found.getSpec().vpcId()))
                .withOnUpdateFilter(
                        (now, before) -> RouterCompiler.isTransparent(now) != RouterCompiler.isTransparent(before))
                .build();
        var changes = new SimpleInboundEventSource<HostNetwork>();
        monitor.onChange(vpcId -> network(vpcId).forEach(changes::propagateEvent));
        return List.of(
                new InformerEventSource<>(interfaces, context),
                new InformerEventSource<>(sets, context),
                new InformerEventSource<>(appliances, context),
                changes);
    }

    @Override
    public UpdateControl<HostNetwork> reconcile(HostNetwork network, Context<HostNetwork> context) {
        var sets = context.getSecondaryResources(AddressSet.class);
        try {
            var router = compiler.compile(
                    network,
                    context.getSecondaryResources(HostInterface.class),
                    sets,
                    context.getSecondaryResources(HostAppliance.class));
            return update(network, converge(network, router, sets));
        } catch (IllegalArgumentException e) {
            return update(network, statuses.invalid(network, String.valueOf(e.getMessage())));
        }
    }

    private HostNetworkStatus converge(HostNetwork network, Router router, Set<AddressSet> sets) {
        executor.execute(subject(network), lostName.plan(router));
        var observed = observer.observe(router);
        var conflict = planner.conflict(router, observed);
        if (conflict.isPresent()) {
            return statuses.notProgrammed(network, HostNetworkReason.NameCollision, conflict.get());
        }
        executor.execute(subject(network), planner.plan(router, observed));
        executor.execute(subject(network), dnsmasq.plan(router));
        life.present(router.vpcId());
        var answered = planner.answered(router, observed);
        monitor.keep(
                router.vpcId(),
                router.namespaces(),
                router.routing().gateway() != null,
                () -> dnsmasq.isServing(router.vpcId()) && answers.answersFor(answered));
        return statuses.programmed(network, sets);
    }

    @Override
    public DeleteControl cleanup(HostNetwork network, Context<HostNetwork> context) {
        var vpcId = network.getSpec().vpcId();
        var ports = removal.portsLeft(vpcId);
        if (!context.getSecondaryResources(HostInterface.class).isEmpty() || !ports.isEmpty()) {
            var message = "waits for the interfaces of " + vpcId + " to go; ports left: " + ports;
            var status = statuses.notProgrammed(network, HostNetworkReason.InUse, message);
            if (!status.equals(network.getStatus())) {
                context.resourceOperations().serverSideApplyPrimaryStatus(patch(network, status));
            }
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(WAIT_FOR_PORTS);
        }
        life.leaving(vpcId);
        monitor.forget(vpcId);
        executor.execute(subject(network), dnsmasq.removal(vpcId));
        executor.execute(subject(network), removal.plan(vpcId, compiler.owner(network)));
        var gateway = network.getSpec().internetGateway();
        if (gateway != null) {
            executor.execute(subject(network), lan.plan(gateway.internetGatewayId()));
            executor.execute(subject(network), removal.plan(gateway.internetGatewayId(), compiler.owner(network)));
        }
        return DeleteControl.defaultDelete();
    }

    /** Total: an event with a broken object must not stop its source. */
    private Set<ResourceID> network(String vpcId) {
        return vpcId == null ? Set.of() : Set.of(new ResourceID(vpcId, settings.hostNamespace()));
    }

    private static boolean specChanged(HasMetadata now, HasMetadata before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp());
    }

    private static UpdateControl<HostNetwork> update(HostNetwork network, HostNetworkStatus status) {
        return status.equals(network.getStatus())
                ? UpdateControl.noUpdate()
                : UpdateControl.patchStatus(patch(network, status));
    }

    private static HostNetwork patch(HostNetwork network, HostNetworkStatus status) {
        var patch = new HostNetwork();
        patch.getMetadata().setName(network.getMetadata().getName());
        patch.getMetadata().setNamespace(network.getMetadata().getNamespace());
        patch.setStatus(status);
        return patch;
    }

    private static String subject(HostNetwork network) {
        return "HostNetwork " + network.getMetadata().getNamespace() + "/"
                + network.getMetadata().getName();
    }
}
