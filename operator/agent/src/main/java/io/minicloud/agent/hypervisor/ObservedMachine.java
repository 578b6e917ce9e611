package io.minicloud.agent.hypervisor;

import java.util.Optional;

/**
 * A domain as it is.
 *
 * @param name the domain's name
 * @param state what it is doing
 * @param notes what was remembered with it; empty when the domain is not minicloud's
 */
public record ObservedMachine(String name, PowerState state, Optional<MachineNotes> notes) {
    /** Whether a hypervisor process holds its devices. */
    public boolean active() {
        return state == PowerState.PAUSED || state == PowerState.RUNNING;
    }
}
