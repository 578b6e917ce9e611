package io.minicloud.agent.hostdisk;

/** Why the conditions of a HostDisk are as they are. */
enum HostDiskReason {
    /** Nothing stands against it. */
    Valid,
    /** The disk is there with its size. */
    Available,
    /** Its image is not there or not ready yet. */
    AwaitingImage,
    /** Its image holds no disk, or a larger one than this disk is to be. */
    ImageUnfit,
    /** The file exists and belongs to someone else. */
    NameTaken,
    /** It was there and is gone; nothing is made in its place. */
    DiskMissing,
    /** A disk cannot shrink. */
    CannotShrink,
    /** What it is to adopt is not there, is not minicloud's or is the disk of another object. */
    NotAdoptable,
    /** It is to grow or to be adopted, which happens when no machine holds it. */
    AwaitingMachineStop
}
