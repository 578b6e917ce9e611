package io.minicloud.agent.hostmachine;

import io.minicloud.agent.hypervisor.Hypervisor.Force;
import io.minicloud.agent.hypervisor.MachineNotes;
import io.minicloud.agent.hypervisor.ObservedMachine;
import io.minicloud.agent.hypervisor.PowerState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of power, as a pure function.
 *
 * <p>A guest that shut itself down stays off until the power generation grows; whatever else switched it off is undone.
 * Both can be told apart afterwards, because what the agent asked for is noted with the domain before it is asked. A guest
 * that does not hear is asked again each pass, and forced when the grace period is over.
 */
final class MachinePlanner {
    /** How long a guest may take to shut down or reboot before it is forced: EC2 says "a few minutes". */
    static final Duration GRACE = Duration.ofSeconds(90);

    private MachinePlanner() {}

    /**
     * Plans.
     *
     * @param wish the machine as it should be
     * @param observed the machine as it is; only ever one of ours
     * @param rebootSeen whether the guest started anew since a reboot was requested
     * @param now the time
     * @return what to do, in order
     */
    static List<MachineStep> plan(
            MachineWish wish, Optional<ObservedMachine> observed, boolean rebootSeen, Instant now) {
        if (observed.isEmpty()) {
            return wish.running() && !wish.deleted() ? start(wish) : List.of();
        }
        var machine = observed.get();
        var notes = machine.notes().orElseThrow();
        if (wish.deleted()) {
            return machine.active() ? stop(machine, notes, now) : List.of(new MachineStep.Undefine());
        }
        if (!wish.running()) {
            return machine.active() ? stop(machine, notes, now) : List.of();
        }
        return switch (machine.state()) {
            case PAUSED -> wish.portProgrammed() ? resume(notes) : List.of();
            case STALLED -> wish.room() ? List.of(new MachineStep.Resume()) : List.of();
            case RUNNING -> running(wish, machine, notes, rebootSeen, now);
            case SHUT_DOWN, DESTROYED, CRASHED, OFF -> staysOff(wish, machine, notes);
        };
    }

    /** Whether the guest shut itself down, and nobody asked for power since. */
    static boolean poweredOffByGuest(long powerGeneration, PowerState state, MachineNotes notes) {
        return notes.powerGeneration() >= powerGeneration
                && (notes.poweredOffByGuest() || state == PowerState.SHUT_DOWN && notes.stopRequestedAt() == null);
    }

    /**
     * Whether a machine that ran is off, though neither its guest nor the user switched it off.
     *
     * @param ran whether it was last seen running
     */
    static boolean recovers(MachineWish wish, Optional<ObservedMachine> observed, boolean ran) {
        return ran
                && wish.running()
                && !wish.deleted()
                && observed.filter(machine -> !machine.active())
                        .filter(machine -> machine.notes()
                                .filter(notes -> notes.powerGeneration() >= wish.powerGeneration()
                                        && notes.stopRequestedAt() == null
                                        && !poweredOffByGuest(wish.powerGeneration(), machine.state(), notes))
                                .isPresent())
                        .isPresent();
    }

    private static List<MachineStep> staysOff(MachineWish wish, ObservedMachine machine, MachineNotes notes) {
        if (!poweredOffByGuest(wish.powerGeneration(), machine.state(), notes)) {
            return start(wish);
        }
        // libvirt forgets why a machine is off when it is restarted: remember it here.
        return notes.poweredOffByGuest() ? List.of() : List.of(new MachineStep.Note(notes.withPowerOffByGuest()));
    }

    /** From now on it is the guest that switches itself off, unless it is asked to. */
    private static List<MachineStep> resume(MachineNotes notes) {
        return notes.stopRequestedAt() == null
                ? List.of(new MachineStep.Resume())
                : List.of(new MachineStep.Note(notes.withStopRequestedAt(null)), new MachineStep.Resume());
    }

    private static List<MachineStep> start(MachineWish wish) {
        return wish.definition()
                .<List<MachineStep>>map(
                        definition -> List.of(new MachineStep.Define(definition), new MachineStep.StartPaused()))
                .orElse(List.of());
    }

    private static List<MachineStep> stop(ObservedMachine machine, MachineNotes notes, Instant now) {
        // A guest that stands still hears no button.
        if (machine.state() != PowerState.RUNNING || over(notes.stopRequestedAt(), now)) {
            return List.of(new MachineStep.Forced(Force.OFF));
        }
        return notes.stopRequestedAt() == null
                ? List.of(new MachineStep.Note(notes.withStopRequestedAt(now)), new MachineStep.PressPowerButton())
                : List.of(new MachineStep.PressPowerButton());
    }

    /** A guest that is going down hears of no interface, and comes back without what is no longer wanted. */
    private static List<MachineStep> running(
            MachineWish wish, ObservedMachine machine, MachineNotes notes, boolean rebootSeen, Instant now) {
        var power = reboot(wish, notes, rebootSeen, now);
        return notes.stopRequestedAt() != null
                ? power
                : Stream.concat(power.stream(), NetworkPlanner.plan(wish.networks(), machine.networks()).stream())
                        .toList();
    }

    private static List<MachineStep> reboot(MachineWish wish, MachineNotes notes, boolean rebootSeen, Instant now) {
        if (notes.stopRequestedAt() != null) {
            // Someone changed their mind. The guest may yet go off, and is then started; if it never does, forget it.
            return over(notes.stopRequestedAt(), now)
                    ? List.of(new MachineStep.Note(notes.withStopRequestedAt(null)))
                    : List.of();
        }
        var request = wish.reboot();
        if (request == null || Objects.equals(request, notes.lastReboot())) {
            return List.of();
        }
        if (notes.rebootRequestedAt() == null) {
            return List.of(new MachineStep.Note(notes.withRebootRequestedAt(now)), new MachineStep.RequestReboot());
        }
        if (rebootSeen) {
            return List.of(new MachineStep.Note(notes.withReboot(request)));
        }
        return over(notes.rebootRequestedAt(), now)
                ? List.of(new MachineStep.Forced(Force.RESET), new MachineStep.Note(notes.withReboot(request)))
                : List.of(new MachineStep.RequestReboot());
    }

    private static boolean over(@Nullable Instant since, Instant now) {
        return since != null && !now.isBefore(since.plus(GRACE));
    }
}
