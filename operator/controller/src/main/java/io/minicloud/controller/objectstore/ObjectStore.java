package io.minicloud.controller.objectstore;

import java.util.Map;
import java.util.Optional;

/**
 * The buckets of the S3 engine. Every call is bounded by a timeout and throws {@link ObjectStoreUnavailableException}
 * when the engine does not answer, {@link ObjectStoreException} when it refuses.
 */
public interface ObjectStore {
    /** A bucket as it is now; empty when there is none of this name. */
    Optional<BucketState> find(String bucket);

    /**
     * Creates a bucket.
     *
     * @throws BucketExistsException when there is one of this name, whosever it is
     */
    void create(String bucket);

    /** Replaces all tags of a bucket. */
    void setTags(String bucket, Map<String, String> tags);

    /**
     * Turns versioning on or suspends it.
     *
     * @param versioning {@code ENABLED} or {@code SUSPENDED}; a bucket never goes back to {@code OFF}
     */
    void setVersioning(String bucket, Versioning versioning);

    /** Whether a bucket holds nothing: no object, no version, no delete marker. */
    boolean isEmpty(String bucket);

    /**
     * Removes some of what a bucket holds, versions and delete markers included.
     *
     * @param limit how many at most, so that a call stays short
     * @return whether nothing is left
     */
    boolean purge(String bucket, int limit);

    /**
     * Removes an empty bucket; one that is gone already is success.
     *
     * @throws BucketNotEmptyException when it holds something
     */
    void remove(String bucket);
}
