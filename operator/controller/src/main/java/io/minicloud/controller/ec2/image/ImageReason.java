package io.minicloud.controller.ec2.image;

/** Why a condition of an Image is as it is. */
enum ImageReason {
    /** The spec makes sense. */
    Valid,
    /** The bytes are not those of the SHA-256. */
    ChecksumMismatch,
    /** The bytes were refused, for example because they name a backing file. */
    InvalidImage,
    /** No host is ready to check the image. */
    NoHost,
    /** The hosts are still fetching or checking. */
    Pending,
    /** Every host that needs the image has it. */
    Programmed,
    /** Instances can be launched from it. */
    Available,
    /** It can never be launched from. */
    Failed,
    /** Instances still use it. */
    DependencyViolation,
    /** It is going. */
    Deleting
}
