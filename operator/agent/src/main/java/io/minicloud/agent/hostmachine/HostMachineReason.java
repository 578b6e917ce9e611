package io.minicloud.agent.hostmachine;

/** Why the conditions of a HostMachine are as they are. */
enum HostMachineReason {
    /** Nothing stands against it. */
    Valid,
    /** The domain is as the spec says. */
    Applied,
    /** It runs with another size than it should have; its next start gives it that. */
    AwaitingRestart,
    /** It runs, and is getting an interface. */
    AttachingInterfaces,
    /** It runs, and its guest has yet to let go of an interface. */
    DetachingInterfaces,
    /** It runs. */
    Running,
    /** It is off, as wanted. */
    Stopped,
    /** It is off because its guest shut down. */
    PoweredOffByGuest,
    /** It is shutting down. */
    Stopping,
    /** A disk, an interface or an image that it names is not ready. */
    AwaitingDependency,
    /** It ran and ended, though nobody asked for that: its hypervisor or its host died. It is started again. */
    AutomaticRecovery,
    /** Its guest stands still, because the host's disk had no room for what it wrote. It goes on when there is room. */
    HostDiskFull,
    /** Its processors stand still until its ports are programmed. */
    AwaitingPorts,
    /** Its processors run. */
    NotPaused,
    /** A domain of its name belongs to someone else. */
    NameTaken
}
