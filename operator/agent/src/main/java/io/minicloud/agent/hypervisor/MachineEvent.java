package io.minicloud.agent.hypervisor;

/**
 * Something happened to a domain.
 *
 * @param machine the domain's name; empty when it may have happened to any
 * @param kind what happened
 */
public record MachineEvent(String machine, Kind kind) {
    /** What happened. */
    public enum Kind {
        /** Its power state, or its definition, changed. */
        CHANGED,
        /** The guest was started anew by itself or by a reset. */
        REBOOTED
    }
}
