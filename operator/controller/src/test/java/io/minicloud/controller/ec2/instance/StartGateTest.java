package io.minicloud.controller.ec2.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.host.HostMachine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A launch decides once whether the instance gets public addresses, and each start waits for one. */
class StartGateTest {
    private static final PowerPlan RUN = new PowerPlan("running", true, true, List.of());
    private static final PowerPlan STOP = new PowerPlan("stopped", true, true, List.of());

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        ", NetworkInterfacePending",
        "InstanceNotRunning, NetworkInterfacePending",
        "InsufficientAddressCapacity, InsufficientAddressCapacity",
        "Assigned,",
        "ReplacedByElasticIp,",
        "AddressPoolNotFound,",
        "AddressPoolAmbiguous,",
    })
    void aStartWaitsForItsAddressUnlessNoPoolIsMeant(@Nullable String said, @Nullable InstanceReason waits) {
        assertThat(reason(eni(true, said), RUN, null)).isEqualTo(waits);
        assertThat(reason(eni(true, said), RUN, machine("stopped"))).isEqualTo(waits);
    }

    @Test
    void whatRunsOrIsStoppedOrHasNoSuchAddressWaitsForNothing() {
        assertThat(reason(eni(true, "InsufficientAddressCapacity"), RUN, machine("running")))
                .isNull();
        assertThat(reason(eni(true, "InsufficientAddressCapacity"), STOP, machine("stopped")))
                .isNull();
        assertThat(reason(eni(true, null), STOP, null)).isNull();
        assertThat(reason(eni(false, null), RUN, null)).isNull();
    }

    @ParameterizedTest(name = "instance {0}, subnet {1}, decided before {2}: {3}")
    @CsvSource({
        ", true,, true",
        ", false,, false",
        ",,, false",
        "true, false,, true",
        "false, true,, false",
        ", true, false, false",
        ", false, true, true",
    })
    void theLaunchDecides(
            @Nullable Boolean asked, @Nullable Boolean subnet, @Nullable Boolean before, boolean decided) {
        var instance = Serialization.unmarshal("spec: {associatePublicIpAddress: %s}".formatted(asked), Instance.class);

        assertThat(InstancePlanner.associatePublicIpAddress(
                        instance,
                        Serialization.unmarshal("spec: {mapPublicIpOnLaunch: %s}".formatted(subnet), Subnet.class),
                        before == null ? null : eni(before, null)))
                .isEqualTo(decided);
    }

    @Test
    void anInterfaceOfAnEarlierReleaseStaysAsItIs() {
        var before = Serialization.unmarshal("spec: {}", NetworkInterface.class);
        var subnet = Serialization.unmarshal("spec: {mapPublicIpOnLaunch: true}", Subnet.class);
        var instance = InstanceFixture.instance("t3.micro");

        var decided = InstancePlanner.associatePublicIpAddress(instance, subnet, before);

        assertThat(decided).isNull();
        assertThat(InstancePlanner.networkInterface(instance, subnet, decided)
                        .getSpec()
                        .associatePublicIpAddress())
                .isNull();
    }

    private static @Nullable InstanceReason reason(
            NetworkInterface eni, PowerPlan power, @Nullable HostMachine machine) {
        return StartGate.waiting(eni, power, machine)
                .map(StartGate.Wait::reason)
                .orElse(null);
    }

    private static NetworkInterface eni(boolean associate, @Nullable String reason) {
        var condition = reason == null
                ? ""
                : "{type: PublicIpAddressAssigned, status: \"%s\", reason: %s, message: words}"
                        .formatted(reason.equals("Assigned") ? "True" : "False", reason);
        return Serialization.unmarshal("""
                metadata: {name: web-eth0}
                spec: {associatePublicIpAddress: %s, attachment: {instanceRef: {name: web}, deviceIndex: 0}}
                status: {conditions: [%s]}
                """.formatted(associate, condition), NetworkInterface.class);
    }

    private static HostMachine machine(String wanted) {
        return Serialization.unmarshal("spec: {state: %s}".formatted(wanted), HostMachine.class);
    }
}
