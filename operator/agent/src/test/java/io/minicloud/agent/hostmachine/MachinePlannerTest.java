package io.minicloud.agent.hostmachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.hypervisor.Hypervisor.Force;
import io.minicloud.agent.hypervisor.MachineDefinition;
import io.minicloud.agent.hypervisor.MachineNotes;
import io.minicloud.agent.hypervisor.ObservedMachine;
import io.minicloud.agent.hypervisor.PowerState;
import io.minicloud.reconcile.identity.OwnerTag;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachinePlannerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(MachinePlanner.GRACE);
    private static final OwnerTag OWNER = new OwnerTag("installation", "minicloud-host-a", "hostmachine", "uid");
    private static final MachineNotes NOTES = MachineNotes.started(OWNER, 1, null);
    private static final MachineDefinition DEFINITION =
            new MachineDefinition("mcm1", "i-1", NOTES, 1, 64, null, List.of(), List.of(), Path.of("/console"));
    private static final List<NetworkWish> PROGRAMMED = List.of(new NetworkWish(
            "eni-0",
            Optional.of(new MachineDefinition.NetworkDevice("eni-0", "mct0", "02:00:00:00:00:01", true)),
            NetworkWish.Port.PROGRAMMED));
    private static final List<MachineStep> START =
            List.of(new MachineStep.Define(DEFINITION), new MachineStep.StartPaused());

    @Test
    void startsWhatIsNotThere() {
        assertThat(plan(running(1), null, NOTES)).isEqualTo(START);
    }

    @Test
    void startsNothingBeforeAllThatItNeedsIsThere() {
        var wish = new MachineWish(true, false, 1, null, Optional.empty(), List.of(), true);

        assertThat(plan(wish, null, NOTES)).isEmpty();
        assertThat(plan(wish, PowerState.CRASHED, NOTES)).isEmpty();
    }

    @Test
    void runsOnlyWhenItsPortsAreProgrammed() {
        var open = new MachineWish(true, false, 1, null, Optional.empty(), List.of(), true);

        assertThat(plan(open, PowerState.PAUSED, NOTES)).isEmpty();
        assertThat(plan(running(1), PowerState.PAUSED, NOTES)).containsExactly(new MachineStep.Resume());
        assertThat(plan(running(1), PowerState.RUNNING, NOTES)).isEmpty();
    }

    @Test
    void aGuestThatStalledGoesOnWhenThereIsRoom() {
        var full = new MachineWish(true, false, 1, null, Optional.of(DEFINITION), PROGRAMMED, false);

        assertThat(plan(full, PowerState.STALLED, NOTES)).isEmpty();
        assertThat(plan(running(1), PowerState.STALLED, NOTES)).containsExactly(new MachineStep.Resume());
        assertThat(plan(stopped(), PowerState.STALLED, NOTES)).containsExactly(new MachineStep.Forced(Force.OFF));
    }

    @Test
    void recoversWhatNobodySwitchedOff() {
        assertThat(recovers(PowerState.CRASHED, NOTES)).isTrue();
        assertThat(recovers(PowerState.DESTROYED, NOTES)).isTrue();
        assertThat(recovers(PowerState.OFF, NOTES)).isTrue();
        assertThat(recovers(PowerState.SHUT_DOWN, NOTES)).isFalse();
        assertThat(recovers(PowerState.RUNNING, NOTES)).isFalse();
        assertThat(recovers(PowerState.OFF, NOTES.withStopRequestedAt(NOW))).isFalse();
        assertThat(MachinePlanner.recovers(running(2), machine(PowerState.OFF, NOTES), true))
                .isFalse();
        assertThat(MachinePlanner.recovers(running(1), machine(PowerState.CRASHED, NOTES), false))
                .isFalse();
    }

    private static boolean recovers(PowerState state, MachineNotes notes) {
        return MachinePlanner.recovers(running(1), machine(state, notes), true);
    }

    private static Optional<ObservedMachine> machine(PowerState state, MachineNotes notes) {
        return Optional.of(
                new ObservedMachine("mcm1", state, new ObservedMachine.Size(1, 64), List.of(), Optional.of(notes)));
    }

    @Test
    void aGuestsOwnShutdownIsRememberedAndNotUndone() {
        var remembered = NOTES.withPowerOffByGuest();

        assertThat(plan(running(1), PowerState.SHUT_DOWN, NOTES)).containsExactly(new MachineStep.Note(remembered));
        assertThat(plan(running(1), PowerState.SHUT_DOWN, remembered)).isEmpty();
    }

    @Test
    void aRememberedShutdownOutlivesLibvirtsMemory() {
        assertThat(plan(running(1), PowerState.OFF, NOTES.withPowerOffByGuest()))
                .isEmpty();
    }

    @Test
    void powerAskedForAnewStartsIt() {
        assertThat(plan(running(2), PowerState.SHUT_DOWN, NOTES)).isEqualTo(START);
        assertThat(plan(running(2), PowerState.OFF, NOTES.withPowerOffByGuest()))
                .isEqualTo(START);
    }

    @ParameterizedTest
    @EnumSource(names = {"CRASHED", "DESTROYED", "OFF"})
    void whatTheGuestDidNotWantIsUndone(PowerState state) {
        assertThat(plan(running(1), state, NOTES)).isEqualTo(START);
    }

    @Test
    void aShutdownThatWeAskedForIsNotTheGuests() {
        assertThat(plan(running(1), PowerState.SHUT_DOWN, NOTES.withStopRequestedAt(NOW)))
                .isEqualTo(START);
    }

    /** Between its definition and its start libvirt still tells how the last run ended. */
    @Test
    void aStartThatWasCutShortIsGoneOnWith() {
        var starting = NOTES.withStopRequestedAt(NOW);

        assertThat(plan(running(1), PowerState.SHUT_DOWN, starting)).isEqualTo(START);
        assertThat(plan(running(1), PowerState.PAUSED, starting))
                .containsExactly(new MachineStep.Note(NOTES), new MachineStep.Resume());
    }

    @Test
    void stopsByThePowerButtonAgainAndAgainThenByForce() {
        var asked = NOTES.withStopRequestedAt(NOW);

        assertThat(plan(stopped(), PowerState.RUNNING, NOTES))
                .containsExactly(new MachineStep.Note(asked), new MachineStep.PressPowerButton());
        assertThat(plan(stopped(), PowerState.RUNNING, asked)).containsExactly(new MachineStep.PressPowerButton());
        assertThat(plan(stopped(), PowerState.RUNNING, NOTES.withStopRequestedAt(LONG_AGO)))
                .containsExactly(new MachineStep.Forced(Force.OFF));
        assertThat(plan(stopped(), PowerState.PAUSED, NOTES)).containsExactly(new MachineStep.Forced(Force.OFF));
        assertThat(plan(stopped(), PowerState.SHUT_DOWN, asked)).isEmpty();
    }

    @Test
    void deletionStopsThenForgets() {
        var deleted = new MachineWish(true, true, 1, null, Optional.empty(), List.of(), true);

        assertThat(plan(deleted, null, NOTES)).isEmpty();
        assertThat(plan(deleted, PowerState.RUNNING, NOTES)).last().isEqualTo(new MachineStep.PressPowerButton());
        assertThat(plan(deleted, PowerState.SHUT_DOWN, NOTES)).containsExactly(new MachineStep.Undefine());
    }

    @Test
    void rebootsOncePerValue() {
        var wish = new MachineWish(true, false, 1, "today", Optional.of(DEFINITION), PROGRAMMED, true);
        var asked = NOTES.withRebootRequestedAt(NOW);
        var done = NOTES.withReboot("today");

        assertThat(plan(wish, PowerState.RUNNING, NOTES))
                .containsExactly(new MachineStep.Note(asked), new MachineStep.RequestReboot());
        assertThat(plan(wish, PowerState.RUNNING, asked)).containsExactly(new MachineStep.RequestReboot());
        assertThat(MachinePlanner.plan(wish, observed(PowerState.RUNNING, asked), true, NOW))
                .containsExactly(new MachineStep.Note(done));
        assertThat(plan(wish, PowerState.RUNNING, NOTES.withRebootRequestedAt(LONG_AGO)))
                .containsExactly(new MachineStep.Forced(Force.RESET), new MachineStep.Note(done));
        assertThat(plan(wish, PowerState.RUNNING, done)).isEmpty();
    }

    @Test
    void aStopThatIsNoLongerWantedIsForgottenOnlyWhenTheGuestCanNoLongerHeedIt() {
        assertThat(plan(running(1), PowerState.RUNNING, NOTES.withStopRequestedAt(NOW)))
                .isEmpty();
        assertThat(plan(running(1), PowerState.RUNNING, NOTES.withStopRequestedAt(LONG_AGO)))
                .containsExactly(new MachineStep.Note(NOTES));
    }

    private static List<MachineStep> plan(MachineWish wish, @Nullable PowerState state, MachineNotes notes) {
        return MachinePlanner.plan(wish, state == null ? Optional.empty() : observed(state, notes), false, NOW);
    }

    private static Optional<ObservedMachine> observed(PowerState state, MachineNotes notes) {
        return Optional.of(
                new ObservedMachine("mcm1", state, new ObservedMachine.Size(1, 64), List.of(), Optional.of(notes)));
    }

    private static MachineWish running(long powerGeneration) {
        return new MachineWish(true, false, powerGeneration, null, Optional.of(DEFINITION), PROGRAMMED, true);
    }

    private static MachineWish stopped() {
        return new MachineWish(false, false, 1, null, Optional.of(DEFINITION), PROGRAMMED, true);
    }
}
