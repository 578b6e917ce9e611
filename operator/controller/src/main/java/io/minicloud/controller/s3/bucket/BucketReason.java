package io.minicloud.controller.s3.bucket;

/** The reasons of a bucket's conditions. */
public enum BucketReason {
    /** The spec makes sense and the name is this object's. */
    Valid,
    /** The name breaks S3's rules. */
    InvalidBucketName,
    /** Somebody else has a bucket of this name. */
    BucketAlreadyExists,
    /** Another object of this account has the bucket of this name. */
    BucketAlreadyOwnedByYou,
    /** The name is free; the bucket is being made. */
    Creating,
    /** The engine holds what the spec says. */
    Programmed,
    /** The bucket can be used. */
    Available,
    /** The bucket was there and is gone, with its data. */
    BucketMissing,
    /** A Secret that is not ours has the name of the owner's key. */
    SecretNameTaken,
    /** The account is not enrolled: the right to keep Secrets in its namespace is missing. */
    SecretsForbidden,
    /** The engine does not answer. */
    EngineUnavailable,
    /** The engine, or the API server, refused something. */
    Failed,
    /** Deletion waits until the bucket holds nothing. */
    BucketNotEmpty,
    /** The bucket is being emptied and removed. */
    Deleting
}
