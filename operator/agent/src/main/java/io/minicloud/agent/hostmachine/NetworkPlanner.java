package io.minicloud.agent.hostmachine;

import io.minicloud.agent.hypervisor.MachineDefinition.NetworkDevice;
import io.minicloud.agent.hypervisor.MachineNetworks.Scope;
import io.minicloud.agent.hypervisor.ObservedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The network interfaces of a machine that runs, as a pure function.
 *
 * <p>An interface is plugged with its link down, and its link goes up when its port is programmed: until then the port lies
 * where nothing filters it. It is added to the definition as well, and taken from both when it is no longer wanted. What carries
 * no name is left alone: a machine that runs since before interfaces had one has its primary interface only.
 */
final class NetworkPlanner {
    private NetworkPlanner() {}

    /**
     * Plans. What only the guest can do comes last: it is asked anew each time.
     *
     * @param wanted the interfaces as they should be, in the order of their device index
     * @param observed the interfaces as they are
     * @return what to do, in order
     */
    static List<MachineStep> plan(List<NetworkWish> wanted, List<ObservedNetwork> observed) {
        var steps = new ArrayList<MachineStep>();
        for (var wish : wanted) {
            wish.device()
                    .ifPresent(device -> attach(
                            wish,
                            device,
                            observed.stream()
                                    .filter(found -> found.tap().equals(device.tap()))
                                    .findFirst(),
                            steps));
        }
        var surplus = surplus(wanted, observed);
        surplus.stream()
                .filter(ObservedNetwork::defined)
                .forEach(found -> steps.add(new MachineStep.Detach(found.interfaceName(), Scope.NEXT_START)));
        surplus.stream()
                .filter(ObservedNetwork::plugged)
                .forEach(found -> steps.add(new MachineStep.Detach(found.interfaceName(), Scope.RUNNING)));
        return steps;
    }

    /** The interfaces that are there and no longer wanted. */
    static List<ObservedNetwork> surplus(List<NetworkWish> wanted, List<ObservedNetwork> observed) {
        var names = wanted.stream().map(NetworkWish::interfaceName).collect(Collectors.toSet());
        return observed.stream()
                .filter(found -> found.interfaceName() != null && !names.contains(found.interfaceName()))
                .toList();
    }

    /** Its link went up when its port was programmed, and now the port waits: someone took the port away, and it was made anew. */
    static boolean hasLostItsPort(NetworkWish wish, ObservedNetwork network) {
        return network.plugged()
                && network.linkUp()
                && wish.port() == NetworkWish.Port.AWAITS_MACHINE
                && wish.interfaceName().equals(network.interfaceName());
    }

    private static void attach(
            NetworkWish wish, NetworkDevice device, Optional<ObservedNetwork> found, List<MachineStep> steps) {
        boolean plugged = found.filter(ObservedNetwork::plugged).isPresent();
        if (!plugged && wish.port() != NetworkWish.Port.AWAITS_MACHINE) {
            return;
        }
        if (found.filter(network -> hasLostItsPort(wish, network)).isPresent()) {
            steps.add(new MachineStep.Detach(wish.interfaceName(), Scope.RUNNING));
            return;
        }
        if (!plugged) {
            steps.add(new MachineStep.Attach(device.withLinkUp(false), Scope.RUNNING));
        }
        if (found.filter(ObservedNetwork::defined).isEmpty()) {
            steps.add(new MachineStep.Attach(device, Scope.NEXT_START));
        }
        if (wish.port() == NetworkWish.Port.PROGRAMMED
                && !found.map(ObservedNetwork::linkUp).orElse(false)) {
            steps.add(new MachineStep.RaiseLink(device.withLinkUp(true)));
        }
    }
}
