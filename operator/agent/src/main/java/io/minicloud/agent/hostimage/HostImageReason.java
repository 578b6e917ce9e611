package io.minicloud.agent.hostimage;

/** Why the conditions of a HostImage are as they are; refusals add those of {@code ImageRefusedException.Reason}. */
enum HostImageReason {
    /** Nothing stands against it. */
    Valid,
    /** Its files are here and were checked. */
    Stored,
    /** A file that its format needs is not named. */
    PartMissing,
    /** Its bytes could not be had; it is tried again. */
    FetchFailed,
    /** It was refused. */
    Refused
}
