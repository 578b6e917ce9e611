package io.minicloud.controller.s3.bucket;

import io.minicloud.api.s3.Bucket;
import java.util.Comparator;

/**
 * An object that asks for a bucket name.
 *
 * @param createdAt when it was created, RFC 3339
 * @param namespace its namespace
 * @param name its name
 * @param uid its uid
 */
record Rival(String createdAt, String namespace, String name, String uid) {
    /** The first created wins; names decide within a second. */
    static final Comparator<Rival> SENIORITY = Comparator.comparing(Rival::createdAt)
            .thenComparing(Rival::namespace)
            .thenComparing(Rival::name);

    static Rival of(Bucket bucket) {
        var meta = bucket.getMetadata();
        return new Rival(meta.getCreationTimestamp(), meta.getNamespace(), meta.getName(), meta.getUid());
    }
}
