package io.minicloud.agent.preflight;

/** Why a condition that speaks of the machine is as it is. */
public enum PreflightReason {
    /** It was looked at, and nothing is wrong. */
    Good,
    /** It could not be looked at. */
    NotObserved,
    /** A program that the agent runs is not there. */
    PackagesMissing,
    /** A program is older than any that minicloud was tried with; it may do. */
    OlderThanTested,
    /** libvirtd does not answer. */
    LibvirtUnreachable,
    /** There is no {@code /dev/kvm}, and the processor could. */
    KvmModuleMissing,
    /** The processor does not offer what KVM needs, or its firmware hides it. */
    KvmNotOffered,
    /** Only root may open {@code /dev/kvm}. */
    KvmNotPermitted,
    /** There is no kernel to try KVM with. */
    KvmNotTried,
    /** {@code /dev/kvm} is there, but no guest boots with it. */
    KvmBootsNoGuest,
    /** The kernel passes nothing on between links. */
    ForwardingOff,
    /** A firewall drops what is passed on. */
    FirewallDrops,
    /** Old kernel: the firewall also judges what the bridges of the routers pass on. */
    BridgesFiltered,
    /** A route of the machine leads into the service range. */
    RangeOverlaps,
    /** Too little is free on the file system of the state folder. */
    DiskTooSmall,
    /** The machine has too little memory. */
    MemoryTooSmall,
    /** A network daemon has a rule that takes links of the cloud. */
    LinksTaken
}
