package io.minicloud.agent.hostmachine;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.agent.hypervisor.Hypervisor;
import io.minicloud.agent.hypervisor.MachineEvent;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What brings a machine back: what happens to its domain, and to what it names. */
final class HostMachineEvents {
    private HostMachineEvents() {}

    /**
     * The event sources.
     *
     * @param context of the reconciler
     * @param hypervisor tells of domains
     * @param name the name of a machine's domain
     * @param rebooted told of the domains whose guest started anew
     */
    static List<EventSource<?, HostMachine>> sources(
            EventSourceContext<HostMachine> context,
            Hypervisor hypervisor,
            Function<HostMachine, String> name,
            Consumer<String> rebooted) {
        var machines = new SimpleInboundEventSource<HostMachine>();
        hypervisor.onChange(event -> {
            if (event.kind() == MachineEvent.Kind.REBOOTED) {
                rebooted.accept(event.machine());
            }
            context.getPrimaryCache()
                    .list(machine ->
                            event.machine().isEmpty() || name.apply(machine).equals(event.machine()))
                    .map(ResourceID::fromResource)
                    .forEach(machines::propagateEvent);
        });
        return List.of(
                machines,
                named(HostInterface.class, context, spec -> spec.interfaces().stream()
                        .map(HostMachineSpec.Interface::hostInterfaceName)),
                named(HostDisk.class, context, spec -> Stream.ofNullable(spec.disks())
                        .flatMap(List::stream)
                        .map(HostMachineSpec.Disk::hostDiskName)),
                named(HostImage.class, context, spec -> Stream.ofNullable(spec.hostImageName())));
    }

    /** An informer of what machines name, in their own namespace. */
    private static <T extends HasMetadata> InformerEventSource<T, HostMachine> named(
            Class<T> type, EventSourceContext<HostMachine> context, Function<HostMachineSpec, Stream<String>> names) {
        var configuration = InformerEventSourceConfiguration.from(type, HostMachine.class)
                .withSecondaryToPrimaryMapper(named -> context.getPrimaryCache()
                        .list(machine -> names.apply(machine.getSpec())
                                .anyMatch(named.getMetadata().getName()::equals))
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
                .withPrimaryToSecondaryMapper((HostMachine machine) -> names.apply(machine.getSpec())
                        .map(name -> new ResourceID(name, machine.getMetadata().getNamespace()))
                        .collect(Collectors.toSet()))
                .build();
        return new InformerEventSource<>(configuration, context);
    }
}
