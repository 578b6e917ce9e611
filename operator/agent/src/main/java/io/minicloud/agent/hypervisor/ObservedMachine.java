package io.minicloud.agent.hypervisor;

import java.util.List;
import java.util.Optional;

/**
 * A domain as it is.
 *
 * @param name the domain's name
 * @param state what it is doing
 * @param size what its guest has, or will have at its next start when it is off
 * @param networks its network interfaces: those that it has, then those that only its next start gives it
 * @param notes what was remembered with it; empty when the domain is not minicloud's
 */
public record ObservedMachine(
        String name, PowerState state, Size size, List<ObservedNetwork> networks, Optional<MachineNotes> notes) {
    /** Keeps an immutable copy of the interfaces. */
    public ObservedMachine {
        networks = List.copyOf(networks);
    }

    /**
     * What a guest has.
     *
     * @param vCpus virtual processors
     * @param memoryMiB memory
     */
    public record Size(int vCpus, int memoryMiB) {}

    /** Whether a hypervisor process holds its devices. */
    public boolean active() {
        return state == PowerState.PAUSED || state == PowerState.STALLED || state == PowerState.RUNNING;
    }
}
