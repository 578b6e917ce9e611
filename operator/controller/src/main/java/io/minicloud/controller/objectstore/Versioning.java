package io.minicloud.controller.objectstore;

/**
 * Versioning of a bucket. Once it was on it can be suspended, but never be off again.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html">Versioning in the AWS documentation</a>
 */
public enum Versioning {
    /** Was never on. */
    OFF,
    /** Every write keeps the version before it. */
    ENABLED,
    /** New writes replace the null version; older versions stay. */
    SUSPENDED
}
