package io.minicloud.controller.s3.bucket;

import io.minicloud.controller.objectstore.BucketState;
import org.jspecify.annotations.Nullable;

/**
 * What is there.
 *
 * @param bucket the bucket in the engine; null when there is none
 * @param secret the Secret of the owner's key
 * @param keyWorks whether the engine takes the key in the Secret, for this bucket
 */
record BucketObservation(@Nullable BucketState bucket, SecretState secret, boolean keyWorks) {
    /** The Secret of the owner's key. */
    enum SecretState {
        /** There is none. */
        ABSENT,
        /** It holds what it should. */
        VALID,
        /** It is ours but holds something else. */
        STALE,
        /** It is somebody else's. */
        FOREIGN
    }
}
