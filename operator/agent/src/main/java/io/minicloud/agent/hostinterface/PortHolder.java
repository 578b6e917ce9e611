package io.minicloud.agent.hostinterface;

import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineStatus;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/** Which machines hold a port, by what is known of them. */
final class PortHolder {
    private static final Set<String> HOLDING = Set.of("attached", "detaching");

    private PortHolder() {}

    /** Whether one of these machines runs and has the interface. */
    static boolean isHeld(String interfaceName, Collection<HostMachine> machines) {
        return machines.stream()
                .filter(machine -> machine.getStatus() != null
                        && "running".equals(machine.getStatus().state()))
                .anyMatch(machine -> machine.getStatus().interfaces() == null
                        || held(machine).anyMatch(interfaceName::equals));
    }

    /** The interfaces that a machine has; before its status told of them it had one. */
    static Stream<String> held(HostMachine machine) {
        return machine.getStatus() == null || machine.getStatus().interfaces() == null
                ? Stream.of()
                : machine.getStatus().interfaces().stream()
                        .filter(found -> HOLDING.contains(found.state()))
                        .map(HostMachineStatus.Interface::hostInterfaceName);
    }
}
