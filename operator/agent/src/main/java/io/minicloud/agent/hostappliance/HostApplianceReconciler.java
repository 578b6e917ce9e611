package io.minicloud.agent.hostappliance;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
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
import io.minicloud.agent.network.Appliance;
import io.minicloud.agent.network.ApplianceObserver;
import io.minicloud.agent.network.AppliancePlanner;
import io.minicloud.agent.network.NetworkStack;
import io.minicloud.agent.network.RouterRemoval;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.api.host.HostApplianceStatus;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes an appliance: a namespace with rules of its own, into which it takes the other ends of its ENIs' ports. The ports
 * themselves are made by their HostInterfaces, and made anew when they went with the namespace.
 */
@ControllerConfiguration(
        name = "hostappliance",
        fieldManager = "minicloud-agent-hostappliance",
        finalizerName = Labels.AGENT_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class HostApplianceReconciler implements Reconciler<HostAppliance>, Cleaner<HostAppliance> {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final NetworkMonitor monitor;
    private final ApplianceCompiler compiler;
    private final ApplianceObserver observer;
    private final AppliancePlanner planner;
    private final RouterRemoval removal;
    private final PlanExecutor executor;
    private final HostApplianceStatusFactory statuses;
    private final ApplianceProxy proxy;

    /**
     * A reconciler.
     *
     * @param settings which host this is
     * @param stack what the kernel does for networks
     * @param monitor tells what others change
     * @param proxy makes the proxies of those that have one
     * @param executor runs the plans
     * @param clock the time of transitions
     */
    public HostApplianceReconciler(
            AgentSettings settings,
            NetworkStack stack,
            NetworkMonitor monitor,
            ApplianceProxy proxy,
            PlanExecutor executor,
            Clock clock) {
        this.monitor = monitor;
        this.compiler = new ApplianceCompiler(settings);
        this.observer = new ApplianceObserver(stack);
        this.planner = new AppliancePlanner(stack.links(), stack.filter());
        this.removal = new RouterRemoval(stack.links(), stack.filter());
        this.proxy = proxy;
        this.executor = executor;
        this.statuses = new HostApplianceStatusFactory(clock);
    }

    @Override
    public List<EventSource<?, HostAppliance>> prepareEventSources(EventSourceContext<HostAppliance> context) {
        var changes = new SimpleInboundEventSource<HostAppliance>();
        Consumer<String> wake = id -> context.getPrimaryCache()
                .list(appliance -> id.equals(appliance.getSpec().applianceId()))
                .map(ResourceID::fromResource)
                .forEach(changes::propagateEvent);
        monitor.onChange(wake);
        proxy.onChange(wake);
        return List.of(
                changes,
                named(HostInterface.class, context, HostApplianceReconciler::interfaceNames),
                named(HostNetwork.class, context, spec -> Stream.of(spec.vpcId())),
                named(Secret.class, context, HostApplianceReconciler::secretNames));
    }

    @Override
    public UpdateControl<HostAppliance> reconcile(HostAppliance appliance, Context<HostAppliance> context) {
        var interfaces = context.getSecondaryResources(HostInterface.class);
        try {
            var network = context.getSecondaryResourcesAsStream(HostNetwork.class)
                    .filter(found -> found.getMetadata().getDeletionTimestamp() == null)
                    .findFirst();
            return switch (compiler.compile(appliance, interfaces, network)) {
                case Resolution.Resolved<Appliance>(var wanted) -> converge(appliance, wanted, context);
                case Resolution.Waiting<Appliance>(var reason, var message) ->
                    update(appliance, statuses.waiting(appliance, reason, message));
                case Resolution.Invalid<Appliance>(var reason, var message) ->
                    update(appliance, statuses.invalid(appliance, message));
            };
        } catch (IllegalArgumentException e) {
            return update(appliance, statuses.invalid(appliance, String.valueOf(e.getMessage())));
        }
    }

    private UpdateControl<HostAppliance> converge(
            HostAppliance appliance, Appliance wanted, Context<HostAppliance> context) {
        var observed = observer.observe(wanted);
        var conflict = planner.conflict(wanted, observed);
        if (conflict.isPresent()) {
            return update(appliance, statuses.waiting(appliance, HostApplianceReason.NameCollision, conflict.get()));
        }
        if (observed.links().isEmpty()) {
            // A proxy keeps a namespace that lost its name, and with it the ends of the ports.
            executor.execute(subject(appliance), proxy.removal(wanted.id(), wanted.owner()));
        }
        executor.execute(subject(appliance), planner.plan(wanted, observed));
        monitor.keep(wanted.id(), Set.of(wanted.namespace()), false, () -> true);
        var unprogrammed = context.getSecondaryResourcesAsStream(HostInterface.class)
                .filter(eni -> !Conditions.isTrue(eni, ConditionType.PROGRAMMED))
                .map(eni -> eni.getMetadata().getName())
                .sorted()
                .toList();
        if (!unprogrammed.isEmpty()) {
            return update(appliance, awaiting(appliance, unprogrammed));
        }
        var missing = planner.missing(wanted, observed);
        // Said to be there and not there: its own reconciler is told by this status, and nobody tells when it is done.
        return missing.isEmpty()
                ? proxied(appliance, wanted, context)
                : update(appliance, awaiting(appliance, missing)).rescheduleAfter(SOON);
    }

    private UpdateControl<HostAppliance> proxied(
            HostAppliance appliance, Appliance made, Context<HostAppliance> context) {
        if (appliance.getSpec().proxy() == null) {
            executor.execute(subject(appliance), proxy.removal(made.id(), made.owner()));
            return update(appliance, statuses.programmed(appliance, made));
        }
        var outcome = proxy.converge(appliance, made, context.getSecondaryResources(Secret.class), executor);
        var update = update(appliance, statuses.proxy(appliance, made, outcome));
        if (!BalancedPorts.of(appliance.getSpec().proxy(), outcome.status()).equals(made.balanced())) {
            // The kernel's rules follow from what was said before this pass.
            return update.rescheduleAfter(AT_ONCE);
        }
        return outcome.again() == null ? update : update.rescheduleAfter(outcome.again());
    }

    private HostApplianceStatus awaiting(HostAppliance appliance, List<String> interfaces) {
        return statuses.waiting(
                appliance, HostApplianceReason.AwaitingInterfaces, "waits for the ports of " + interfaces);
    }

    @Override
    public DeleteControl cleanup(HostAppliance appliance, Context<HostAppliance> context) {
        monitor.forget(appliance.getSpec().applianceId());
        executor.execute(
                subject(appliance), proxy.removal(appliance.getSpec().applianceId(), compiler.owner(appliance)));
        executor.execute(
                subject(appliance), removal.plan(appliance.getSpec().applianceId(), compiler.owner(appliance)));
        return DeleteControl.defaultDelete();
    }

    private static Stream<String> interfaceNames(HostApplianceSpec spec) {
        return spec.interfaces().stream().map(HostApplianceSpec.Interface::hostInterfaceName);
    }

    private static Stream<String> secretNames(HostApplianceSpec spec) {
        return spec.proxy() == null ? Stream.of() : ApplianceProxy.secretNames(spec.proxy());
    }

    private static UpdateControl<HostAppliance> update(HostAppliance appliance, HostApplianceStatus status) {
        if (status.equals(appliance.getStatus())) {
            return UpdateControl.noUpdate();
        }
        var patch = new HostAppliance();
        patch.getMetadata().setName(appliance.getMetadata().getName());
        patch.getMetadata().setNamespace(appliance.getMetadata().getNamespace());
        patch.setStatus(status);
        return UpdateControl.patchStatus(patch);
    }

    private static String subject(HostAppliance appliance) {
        return "HostAppliance " + appliance.getMetadata().getNamespace() + "/"
                + appliance.getMetadata().getName();
    }

    /** An informer of what appliances name, in their own namespace. */
    private static <T extends HasMetadata> InformerEventSource<T, HostAppliance> named(
            Class<T> type,
            EventSourceContext<HostAppliance> context,
            Function<HostApplianceSpec, Stream<String>> names) {
        var configuration = InformerEventSourceConfiguration.from(type, HostAppliance.class)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(named -> context.getPrimaryCache()
                        .list(appliance -> names.apply(appliance.getSpec())
                                .anyMatch(named.getMetadata().getName()::equals))
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
                .withPrimaryToSecondaryMapper((HostAppliance appliance) -> names.apply(appliance.getSpec())
                        .map(name ->
                                new ResourceID(name, appliance.getMetadata().getNamespace()))
                        .collect(Collectors.toSet()))
                .build();
        return new InformerEventSource<>(configuration, context);
    }
}
