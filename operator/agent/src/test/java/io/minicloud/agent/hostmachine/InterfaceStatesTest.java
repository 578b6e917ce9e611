package io.minicloud.agent.hostmachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.hypervisor.MachineDefinition.NetworkDevice;
import io.minicloud.agent.hypervisor.ObservedMachine;
import io.minicloud.agent.hypervisor.ObservedNetwork;
import io.minicloud.agent.hypervisor.PowerState;
import io.minicloud.api.host.HostMachineStatus.Interface;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterfaceStatesTest {
    private static final ObservedNetwork PRIMARY = observed("eni-0", true, true);

    @Test
    void anInterfaceIsAttachedWhenItsGuestHasItAndItsLinkIsUp() {
        var attaching = List.of(is("eni-0", "attached"), is("eni-1", "attaching"));

        assertThat(states(PowerState.RUNNING, PRIMARY)).isEqualTo(attaching);
        assertThat(states(PowerState.RUNNING, PRIMARY, observed("eni-1", true, false)))
                .isEqualTo(attaching);
        assertThat(states(PowerState.RUNNING, PRIMARY, observed("eni-1", false, true)))
                .as("only in its definition")
                .isEqualTo(attaching);
        assertThat(states(PowerState.RUNNING, PRIMARY, observed("eni-1", true, true)))
                .containsExactly(is("eni-0", "attached"), is("eni-1", "attached"));
    }

    @Test
    void anInterfaceWhosePortWasMadeAnewIsAttachedAgainOnlyWhenItIsPlugged() {
        var waits = List.of(new NetworkWish("eni-1", Optional.empty(), NetworkWish.Port.AWAITS_MACHINE));
        var machine = new ObservedMachine(
                "mcm1",
                PowerState.RUNNING,
                new ObservedMachine.Size(1, 64),
                List.of(observed("eni-1", true, true)),
                Optional.empty());

        assertThat(InterfaceStates.of(waits, Optional.of(machine), false)).containsExactly(is("eni-1", "attaching"));
    }

    @Test
    void whatAGuestHasAndShouldNotIsDetaching() {
        assertThat(states(PowerState.RUNNING, PRIMARY, observed("eni-7", true, true)))
                .contains(is("eni-7", "detaching"));
        assertThat(states(PowerState.RUNNING, PRIMARY, observed("eni-7", false, true)))
                .as("the guest never had it")
                .hasSize(2);
    }

    @Test
    void aMachineThatIsOffHasWhatItsNextStartGivesIt() {
        assertThat(states(PowerState.SHUT_DOWN, observed("eni-7", false, true)))
                .containsExactly(is("eni-0", "attached"), is("eni-1", "attached"));
        assertThat(InterfaceStates.of(wanted(), Optional.empty(), true))
                .as("and about to start")
                .containsExactly(is("eni-0", "attaching"), is("eni-1", "attaching"));
    }

    @Test
    void anInterfaceWithoutANameIsKnownByItsPort() {
        assertThat(states(PowerState.RUNNING, new ObservedNetwork(null, "mct-eni-0", true, true, true)))
                .contains(is("eni-0", "attached"));
    }

    private static List<Interface> states(PowerState state, ObservedNetwork... networks) {
        var machine = new ObservedMachine(
                "mcm1", state, new ObservedMachine.Size(1, 64), List.of(networks), Optional.empty());
        return InterfaceStates.of(wanted(), Optional.of(machine), false);
    }

    private static List<NetworkWish> wanted() {
        return List.of(wish("eni-0"), wish("eni-1"));
    }

    private static NetworkWish wish(String name) {
        var device = new NetworkDevice(name, "mct-" + name, "02:00:00:00:00:01", true);
        return new NetworkWish(name, Optional.of(device), NetworkWish.Port.PROGRAMMED);
    }

    private static ObservedNetwork observed(String name, boolean plugged, boolean linkUp) {
        return new ObservedNetwork(name, "mct-" + name, plugged, linkUp, true);
    }

    private static Interface is(String name, String state) {
        return new Interface(name, state);
    }
}
