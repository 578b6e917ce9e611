package io.minicloud.controller.s3.bucket;

import io.minicloud.api.s3.Bucket;
import java.util.Map;

/** The Secrets in which accounts find the keys of their buckets. Their content is never logged. */
interface OwnerKeySecrets {
    /** Whose a Secret is. */
    enum Ownership {
        /** There is none of this name. */
        ABSENT,
        /** It carries our label and the uid of the bucket's object. */
        OURS,
        /** It is somebody else's and never written to. */
        FOREIGN
    }

    /**
     * A Secret as it is.
     *
     * @param ownership whose it is
     * @param content its decoded values; empty unless it is ours
     */
    record Found(Ownership ownership, Map<String, String> content) {
        @Override
        public String toString() {
            return "Found[" + ownership + ", " + content.keySet() + "]";
        }
    }

    /**
     * The Secret of a bucket's owner.
     *
     * @throws SecretsForbiddenException when Secrets of this namespace may not be read
     */
    Found find(Bucket bucket);

    /**
     * Creates the Secret, or writes it anew when it is ours; fails when it is not.
     *
     * @throws SecretsForbiddenException when Secrets of this namespace may not be read
     */
    void write(Bucket bucket, Map<String, String> content);

    /**
     * Deletes the Secret if it is ours. One that is gone already, or is not ours, is success; one that may not be read
     * goes by its owner reference.
     */
    void delete(Bucket bucket);

    /** The name of the Secret of a bucket's owner. */
    static String nameFor(Bucket bucket) {
        return bucket.getMetadata().getName() + "-owner-key";
    }
}
