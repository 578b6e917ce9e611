package io.minicloud.controller.s3.bucket;

import io.minicloud.controller.objectstore.Versioning;
import io.minicloud.reconcile.identity.OwnerTag;
import java.util.Map;

/** One step of a bucket's plan, as data. */
sealed interface BucketStep {
    /** Makes the bucket; fails when there is one. */
    record CreateBucket() implements BucketStep {}

    /** Replaces the bucket's tags, the owner's among them. */
    record SetTags(Map<String, String> tags) implements BucketStep {}

    /** Turns versioning on or suspends it. */
    record SetVersioning(Versioning versioning) implements BucketStep {}

    /** Writes the Secret of the owner's key, with a new secret when there is none to keep. */
    record WriteSecret() implements BucketStep {}

    /** Makes the key in the Secret work, for this bucket only. */
    record GrantKey() implements BucketStep {}

    /** Takes the owner's key away. */
    record RevokeKey() implements BucketStep {}

    /** Takes the key of whoever owned the bucket before away. */
    record EndKeyOf(OwnerTag owner) implements BucketStep {}

    /** Deletes the Secret of the owner's key. */
    record DeleteSecret() implements BucketStep {}

    /** Removes the bucket, which must be empty. */
    record RemoveBucket() implements BucketStep {}
}
