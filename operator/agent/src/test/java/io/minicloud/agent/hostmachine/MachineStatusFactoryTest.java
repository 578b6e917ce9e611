package io.minicloud.agent.hostmachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.hypervisor.MachineNotes;
import io.minicloud.agent.hypervisor.ObservedMachine;
import io.minicloud.agent.hypervisor.ObservedMachine.Size;
import io.minicloud.agent.hypervisor.ObservedNetwork;
import io.minicloud.agent.hypervisor.PowerState;
import io.minicloud.agent.stage.FakeFramework;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.api.host.HostMachineStatus;
import io.minicloud.reconcile.identity.OwnerTag;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MachineStatusFactoryTest {
    private static final MachineNotes NOTES =
            MachineNotes.started(new OwnerTag("install", "minicloud-host-lab", "hostmachine", "uid"), 1, null);
    private static final MachineWish WISH = new MachineWish(true, false, 1, null, Optional.empty(), List.of(), true);

    private final MachineStatusFactory statuses = new MachineStatusFactory(
            Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC), "qemu:///system");

    @Test
    void aMachineOfTheWantedSizeIsProgrammed() {
        assertThat(conditions(status(PowerState.RUNNING, new Size(2, 1024), NOTES)))
                .containsExactly(
                        "Accepted=True Valid",
                        "Programmed=True Applied",
                        "Ready=True Running",
                        "Paused=False NotPaused");
    }

    @Test
    void aChangedSizeIsNotProgrammedBeforeTheNextStart() {
        for (var before : List.of(new Size(1, 1024), new Size(2, 512))) {
            assertThat(conditions(status(PowerState.RUNNING, before, NOTES)))
                    .as("%s", before)
                    .contains("Programmed=False AwaitingRestart", "Ready=True Running");
        }
        // A machine that is off has the size of its last definition, and gets a new one before it starts.
        assertThat(conditions(status(PowerState.SHUT_DOWN, new Size(1, 512), NOTES)))
                .contains("Programmed=True Applied", "Ready=False PoweredOffByGuest");
    }

    /** Its HostInterface looks for its machine when the status of that changes. */
    @Test
    void anInterfaceThatIsPluggedIsToldAtOnceThoughItIsNotAttachedYet() {
        var before = attaching(NetworkWish.Port.AWAITS_MACHINE);
        var plugged =
                attaching(NetworkWish.Port.AWAITS_MACHINE, new ObservedNetwork("eni-2", "mct2", true, false, true));

        assertThat(conditions(before)).contains("Programmed=False AttachingInterfaces", "Ready=True Running");
        assertThat(conditions(plugged)).contains("Programmed=False AttachingInterfaces", "Ready=True Running");
        assertThat(plugged.interfaces()).isEqualTo(before.interfaces());
        assertThat(plugged).isNotEqualTo(before);
        assertThat(conditions(
                        attaching(NetworkWish.Port.PROGRAMMED, new ObservedNetwork("eni-2", "mct2", true, true, true))))
                .contains("Programmed=True Applied");
    }

    private HostMachineStatus attaching(NetworkWish.Port port, ObservedNetwork... networks) {
        var second = new NetworkWish("eni-2", Optional.empty(), port);
        var wish = new MachineWish(true, false, 1, null, Optional.empty(), List.of(second), true);
        var observed = Optional.of(new ObservedMachine(
                "mcm1", PowerState.RUNNING, new Size(2, 1024), List.of(networks), Optional.of(NOTES)));
        return statuses.of(machine(), "mcm1", wish, observed, observed, null);
    }

    @Test
    void aGuestsOwnShutdownIsToldAsSuch() {
        var status = status(PowerState.SHUT_DOWN, new Size(2, 1024), NOTES);

        assertThat(status.state()).isEqualTo("stopped");
        assertThat(status.poweredOffBy()).isEqualTo("guest");
        assertThat(status.poweredOffGeneration()).isEqualTo(1);
        assertThat(status(PowerState.CRASHED, new Size(2, 1024), NOTES).poweredOffBy())
                .isNull();
    }

    @Test
    void aGuestThatFoundNoRoomIsToldAsSuch() {
        var status = status(PowerState.STALLED, new Size(2, 1024), NOTES);

        assertThat(status.state()).isEqualTo("running");
        assertThat(conditions(status)).contains("Programmed=False HostDiskFull", "Ready=False HostDiskFull");
    }

    @Test
    void aRecoveryIsToldUntilTheMachineRunsAgain() {
        var size = new Size(2, 1024);
        var machine = machine();
        machine.setStatus(status(machine, PowerState.RUNNING, PowerState.RUNNING, size));

        machine.setStatus(status(machine, PowerState.CRASHED, PowerState.PAUSED, size));
        assertThat(machine.getStatus().state()).isEqualTo("pending");
        assertThat(conditions(machine.getStatus()))
                .contains("Ready=False AutomaticRecovery", "Paused=True AwaitingPorts");
        machine.setStatus(status(machine, PowerState.PAUSED, PowerState.PAUSED, size));
        assertThat(conditions(machine.getStatus())).contains("Ready=False AutomaticRecovery");

        machine.setStatus(status(machine, PowerState.PAUSED, PowerState.RUNNING, size));
        assertThat(conditions(machine.getStatus())).contains("Programmed=True Applied", "Ready=True Running");
    }

    private HostMachineStatus status(HostMachine machine, PowerState before, PowerState after, Size size) {
        return statuses.of(
                machine,
                "mcm1",
                WISH,
                Optional.of(new ObservedMachine("mcm1", before, size, List.of(), Optional.of(NOTES))),
                Optional.of(new ObservedMachine("mcm1", after, size, List.of(), Optional.of(NOTES))),
                null);
    }

    private HostMachineStatus status(PowerState state, Size size, MachineNotes notes) {
        var observed = Optional.of(new ObservedMachine("mcm1", state, size, List.of(), Optional.of(notes)));
        return statuses.of(machine(), "mcm1", WISH, observed, observed, null);
    }

    private static HostMachine machine() {
        var port = new HostMachineSpec.Interface("eni-1", 0);
        return FakeFramework.object(
                new HostMachine(),
                "i-1",
                new HostMachineSpec("i-1", 2, 1024, null, null, List.of(port), null, "running", 1L, null));
    }

    private static List<String> conditions(HostMachineStatus status) {
        return status.conditions().stream().map(MachineStatusFactoryTest::text).toList();
    }

    private static String text(Condition condition) {
        return condition.type() + "=" + condition.status() + " " + condition.reason();
    }
}
