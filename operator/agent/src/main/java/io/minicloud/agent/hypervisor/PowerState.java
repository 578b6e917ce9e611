package io.minicloud.agent.hypervisor;

/** What a domain is doing. */
public enum PowerState {
    /** Started, and its processors stand still. */
    PAUSED,
    /** Started, and its processors stand still because the host's disk had no room for what the guest wrote. */
    STALLED,
    /** Its processors run. */
    RUNNING,
    /** Off: the guest shut down, by itself or because it was asked to. */
    SHUT_DOWN,
    /** Off: someone switched it off without asking the guest. */
    DESTROYED,
    /** Off: its hypervisor process died, or could not start it. */
    CRASHED,
    /** Off, and nobody knows why: never started, or libvirt was restarted since. */
    OFF
}
