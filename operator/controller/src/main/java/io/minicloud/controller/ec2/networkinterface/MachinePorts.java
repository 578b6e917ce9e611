package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a machine says of the ports that it has. Pure. */
final class MachinePorts {
    private MachinePorts() {}

    /** Whether the machine has the port. */
    static boolean isTaken(HostMachine machine, String port) {
        return told(machine)
                .anyMatch(found -> found.hostInterfaceName().equals(port) && "attached".equals(found.state()));
    }

    /** Whether the machine no longer has the port and is not to have it: it speaks of the spec as it is, and not of the port. */
    static boolean hasLetGo(HostMachine machine, String port) {
        var seen = machine.getStatus() == null ? null : machine.getStatus().observedGeneration();
        return seen != null
                && seen >= machine.getMetadata().getGeneration()
                && machine.getSpec().interfaces().stream()
                        .noneMatch(named -> named.hostInterfaceName().equals(port))
                && told(machine).noneMatch(found -> found.hostInterfaceName().equals(port));
    }

    private static Stream<HostMachineStatus.Interface> told(HostMachine machine) {
        return Optional.ofNullable(machine.getStatus())
                .flatMap(status -> Optional.ofNullable(status.interfaces()))
                .orElse(List.of())
                .stream();
    }
}
