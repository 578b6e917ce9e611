package io.minicloud.agent.hostmachine;

import static io.minicloud.reconcile.condition.ConditionType.ACCEPTED;
import static io.minicloud.reconcile.condition.ConditionType.PROGRAMMED;
import static io.minicloud.reconcile.condition.ConditionType.READY;

import io.minicloud.agent.hypervisor.MachineNotes;
import io.minicloud.agent.hypervisor.ObservedMachine;
import io.minicloud.agent.hypervisor.PowerState;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.api.host.HostMachineStatus;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the status of a machine from what is known now. */
final class MachineStatusFactory {
    /** True while the machine is started and its processors stand still: its ports may be taken over. */
    static final String PAUSED = "Paused";

    private final Clock clock;
    private final String libvirtUri;

    MachineStatusFactory(Clock clock, String libvirtUri) {
        this.clock = clock;
        this.libvirtUri = libvirtUri;
    }

    /** The status of a machine whose name belongs to someone else. */
    HostMachineStatus taken(HostMachine machine, String name) {
        var message = "a domain " + name + " exists and is not this machine's: remove or rename it";
        var conditions = conditions(machine)
                .isTrue(ACCEPTED, HostMachineReason.Valid, "")
                .isFalse(PROGRAMMED, HostMachineReason.NameTaken, message)
                .isFalse(READY, HostMachineReason.NameTaken, message)
                .isFalse(PAUSED, HostMachineReason.NameTaken, message);
        return status(machine, conditions, "pending", null, Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * The status of a machine.
     *
     * @param wish as it should be
     * @param before as it was when the pass began
     * @param observed as it is now
     * @param waitingFor what a start waits for; null for nothing
     */
    HostMachineStatus of(
            HostMachine machine,
            String name,
            MachineWish wish,
            Optional<ObservedMachine> before,
            Optional<ObservedMachine> observed,
            @Nullable String waitingFor) {
        var conditions = conditions(machine).isTrue(ACCEPTED, HostMachineReason.Valid, "");
        var state = observed.map(ObservedMachine::state).orElse(PowerState.OFF);
        var notes = observed.flatMap(ObservedMachine::notes);
        var stopping = notes.map(MachineNotes::stopRequestedAt).isPresent();
        if (state == PowerState.PAUSED) {
            conditions.isTrue(PAUSED, HostMachineReason.AwaitingPorts, "");
        } else {
            conditions.isFalse(PAUSED, HostMachineReason.NotPaused, "");
        }
        var text =
                switch (state) {
                    case RUNNING, STALLED -> stopping || !wish.running() ? "stopping" : "running";
                    case PAUSED -> wish.running() ? "pending" : "stopping";
                    case SHUT_DOWN, DESTROYED, CRASHED, OFF ->
                        wish.running() && !guestOff(wish, observed) ? "pending" : "stopped";
                };
        programmed(conditions, text, guestOff(wish, observed), waitingFor);
        if (text.equals("pending") && recovering(machine, wish, before)) {
            recovering(conditions);
        }
        var interfaces = InterfaceStates.of(wish.networks(), observed, text.equals("pending"));
        if (state == PowerState.STALLED) {
            stalled(conditions);
        } else if (text.equals("running")) {
            underWay(conditions, interfaces, observed.orElseThrow());
            grown(conditions, machine.getSpec(), observed.orElseThrow().size());
        }
        return status(
                machine,
                conditions,
                wish.deleted() && !text.equals("stopped") ? "shutting-down" : text,
                name,
                guestOff(wish, observed) ? notes : Optional.empty(),
                notes,
                interfaces);
    }

    private static void programmed(
            ConditionBuilder conditions, String state, boolean guestOff, @Nullable String waitingFor) {
        switch (state) {
            case "running" ->
                conditions
                        .isTrue(PROGRAMMED, HostMachineReason.Applied, "")
                        .isTrue(READY, HostMachineReason.Running, "");
            case "stopped" -> {
                var reason = guestOff ? HostMachineReason.PoweredOffByGuest : HostMachineReason.Stopped;
                conditions.isTrue(PROGRAMMED, HostMachineReason.Applied, "").isFalse(READY, reason, "");
            }
            case "stopping" ->
                conditions
                        .isFalse(PROGRAMMED, HostMachineReason.Stopping, "")
                        .isFalse(READY, HostMachineReason.Stopping, "");
            default -> {
                var reason =
                        waitingFor == null ? HostMachineReason.AwaitingPorts : HostMachineReason.AwaitingDependency;
                var message = waitingFor == null ? "" : waitingFor;
                conditions.isFalse(PROGRAMMED, reason, message).isFalse(READY, reason, message);
            }
        }
    }

    /** Whether a machine was last seen running. */
    static boolean ran(HostMachine machine) {
        var last = machine.getStatus();
        return last != null && "running".equals(last.state());
    }

    /** It is said until the machine runs again, whatever that waits for. */
    private static boolean recovering(HostMachine machine, MachineWish wish, Optional<ObservedMachine> before) {
        var last = machine.getStatus();
        return last != null
                && (MachinePlanner.recovers(wish, before, ran(machine))
                        || Conditions.find(last, READY)
                                .filter(ready -> ready.reason().equals(HostMachineReason.AutomaticRecovery.name()))
                                .isPresent());
    }

    private static void recovering(ConditionBuilder conditions) {
        var message = "it ended by itself and is started again";
        conditions
                .isFalse(PROGRAMMED, HostMachineReason.AutomaticRecovery, message)
                .isFalse(READY, HostMachineReason.AutomaticRecovery, message);
    }

    private static void stalled(ConditionBuilder conditions) {
        var message = "the host's disk had no room for what the guest wrote: free some, and the guest goes on";
        conditions
                .isFalse(PROGRAMMED, HostMachineReason.HostDiskFull, message)
                .isFalse(READY, HostMachineReason.HostDiskFull, message);
    }

    /** The machine runs on meanwhile, whatever the interface waits for. */
    private static void underWay(
            ConditionBuilder conditions, List<HostMachineStatus.Interface> interfaces, ObservedMachine observed) {
        var coming = InterfaceStates.waits(interfaces, observed);
        var going = InterfaceStates.named(interfaces, InterfaceStates.DETACHING);
        if (!coming.isEmpty()) {
            conditions.isFalse(PROGRAMMED, HostMachineReason.AttachingInterfaces, coming);
        } else if (!going.isEmpty()) {
            conditions.isFalse(
                    PROGRAMMED,
                    HostMachineReason.DetachingInterfaces,
                    "the guest has not let go of " + going + ": if it never does, stop the machine");
        }
    }

    /** A changed size waits for the next start, as in EC2; until then it is not so. */
    private static void grown(ConditionBuilder conditions, HostMachineSpec spec, ObservedMachine.Size size) {
        var wanted = new ObservedMachine.Size(spec.vCpus(), spec.memoryMiB());
        if (!wanted.equals(size)) {
            var message = "it runs with %d vCPUs and %d MiB; stop and start it to give it %d and %d MiB"
                    .formatted(size.vCpus(), size.memoryMiB(), wanted.vCpus(), wanted.memoryMiB());
            conditions.isFalse(PROGRAMMED, HostMachineReason.AwaitingRestart, message);
        }
    }

    private static boolean guestOff(MachineWish wish, Optional<ObservedMachine> observed) {
        return observed.filter(machine -> !machine.active())
                .filter(machine -> machine.notes()
                        .filter(notes ->
                                MachinePlanner.poweredOffByGuest(wish.powerGeneration(), machine.state(), notes))
                        .isPresent())
                .isPresent();
    }

    private ConditionBuilder conditions(HostMachine machine) {
        var last = machine.getStatus();
        return new ConditionBuilder(
                last == null ? null : last.conditions(), machine.getMetadata().getGeneration(), clock);
    }

    private HostMachineStatus status(
            HostMachine machine,
            ConditionBuilder conditions,
            String state,
            @Nullable String domain,
            Optional<MachineNotes> guestOff,
            Optional<MachineNotes> notes,
            List<HostMachineStatus.Interface> interfaces) {
        return new HostMachineStatus(
                conditions.build(),
                machine.getMetadata().getGeneration(),
                state,
                domain,
                guestOff.isPresent() ? "guest" : null,
                guestOff.map(MachineNotes::powerGeneration).orElse(null),
                notes.map(MachineNotes::lastReboot).orElse(null),
                launchTime(machine, state),
                domain == null ? null : "virsh -c '" + libvirtUri + "' dominfo " + domain,
                interfaces);
    }

    private @Nullable String launchTime(HostMachine machine, String state) {
        var last = machine.getStatus();
        return state.equals("running") && !ran(machine)
                ? clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()
                : last == null ? null : last.launchTime();
    }
}
