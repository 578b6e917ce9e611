package io.minicloud.controller.ec2.networkinterface;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.host.HostMachine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachinePortsTest {
    @ParameterizedTest(name = "named {0}, told {1} of generation {2}: taken {3}, let go {4}")
    @CsvSource({
        "eni-a, attaching, 2, false, false",
        "eni-a, attached, 2, true, false",
        "eni-a,, 2, false, false",
        "eni-b, attached, 1, true, false",
        "eni-b, detaching, 2, false, false",
        "eni-b,, 1, false, false",
        "eni-b,,, false, false",
        "eni-b,, 2, false, true",
    })
    void itIsLetGoOfWhenTheMachineSpeaksOfItsSpecAndNotOfThePort(
            String named, String told, Integer generation, boolean taken, boolean letGo) {
        var machine = Serialization.unmarshal(
                "spec: {interfaces: [{hostInterfaceName: %s}]}\nstatus: {observedGeneration: %s, interfaces: %s}"
                        .formatted(
                                named,
                                generation,
                                told == null ? null : "[{hostInterfaceName: eni-a, state: %s}]".formatted(told)),
                HostMachine.class);
        machine.getMetadata().setGeneration(2L);

        assertThat(MachinePorts.isTaken(machine, "eni-a")).isEqualTo(taken);
        assertThat(MachinePorts.hasLetGo(machine, "eni-a")).isEqualTo(letGo);
    }
}
