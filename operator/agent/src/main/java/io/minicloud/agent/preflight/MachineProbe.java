package io.minicloud.agent.preflight;

/** Looks at this machine, and changes nothing on it. */
@FunctionalInterface
public interface MachineProbe {
    /** What is there now. What cannot be looked at is null or empty in the answer, as its description says. */
    MachineFacts observe();
}
