package io.minicloud.controller.s3.bucket;

import io.minicloud.controller.s3.bucket.BucketObservation.SecretState;
import java.util.ArrayList;
import java.util.List;

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

    /** Steps that end the account's access and leave the bucket alone. */
    static List<BucketStep> letGo() {
        return List.of(new BucketStep.RevokeKey(), new BucketStep.DeleteSecret());
    }

    /** Steps that remove an empty bucket; the key goes last, so that a bucket that is not empty can still be emptied. */
    static List<BucketStep> remove() {
        return List.of(new BucketStep.RemoveBucket(), new BucketStep.RevokeKey(), new BucketStep.DeleteSecret());
    }
}
