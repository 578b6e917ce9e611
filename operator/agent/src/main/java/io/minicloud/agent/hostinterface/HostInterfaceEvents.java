package io.minicloud.agent.hostinterface;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.agent.hostnetwork.RouterCompiler;
import io.minicloud.agent.netlink.NetworkMonitor;
import io.minicloud.agent.network.Link;
import io.minicloud.agent.network.Links;
import io.minicloud.agent.network.Port;
import io.minicloud.agent.network.Ports;
import io.minicloud.agent.network.Router;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What brings an interface back: who uses it, and what others do to its port. */
final class HostInterfaceEvents {
    private HostInterfaceEvents() {}

    /**
     * The event sources.
     *
     * @param context of the reconciler
     * @param monitor tells what others change
     * @param links the kernel's links
     * @param port the port of an interface
     */
    static List<EventSource<?, HostInterface>> sources(
            EventSourceContext<HostInterface> context,
            NetworkMonitor monitor,
            Links links,
            Function<HostInterface, Port> port) {
        var changes = new SimpleInboundEventSource<HostInterface>();
        monitor.onChange(network -> detached(network, context.getPrimaryCache(), links, port)
                .map(ResourceID::fromResource)
                .forEach(changes::propagateEvent));
        return List.of(
                users(HostMachine.class, context, HostInterfaceEvents::names),
                // A port goes with the namespace of its appliance, which then says that it waits for one.
                users(HostAppliance.class, context, HostInterfaceEvents::names),
                changes);
    }

    /**
     * The interfaces of a VPC whose ports are not where they belong, found by one look at all links; and those that are known on a
     * network of this machine, which may have changed.
     */
    private static Stream<HostInterface> detached(
            String network, Cache<HostInterface> cache, Links links, Function<HostInterface, Port> port) {
        var interfaces = cache.list(eni ->
                        eni.getSpec() != null && network.equals(eni.getSpec().vpcId()))
                .toList();
        var namespace = Router.namespaceOf(network);
        var there = interfaces.isEmpty() || !links.namespaceExists(namespace)
                ? Map.<String, Link>of()
                : links.list(namespace);
        return interfaces.stream()
                .filter(eni ->
                        isAstray(port.apply(eni), there.get(port.apply(eni).name()))
                                || !RouterCompiler.lan(eni.getSpec()).isEmpty());
    }

    /** Also when its machine has let go of it while it runs on. */
    private static boolean isAstray(Port port, @Nullable Link link) {
        return !Ports.isAttached(port, link) || Ports.isLetGo(port, link);
    }

    private static <T extends HasMetadata> InformerEventSource<T, HostInterface> users(
            Class<T> type, EventSourceContext<HostInterface> context, Function<T, Stream<String>> names) {
        var configuration = InformerEventSourceConfiguration.from(type, HostInterface.class)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(user -> interfaces(user, names))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static <T extends HasMetadata> Set<ResourceID> interfaces(T user, Function<T, Stream<String>> names) {
        return names.apply(user)
                .map(name -> new ResourceID(name, user.getMetadata().getNamespace()))
                .collect(Collectors.toSet());
    }

    /** Total: an event with a broken object must not stop its source. */
    private static Stream<String> names(HostMachine machine) {
        var wanted = machine.getSpec() == null || machine.getSpec().interfaces() == null
                ? Stream.<String>of()
                : machine.getSpec().interfaces().stream().map(found -> found.hostInterfaceName());
        return Stream.concat(wanted, PortHolder.held(machine)).distinct();
    }

    /** Total, as above. */
    private static Stream<String> names(HostAppliance appliance) {
        return appliance.getSpec() == null || appliance.getSpec().interfaces() == null
                ? Stream.of()
                : appliance.getSpec().interfaces().stream().map(found -> found.hostInterfaceName());
    }
}
