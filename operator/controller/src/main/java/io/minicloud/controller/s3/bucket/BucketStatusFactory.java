package io.minicloud.controller.s3.bucket;

import static io.minicloud.reconcile.condition.ConditionType.ACCEPTED;
import static io.minicloud.reconcile.condition.ConditionType.PROGRAMMED;
import static io.minicloud.reconcile.condition.ConditionType.READY;

import io.minicloud.api.s3.Bucket;
import io.minicloud.api.s3.BucketStatus;
import io.minicloud.controller.objectstore.BucketExistsException;
import io.minicloud.controller.objectstore.ObjectStoreSettings;
import io.minicloud.controller.objectstore.ObjectStoreUnavailableException;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.identity.Arn;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The status of a bucket, from what is known now. */
final class BucketStatusFactory {
    /** A condition that is there while the bucket is made: written before the engine is asked, so that a crash is survived. */
    static final String CREATING = "Creating";

    private final ObjectStoreSettings settings;
    private final Clock clock;

    BucketStatusFactory(ObjectStoreSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** How far the object had come, as its last status tells. */
    static OwnershipJudge.Progress progress(Bucket bucket) {
        var status = bucket.getStatus();
        if (status != null && status.arn() != null) {
            return OwnershipJudge.Progress.ESTABLISHED;
        }
        return Conditions.find(status, CREATING).isPresent()
                ? OwnershipJudge.Progress.CREATING
                : OwnershipJudge.Progress.NONE;
    }

    /** The spec or the namespace is not acceptable; a bucket that this object has already stays its own. */
    BucketStatus invalid(Bucket bucket, Enum<?> reason, String message) {
        return keep(bucket, withProgress(bucket, refusal(bucket, reason, message)));
    }

    /** The bucket of this name is somebody else's. */
    BucketStatus refused(Bucket bucket, BucketReason reason, String message) {
        return status(bucket, refusal(bucket, reason, message), null, null);
    }

    /** The name is free and the bucket will be made. */
    BucketStatus creating(Bucket bucket) {
        var conditions = waiting(bucket, BucketReason.Creating, "the bucket is being made");
        conditions.isTrue(CREATING, BucketReason.Creating, "the name was free");
        return status(bucket, conditions, null, null);
    }

    /** The bucket is as the spec says; the key as well, unless its Secret's name is taken. */
    BucketStatus programmed(Bucket bucket, boolean keyIssued) {
        var secret = OwnerKeySecrets.nameFor(bucket);
        if (!keyIssued) {
            var message = "Secret " + secret + " is not minicloud's and is left alone; delete or rename it";
            return status(bucket, waiting(bucket, BucketReason.SecretNameTaken, message), arn(bucket), null);
        }
        var conditions = conditions(bucket)
                .isTrue(ACCEPTED, BucketReason.Valid, "")
                .isTrue(PROGRAMMED, BucketReason.Programmed, "")
                .isTrue(READY, BucketReason.Available, "");
        return status(bucket, conditions, arn(bucket), secret);
    }

    /** The bucket was there and is gone. */
    BucketStatus missing(Bucket bucket) {
        var message = "the bucket is gone from the engine, with its data, and is not made again by itself: bring the"
                + " engine's disk back, or delete and create this object for an empty bucket";
        return keep(bucket, waiting(bucket, BucketReason.BucketMissing, message));
    }

    /** A deletion that waits. */
    BucketStatus deleting(Bucket bucket, BucketReason reason, String message) {
        return keep(bucket, waiting(bucket, reason, message));
    }

    /** The pass failed; what is not known now is not claimed, and what had been begun is not forgotten. */
    BucketStatus failed(Bucket bucket, Throwable failure) {
        var root = root(failure);
        if (root instanceof BucketExistsException) {
            return refused(bucket, BucketReason.BucketAlreadyExists, root.getMessage() + "; choose another bucketName");
        }
        var message = String.valueOf(root.getMessage());
        var conditions = conditions(bucket);
        if (Conditions.find(bucket.getStatus(), ACCEPTED)
                .filter(accepted -> accepted.status().equals("True"))
                .isPresent()) {
            conditions.isTrue(ACCEPTED, BucketReason.Valid, "");
        }
        if (root instanceof ObjectStoreUnavailableException) {
            conditions
                    .isUnknown(PROGRAMMED, BucketReason.EngineUnavailable, message)
                    .isUnknown(READY, BucketReason.EngineUnavailable, message);
        } else {
            var reason =
                    root instanceof SecretsForbiddenException ? BucketReason.SecretsForbidden : BucketReason.Failed;
            conditions.isFalse(PROGRAMMED, reason, message).isFalse(READY, reason, message);
        }
        return keep(bucket, withProgress(bucket, conditions));
    }

    private static ConditionBuilder withProgress(Bucket bucket, ConditionBuilder conditions) {
        return progress(bucket) == OwnershipJudge.Progress.CREATING
                ? conditions.isTrue(CREATING, BucketReason.Creating, "the name was free")
                : conditions;
    }

    private ConditionBuilder refusal(Bucket bucket, Enum<?> reason, String message) {
        return conditions(bucket)
                .isFalse(ACCEPTED, reason, message)
                .isFalse(PROGRAMMED, reason, message)
                .isFalse(READY, reason, message);
    }

    private ConditionBuilder waiting(Bucket bucket, BucketReason reason, String message) {
        return conditions(bucket)
                .isTrue(ACCEPTED, BucketReason.Valid, "")
                .isFalse(PROGRAMMED, reason, message)
                .isFalse(READY, reason, message);
    }

    private ConditionBuilder conditions(Bucket bucket) {
        var status = bucket.getStatus();
        return new ConditionBuilder(
                status == null ? null : status.conditions(),
                bucket.getMetadata().getGeneration(),
                clock);
    }

    private BucketStatus keep(Bucket bucket, ConditionBuilder conditions) {
        var before = bucket.getStatus();
        return before == null
                ? status(bucket, conditions, null, null)
                : status(bucket, conditions, before.arn(), before.ownerAccessKeySecretName());
    }

    private BucketStatus status(
            Bucket bucket, ConditionBuilder conditions, @Nullable String arn, @Nullable String secretName) {
        return new BucketStatus(
                conditions.build(),
                bucket.getMetadata().getGeneration(),
                arn,
                BucketDemand.bucketName(bucket),
                settings.publicEndpoint(),
                settings.region(),
                secretName);
    }

    private static String arn(Bucket bucket) {
        return Arn.of("s3", "", "", BucketDemand.bucketName(bucket));
    }

    private static Throwable root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && !(root instanceof SecretsForbiddenException)) {
            root = root.getCause();
        }
        return root;
    }
}
