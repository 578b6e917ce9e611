package io.minicloud.agent.hostmachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.hostmachine.MachineStep.Attach;
import io.minicloud.agent.hostmachine.MachineStep.Detach;
import io.minicloud.agent.hostmachine.MachineStep.RaiseLink;
import io.minicloud.agent.hostmachine.NetworkWish.Port;
import io.minicloud.agent.hypervisor.MachineDefinition.NetworkDevice;
import io.minicloud.agent.hypervisor.MachineNetworks.Scope;
import io.minicloud.agent.hypervisor.ObservedNetwork;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkPlannerTest {
    private static final NetworkWish PRIMARY = wish(0, Port.PROGRAMMED);
    private static final ObservedNetwork HAS_PRIMARY = observed(0, true, true, true);

    @Test
    void whatIsAsItShouldBeIsLeftAlone() {
        assertThat(plan(List.of(PRIMARY, wish(1, Port.PROGRAMMED)), HAS_PRIMARY, observed(1, true, true, true)))
                .isEmpty();
    }

    @Test
    void anInterfaceIsPluggedWithItsLinkDownAndDefined() {
        assertThat(plan(List.of(PRIMARY, wish(1, Port.AWAITS_MACHINE)), HAS_PRIMARY))
                .containsExactly(new Attach(device(1), Scope.RUNNING), new Attach(device(1), Scope.NEXT_START));
    }

    @Test
    void itsLinkGoesUpOnlyWhenItsPortIsProgrammed() {
        var plugged = observed(1, true, false, true);

        assertThat(plan(List.of(PRIMARY, wish(1, Port.AWAITS_MACHINE)), HAS_PRIMARY, plugged))
                .isEmpty();
        assertThat(plan(List.of(PRIMARY, wish(1, Port.ABSENT)), HAS_PRIMARY, plugged))
                .isEmpty();
        assertThat(plan(List.of(PRIMARY, wish(1, Port.PROGRAMMED)), HAS_PRIMARY, plugged))
                .containsExactly(new RaiseLink(device(1).withLinkUp(true)));
    }

    @Test
    void oneWhosePortWasMadeAnewIsTakenAwayToBePluggedAgain() {
        var wanted = List.of(PRIMARY, wish(1, Port.AWAITS_MACHINE));

        assertThat(plan(wanted, HAS_PRIMARY, observed(1, true, true, true)))
                .containsExactly(new Detach("eni-1", Scope.RUNNING));
        assertThat(plan(wanted, HAS_PRIMARY, observed(1, false, true, true)))
                .containsExactly(new Attach(device(1), Scope.RUNNING));
    }

    @Test
    void aPortOfAnEarlierStartIsNotPlugged() {
        assertThat(plan(List.of(PRIMARY, wish(1, Port.PROGRAMMED)), HAS_PRIMARY))
                .isEmpty();
    }

    @Test
    void oneThatIsNotThereHoldsUpNoOther() {
        var nowhere = new NetworkWish("eni-1", Optional.empty(), Port.ABSENT);

        assertThat(plan(List.of(PRIMARY, nowhere, wish(2, Port.AWAITS_MACHINE)), HAS_PRIMARY))
                .containsExactly(new Attach(device(2), Scope.RUNNING), new Attach(device(2), Scope.NEXT_START));
    }

    @Test
    void whatIsNoLongerWantedIsTakenFromTheDefinitionAndAskedOfTheGuestLast() {
        assertThat(plan(List.of(PRIMARY, wish(2, Port.AWAITS_MACHINE)), HAS_PRIMARY, observed(1, true, true, true)))
                .containsExactly(
                        new Attach(device(2), Scope.RUNNING),
                        new Attach(device(2), Scope.NEXT_START),
                        new Detach("eni-1", Scope.NEXT_START),
                        new Detach("eni-1", Scope.RUNNING));
        assertThat(plan(List.of(PRIMARY), HAS_PRIMARY, observed(1, true, true, false)))
                .as("asked again until the guest has let go")
                .containsExactly(new Detach("eni-1", Scope.RUNNING));
    }

    @Test
    void oneWhoseHostInterfaceIsGoneIsNotTakenAway() {
        var wanted = new NetworkWish("eni-1", Optional.empty(), Port.ABSENT);

        assertThat(plan(List.of(PRIMARY, wanted), HAS_PRIMARY, observed(1, true, true, true)))
                .isEmpty();
    }

    @Test
    void aMachineOfEarlierDaysWhoseInterfaceHasNoNameIsLeftAlone() {
        var unnamed = new ObservedNetwork(null, "mct0", true, true, true);

        assertThat(plan(List.of(PRIMARY), unnamed)).isEmpty();
        assertThat(plan(List.of(wish(1, Port.ABSENT)), unnamed)).isEmpty();
    }

    private static List<MachineStep> plan(List<NetworkWish> wanted, ObservedNetwork... observed) {
        return NetworkPlanner.plan(wanted, List.of(observed));
    }

    private static NetworkWish wish(int number, Port port) {
        return new NetworkWish("eni-" + number, Optional.of(device(number).withLinkUp(number == 0)), port);
    }

    private static NetworkDevice device(int number) {
        return new NetworkDevice("eni-" + number, "mct" + number, "02:00:00:00:00:0" + number, false);
    }

    private static ObservedNetwork observed(int number, boolean plugged, boolean linkUp, boolean defined) {
        return new ObservedNetwork("eni-" + number, "mct" + number, plugged, linkUp, defined);
    }
}
