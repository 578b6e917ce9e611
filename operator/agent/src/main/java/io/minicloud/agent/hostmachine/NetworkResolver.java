package io.minicloud.agent.hostmachine;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.agent.hypervisor.MachineDefinition.NetworkDevice;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Follows the network interfaces that a HostMachine names to their ports. */
final class NetworkResolver {
    private static final String AWAITING_MACHINE = "AwaitingMachine";

    private NetworkResolver() {}

    /** The interfaces of a machine in the order of their device index, also those that are not there. */
    static List<NetworkWish> wishes(HostMachine machine, Context<HostMachine> context) {
        var wanted = ordered(machine);
        var there = context.getSecondaryResourcesAsStream(HostInterface.class).toList();
        return wanted.stream()
                .map(name -> wish(name, find(name, there), name.equals(wanted.getFirst())))
                .toList();
    }

    /** The HostInterfaces of a machine that are there, the primary one first. */
    static List<HostInterface> interfaces(HostMachine machine, Context<HostMachine> context) {
        var there = context.getSecondaryResourcesAsStream(HostInterface.class).toList();
        return ordered(machine).stream()
                .flatMap(name -> find(name, there).stream())
                .toList();
    }

    private static List<String> ordered(HostMachine machine) {
        return machine.getSpec().interfaces().stream()
                .sorted(Comparator.comparing(HostMachineSpec.Interface::deviceIndex))
                .map(HostMachineSpec.Interface::hostInterfaceName)
                .toList();
    }

    private static Optional<HostInterface> find(String name, List<HostInterface> there) {
        return there.stream()
                .filter(found -> found.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** The primary interface has its link up from the start: its machine stands still until its port is programmed. */
    private static NetworkWish wish(String name, Optional<HostInterface> found, boolean primary) {
        return new NetworkWish(
                name,
                found.filter(port ->
                                port.getStatus() != null && port.getStatus().portName() != null)
                        .map(port -> new NetworkDevice(
                                name,
                                port.getStatus().portName(),
                                port.getSpec().macAddress(),
                                primary)),
                found.map(NetworkResolver::port).orElse(NetworkWish.Port.ABSENT));
    }

    /** What else a port waits for comes before its machine is needed. */
    private static NetworkWish.Port port(HostInterface found) {
        if (Conditions.isTrue(found, ConditionType.PROGRAMMED)) {
            return NetworkWish.Port.PROGRAMMED;
        }
        return Conditions.find(found.getStatus(), ConditionType.PROGRAMMED)
                .filter(condition -> condition.reason().equals(AWAITING_MACHINE))
                .map(waits -> NetworkWish.Port.AWAITS_MACHINE)
                .orElse(NetworkWish.Port.ABSENT);
    }
}
