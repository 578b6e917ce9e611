package io.minicloud.controller.s3.bucket;

import io.minicloud.api.common.Labels;
import io.minicloud.api.s3.Bucket;
import io.minicloud.api.s3.BucketSpec;
import io.minicloud.controller.objectstore.Versioning;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.identity.Sha256;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an object asks for, with its defaults.
 *
 * @param bucketName the bucket's name
 * @param owner the tag that says whose the bucket is
 * @param accountId the account; empty when the namespace is none
 * @param userTags the tags of the spec
 * @param versioning ENABLED or SUSPENDED; null leaves it as it is
 * @param deletionPolicy Retain, DeleteIfEmpty or Delete
 * @param adopts the owner tag of another installation whose bucket it takes over; null when it takes over none
 */
record BucketDemand(
        String bucketName,
        OwnerTag owner,
        String accountId,
        Map<String, String> userTags,
        @Nullable Versioning versioning,
        String deletionPolicy,
        @Nullable String adopts) {
    static final String TAG_PREFIX = "minicloud.io/";
    static final String OWNER_TAG = TAG_PREFIX + "owner";
    static final String ACCOUNT_TAG = TAG_PREFIX + "account-id";

    private static final int KEY_ID_DIGITS = 16;

    static BucketDemand of(Bucket bucket, String installationId, String accountId) {
        var meta = bucket.getMetadata();
        var spec = bucket.getSpec() == null ? new BucketSpec(null, null, null, null) : bucket.getSpec();
        var versioning = spec.versioningConfiguration();
        return new BucketDemand(
                bucketName(bucket),
                new OwnerTag(installationId, meta.getNamespace(), "bucket", meta.getUid()),
                accountId,
                spec.tags() == null ? Map.of() : Map.copyOf(spec.tags()),
                versioning == null
                        ? null
                        : Versioning.valueOf(versioning.status().toUpperCase(Locale.ROOT)),
                spec.deletionPolicy() == null ? "Retain" : spec.deletionPolicy(),
                meta.getAnnotations() == null ? null : meta.getAnnotations().get(Labels.ADOPT_BUCKET));
    }

    /** The name of the bucket that an object asks for: its own unless the spec says another. */
    static String bucketName(Bucket bucket) {
        var spec = bucket.getSpec();
        return spec == null || spec.bucketName() == null ? bucket.getMetadata().getName() : spec.bucketName();
    }

    /** All tags that the bucket should carry. */
    Map<String, String> tags() {
        var all = new LinkedHashMap<>(userTags);
        all.put(OWNER_TAG, owner.toString());
        all.put(ACCOUNT_TAG, accountId);
        return all;
    }

    /** The id of the owner's key: shaped as AWS shapes it, and always the same for the same object. */
    String accessKeyId() {
        return accessKeyId(owner);
    }

    /** The id of the key of another owner. */
    static String accessKeyId(OwnerTag owner) {
        return "AKIA"
                + Sha256.hex("access-key/" + owner).substring(0, KEY_ID_DIGITS).toUpperCase(Locale.ROOT);
    }
}
