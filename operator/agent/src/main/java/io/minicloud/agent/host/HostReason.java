package io.minicloud.agent.host;

/** Why a condition of a {@code Host} is as it is. */
public enum HostReason {
    /** Every zone of the host lies in the region of the installation. */
    Accepted,
    /** A zone is not the region and one letter. */
    ZoneOutsideRegion,
    /** The machine was looked at and its capacity told. */
    Observed,
    /** The hypervisor of the machine does not answer. */
    HypervisorUnavailable,
    /** The machine can take instances. */
    Ready
}
