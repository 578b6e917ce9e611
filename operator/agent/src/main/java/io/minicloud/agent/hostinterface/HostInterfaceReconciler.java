package io.minicloud.agent.hostinterface;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hostnetwork.RouterCompiler;
import io.minicloud.agent.netlink.NetworkMonitor;
import io.minicloud.agent.network.Footprint;
import io.minicloud.agent.network.LanObstacle;
import io.minicloud.agent.network.Links;
import io.minicloud.agent.network.NetworkStack;
import io.minicloud.agent.network.Port;
import io.minicloud.agent.network.PortState;
import io.minicloud.agent.network.Ports;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceStatus;
import io.minicloud.api.host.HostMachine;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the port of an ENI. A tap is made in the root namespace and waits there ({@code AwaitingMachine}) until its
 * paused machine has opened it; then it moves into the VPC's namespace, and its machine may run once it is Programmed.
 */
@ControllerConfiguration(
        name = "hostinterface",
        fieldManager = "minicloud-agent-hostinterface",
        finalizerName = Labels.AGENT_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class HostInterfaceReconciler implements Reconciler<HostInterface>, Cleaner<HostInterface> {
    private static final Duration SOON = Duration.ofMillis(300);

    /** How often is asked again what the kernel tells nobody: whether a link passes on what comes in by it. */
    private static final Duration LATER = Duration.ofSeconds(10);

    private static final int MAX_ROUNDS = 3;

    private final AgentSettings settings;
    private final Links links;
    private final NetworkMonitor monitor;
    private final Ports ports;
    private final Footprint footprint;
    private final PublicReach reach;
    private final PlanExecutor executor;
    private final HostInterfaceStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings which host this is
     * @param stack what the kernel does for networks
     * @param monitor tells what others change
     * @param executor runs the plans
     * @param clock the time of transitions
     */
    public HostInterfaceReconciler(
            AgentSettings settings, NetworkStack stack, NetworkMonitor monitor, PlanExecutor executor, Clock clock) {
        this.settings = settings;
        this.links = stack.links();
        this.monitor = monitor;
        this.ports = new Ports(stack.links(), stack.filter());
        this.footprint = new Footprint(stack.filter());
        this.reach = new PublicReach(settings, stack);
        this.executor = executor;
        this.statuses = new HostInterfaceStatusFactory(clock);
    }

    @Override
    public List<EventSource<?, HostInterface>> prepareEventSources(EventSourceContext<HostInterface> context) {
        return HostInterfaceEvents.sources(context, monitor, links, this::port);
    }

    @Override
    public UpdateControl<HostInterface> reconcile(HostInterface eni, Context<HostInterface> context) {
        try {
            var status = converge(eni, context);
            var update = update(eni, status);
            if (isWaitingForUs(status)) {
                return update.rescheduleAfter(SOON);
            }
            return isUnreachable(status) ? update.rescheduleAfter(LATER) : update;
        } catch (IllegalArgumentException e) {
            return update(eni, statuses.invalid(eni, String.valueOf(e.getMessage())));
        }
    }

    private HostInterfaceStatus converge(HostInterface eni, Context<HostInterface> context) {
        var port = port(eni);
        var observed = ports.observe(port);
        var conflict = ports.conflict(port, observed);
        if (conflict.isPresent()) {
            return statuses.waiting(eni, HostInterfaceReason.NameCollision, conflict.get());
        }
        if (observed.bridge().isEmpty()) {
            return statuses.waiting(
                    eni,
                    HostInterfaceReason.AwaitingNetwork,
                    "HostNetwork " + eni.getSpec().vpcId() + " is not there");
        }
        var machines = context.getSecondaryResources(HostMachine.class);
        var now =
                settle(eni, port, observed, PortHolder.isHeld(eni.getMetadata().getName(), machines));
        if (!ports.isAttached(port, now)) {
            return statuses.waiting(
                    eni, HostInterfaceReason.AwaitingMachine, "the port waits for its machine to open it");
        }
        if (Ports.isLetGo(port, now.inside().orElse(null))) {
            return statuses.waiting(
                    eni,
                    HostInterfaceReason.AwaitingRelease,
                    "the machine that let go of the port does not say so yet");
        }
        if (!footprint.isLoaded(port.namespace(), RouterCompiler.port(eni.getSpec()))) {
            return statuses.waiting(eni, HostInterfaceReason.AwaitingRules, "the rules do not know it yet");
        }
        return switch (reach.of(eni, context)) {
            case PublicReach.Known() -> statuses.programmed(eni);
            case PublicReach.Awaited() ->
                statuses.waiting(
                        eni,
                        HostInterfaceReason.AwaitingRules,
                        "the internet gateway does not exchange its addresses yet");
            case PublicReach.Kept(LanObstacle obstacle) ->
                statuses.unreachable(eni, obstacle.reason(), obstacle.message());
        };
    }

    /**
     * Plans until nothing is left to do: only of a port that is up does the kernel tell whether a machine holds it, so a
     * plan that was cut short may have to be undone.
     */
    private PortState settle(HostInterface eni, Port port, PortState observed, boolean machineRunning) {
        var now = observed;
        var plan = ports.plan(port, now, machineRunning);
        for (int round = 0; round < MAX_ROUNDS && !plan.isEmpty(); round++) {
            executor.execute(subject(eni), plan);
            now = ports.observe(port);
            plan = ports.plan(port, now, machineRunning);
        }
        return now;
    }

    @Override
    public DeleteControl cleanup(HostInterface eni, Context<HostInterface> context) {
        var port = port(eni);
        executor.execute(subject(eni), ports.removal(port, ports.observe(port)));
        return DeleteControl.defaultDelete();
    }

    private Port port(HostInterface eni) {
        var spec = eni.getSpec();
        return new Port(
                spec.networkInterfaceId(),
                spec.vpcId(),
                spec.subnetId(),
                spec.macAddress(),
                spec.portType().equals("Tap") ? Port.Type.TAP : Port.Type.VETH,
                new OwnerTag(
                        settings.installationId(),
                        settings.hostNamespace(),
                        "hostinterface",
                        eni.getMetadata().getUid()));
    }

    private static boolean isUnreachable(HostInterfaceStatus status) {
        return Conditions.find(status, ConditionType.PROGRAMMED)
                        .filter(programmed -> programmed.status().equals("True"))
                        .isPresent()
                && Conditions.find(status, ConditionType.READY)
                        .filter(ready -> ready.status().equals("False"))
                        .isPresent();
    }

    /** What another reconciler of this agent is about to do; nobody sends an event when it is done. */
    private static boolean isWaitingForUs(HostInterfaceStatus status) {
        return status.conditions().stream()
                .map(condition -> condition.reason())
                .anyMatch(reason -> reason.equals(HostInterfaceReason.AwaitingNetwork.name())
                        || reason.equals(HostInterfaceReason.AwaitingRelease.name())
                        || reason.equals(HostInterfaceReason.AwaitingRules.name()));
    }

    private static UpdateControl<HostInterface> update(HostInterface eni, HostInterfaceStatus status) {
        if (status.equals(eni.getStatus())) {
            return UpdateControl.noUpdate();
        }
        var patch = new HostInterface();
        patch.getMetadata().setName(eni.getMetadata().getName());
        patch.getMetadata().setNamespace(eni.getMetadata().getNamespace());
        patch.setStatus(status);
        return UpdateControl.patchStatus(patch);
    }

    private static String subject(HostInterface eni) {
        return "HostInterface " + eni.getMetadata().getNamespace() + "/"
                + eni.getMetadata().getName();
    }
}
