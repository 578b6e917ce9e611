package io.minicloud.controller.ec2.volume;

/** Why a condition of a Volume is as it is. */
enum VolumeReason {
    /** The spec makes sense and what it names exists. */
    Valid,
    /** There is no image of that name. */
    ImageNotFound,
    /** The instance has no host yet, so the volume has none. */
    AwaitingPlacement,
    /** The host makes the disk. */
    Creating,
    /** The host has the disk. */
    Programmed,
    /** The disk is there and attached to nothing. */
    Available,
    /** The disk is there and attached. */
    InUse,
    /** The host could not make the disk. */
    Failed,
    /** An instance still uses it. */
    DependencyViolation,
    /** It is going. */
    Deleting
}
