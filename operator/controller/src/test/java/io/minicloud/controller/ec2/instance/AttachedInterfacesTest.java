package io.minicloud.controller.ec2.instance;

import static io.minicloud.controller.ec2.instance.InstanceFixture.attached;
import static io.minicloud.controller.ec2.instance.InstanceFixture.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttachedInterfacesTest {
    private final Instance web = instance("t3.micro");

    @Test
    void thoseWithAPortAlsoOneThatIsNotProgrammedInTheOrderOfTheirIndex() {
        assertThat(plugged(
                        null, attached(web, "c", 3, true), attached(web, "b", 1, true), attached(web, "d", 2, false)))
                .containsExactly("b", "d", "c");
    }

    @Test
    void whatTheMachineHasItKeepsThoughItsPortIsNotProgrammed() {
        assertThat(plugged(machine("eni-b"), attached(web, "b", 1, false))).containsExactly("b");
    }

    @Test
    void whatTheSpecNoLongerAsksForIsTakenOut() {
        var left = attached(web, "b", 1, true);
        left.setSpec(attached(web, "b", 2, true).getSpec());
        var foreign = attached(other(), "c", 1, true);

        assertThat(plugged(machine("eni-b", "eni-c"), left, foreign)).isEmpty();
    }

    @Test
    void ofTwoAtOneIndexTheMachineKeepsTheOneThatItHas() {
        assertThat(plugged(null, attached(web, "b", 1, true), attached(web, "a", 1, true)))
                .containsExactly("a");
        assertThat(plugged(machine("eni-b"), attached(web, "b", 1, true), attached(web, "a", 1, true)))
                .containsExactly("b");
    }

    @Test
    void aPortOnAnotherHostIsNone() {
        assertThat(AttachedInterfaces.plugged(web, List.of(attached(web, "b", 1, true)), "attic", null))
                .isEmpty();
    }

    @Test
    void theInstanceTellsOfEachWithItsAddresses() {
        assertThat(InterfaceAddresses.told(List.of(attached(web, "c", 2, true), attached(web, "b", 1, true))))
                .extracting(InstanceStatus.Interface::name, InstanceStatus.Interface::privateIpAddresses)
                .containsExactly(
                        tuple("b", List.of("10.0.1.20", "10.0.1.21")), tuple("c", List.of("10.0.1.20", "10.0.1.21")));
    }

    private List<String> plugged(HostMachine before, NetworkInterface... bound) {
        return AttachedInterfaces.plugged(web, List.of(bound), "tower", before).stream()
                .map(eni -> eni.getMetadata().getName())
                .toList();
    }

    private static Instance other() {
        var other = instance("t3.micro");
        other.getMetadata().setUid("uid-of-another-web");
        return other;
    }

    private static HostMachine machine(String... ports) {
        var machine = new HostMachine();
        machine.setSpec(new HostMachineSpec(
                "i-1",
                1,
                64,
                null,
                null,
                Stream.of(ports)
                        .map(port -> new HostMachineSpec.Interface(port, 1))
                        .toList(),
                null,
                "running",
                1L,
                null));
        return machine;
    }
}
