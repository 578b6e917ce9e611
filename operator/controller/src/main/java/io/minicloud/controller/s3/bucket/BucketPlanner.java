package io.minicloud.controller.s3.bucket;

import io.minicloud.controller.objectstore.BucketState;
import io.minicloud.controller.s3.bucket.BucketObservation.SecretState;
import io.minicloud.reconcile.identity.OwnerTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be done for a bucket. Pure. */
final class BucketPlanner {
    private BucketPlanner() {}

    /** Steps that make a bucket, which may be this object's, as the spec says; none when it is. */
    static List<BucketStep> provision(BucketDemand demand, BucketObservation observed) {
        var steps = new ArrayList<BucketStep>();
        var bucket = observed.bucket();
        if (bucket == null) {
            steps.add(new BucketStep.CreateBucket());
        }
        // Before the tag is written over, which is all that knows of that key.
        previousOwner(demand, bucket).ifPresent(owner -> steps.add(new BucketStep.EndKeyOf(owner)));
        if (bucket == null || !bucket.tags().equals(demand.tags())) {
            steps.add(new BucketStep.SetTags(demand.tags()));
        }
        var versioning = demand.versioning();
        if (versioning != null && (bucket == null || bucket.versioning() != versioning)) {
            steps.add(new BucketStep.SetVersioning(versioning));
        }
        // The key comes last: never a key for a bucket that is not tagged as ours.
        if (observed.secret() == SecretState.ABSENT || observed.secret() == SecretState.STALE) {
            steps.add(new BucketStep.WriteSecret());
        }
        if (observed.secret() != SecretState.FOREIGN && !observed.keyWorks()) {
            steps.add(new BucketStep.GrantKey());
        }
        return steps;
    }

    private static Optional<OwnerTag> previousOwner(BucketDemand demand, @Nullable BucketState bucket) {
        return Optional.ofNullable(bucket)
                .map(state -> state.tags().get(BucketDemand.OWNER_TAG))
                .flatMap(OwnerTag::parse)
                .filter(owner -> !owner.equals(demand.owner()));
    }

    /** Steps that end the account's access and leave the bucket alone. */
    static List<BucketStep> letGo() {
        return List.of(new BucketStep.RevokeKey(), new BucketStep.DeleteSecret());
    }

    /** Steps that remove an empty bucket; the key goes last, so that a bucket that is not empty can still be emptied. */
    static List<BucketStep> remove() {
        return List.of(new BucketStep.RemoveBucket(), new BucketStep.RevokeKey(), new BucketStep.DeleteSecret());
    }
}
