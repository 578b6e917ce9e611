package io.minicloud.agent.hostmachine;

import io.minicloud.agent.hypervisor.ObservedMachine;
import io.minicloud.agent.hypervisor.ObservedNetwork;
import io.minicloud.api.host.HostMachineStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far the network interfaces of a machine are. One that is off has at its next start what it is to have.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterfaceAttachment.html">Amazon EC2 API:
 *     NetworkInterfaceAttachment</a>
 */
final class InterfaceStates {
    static final String ATTACHING = "attaching";
    static final String DETACHING = "detaching";
    private static final String ATTACHED = "attached";

    private InterfaceStates() {}

    /**
     * The states.
     *
     * @param wanted the interfaces as they should be
     * @param observed the machine as it is
     * @param starting whether it is off and about to start
     */
    static List<HostMachineStatus.Interface> of(
            List<NetworkWish> wanted, Optional<ObservedMachine> observed, boolean starting) {
        var active = observed.filter(ObservedMachine::active);
        var plugged = active.map(ObservedMachine::networks).orElse(List.of()).stream()
                .filter(ObservedNetwork::plugged)
                .toList();
        var offState = starting ? ATTACHING : ATTACHED;
        return Stream.concat(
                        wanted.stream()
                                .map(wish -> new HostMachineStatus.Interface(
                                        wish.interfaceName(), active.isEmpty() ? offState : state(wish, plugged))),
                        NetworkPlanner.surplus(wanted, plugged).stream()
                                .map(found -> new HostMachineStatus.Interface(found.interfaceName(), DETACHING)))
                .toList();
    }

    /** The names of those in a state, for a person. */
    static String named(List<HostMachineStatus.Interface> interfaces, String state) {
        return interfaces.stream()
                .filter(found -> found.state().equals(state))
                .map(HostMachineStatus.Interface::hostInterfaceName)
                .collect(Collectors.joining(", "));
    }

    /**
     * What the interfaces that are coming wait for, for a person. It changes when one is plugged, and that brings its
     * HostInterface back to look whether its machine has opened the port.
     */
    static String waits(List<HostMachineStatus.Interface> interfaces, ObservedMachine observed) {
        var plugged = observed.networks().stream()
                .filter(ObservedNetwork::plugged)
                .map(ObservedNetwork::interfaceName)
                .toList();
        return interfaces.stream()
                .filter(found -> found.state().equals(ATTACHING))
                .map(HostMachineStatus.Interface::hostInterfaceName)
                .map(name -> plugged.contains(name)
                        ? name + " has its machine and waits for its port"
                        : name + " waits for its HostInterface")
                .collect(Collectors.joining("; "));
    }

    private static String state(NetworkWish wish, List<ObservedNetwork> plugged) {
        boolean usable = plugged.stream()
                .filter(found -> found.linkUp() && !NetworkPlanner.hasLostItsPort(wish, found))
                .anyMatch(found -> is(wish, found));
        return usable ? ATTACHED : ATTACHING;
    }

    /** By its name or, of a machine that runs since before interfaces had one, by its port. */
    private static boolean is(NetworkWish wish, ObservedNetwork found) {
        return found.interfaceName() == null
                ? wish.device()
                        .filter(device -> device.tap().equals(found.tap()))
                        .isPresent()
                : found.interfaceName().equals(wish.interfaceName());
    }
}
