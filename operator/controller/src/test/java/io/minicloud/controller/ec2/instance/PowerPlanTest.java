package io.minicloud.controller.ec2.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.InstanceSpec;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.api.host.HostMachineStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expectations by hand from "Change the instance type", "Enable stop protection" and "Instance user data" of the guide. */
class PowerPlanTest {
    @Test
    void aNewInstanceTakesEverything() {
        assertThat(PowerPlan.of(spec("t3.micro", "running", false), "secret", null))
                .isEqualTo(new PowerPlan("running", true, true, List.of()));
        assertThat(PowerPlan.of(spec("t3.micro", "stopped", false), null, null).state())
                .isEqualTo("stopped");
    }

    @Test
    void theTypeOfARunningInstanceDoesNotChange() {
        var plan = PowerPlan.of(spec("t3.small", "running", false), null, machine("running", "running", null));
        assertThat(plan.resize()).isFalse();
        assertThat(plan.refusals())
                .extracting(PowerPlan.Refusal::reason)
                .containsExactly(InstanceReason.IncorrectInstanceState);
    }

    @Test
    void theTypeOfAStoppedInstanceChanges() {
        var plan = PowerPlan.of(spec("t3.small", "running", false), null, machine("stopped", "stopped", null));
        assertThat(plan).isEqualTo(new PowerPlan("running", true, true, List.of()));
    }

    @Test
    void anInstanceThatIsStillStoppingIsNotStopped() {
        var plan = PowerPlan.of(spec("t3.small", "stopped", false), null, machine("stopped", "stopping", null));
        assertThat(plan.resize()).isFalse();
    }

    @Test
    void userDataOfARunningInstanceDoesNotChange() {
        var plan = PowerPlan.of(spec("t3.micro", "running", false), "new", machine("running", "running", "old"));
        assertThat(plan.newUserData()).isFalse();
        assertThat(plan.refusals())
                .extracting(PowerPlan.Refusal::reason)
                .containsExactly(InstanceReason.IncorrectInstanceState);
    }

    @Test
    void stopProtectionKeepsItRunning() {
        var plan = PowerPlan.of(spec("t3.micro", "stopped", true), null, machine("running", "running", null));
        assertThat(plan.state()).isEqualTo("running");
        assertThat(plan.refusals())
                .extracting(PowerPlan.Refusal::reason)
                .containsExactly(InstanceReason.OperationNotPermitted);
    }

    @Test
    void stopProtectionDoesNotStartWhatIsStopped() {
        var plan = PowerPlan.of(spec("t3.micro", "stopped", true), null, machine("stopped", "stopped", null));
        assertThat(plan).isEqualTo(new PowerPlan("stopped", true, true, List.of()));
    }

    private static InstanceSpec spec(String type, String state, boolean disableApiStop) {
        return new InstanceSpec(
                new LocalRef("img"),
                type,
                new LocalRef("a"),
                null,
                null,
                null,
                true,
                null,
                null,
                null,
                false,
                disableApiStop,
                null,
                state,
                null);
    }

    private static HostMachine machine(String wanted, String state, String userDataSecret) {
        var machine = new HostMachine();
        machine.getMetadata().setGeneration(1L);
        machine.setSpec(new HostMachineSpec(
                "i-1",
                2,
                1024,
                null,
                List.of(),
                List.of(),
                new HostMachineSpec.Metadata(true, 1, Map.of(PowerPlan.TYPE_LEAF, "t3.micro"), userDataSecret),
                wanted,
                1L,
                null));
        machine.setStatus(new HostMachineStatus(List.of(), 1L, state, null, null, null, null, null, null, null));
        return machine;
    }
}
