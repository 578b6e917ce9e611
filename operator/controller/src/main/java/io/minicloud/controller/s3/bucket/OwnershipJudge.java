package io.minicloud.controller.s3.bucket;

import io.minicloud.api.common.Labels;
import io.minicloud.controller.objectstore.BucketState;
import io.minicloud.reconcile.identity.OwnerTag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose a bucket is. The tag in the engine decides before the age of objects: who has the bucket keeps it.
 *
 * @param demand what this object asks for
 * @param self this object
 * @param rivals the other objects that ask for the same name
 * @param progress how far this object had come
 */
record OwnershipJudge(BucketDemand demand, Rival self, List<Rival> rivals, Progress progress) {
    /** How far an object had come at the end of its last pass. */
    enum Progress {
        /** Nothing was done yet. */
        NONE,
        /** The name was free, and creation may have begun. */
        CREATING,
        /** The bucket was there. */
        ESTABLISHED
    }

    Ownership judge(@Nullable BucketState bucket, boolean empty) {
        if (bucket == null) {
            return progress == Progress.ESTABLISHED ? new Ownership.Missing() : ifFirst(new Ownership.Free());
        }
        var text = bucket.tags().get(BucketDemand.OWNER_TAG);
        if (text == null) {
            return progress == Progress.CREATING && empty
                    ? ifFirst(new Ownership.Unfinished())
                    : taken("exists in the engine and was not made by minicloud");
        }
        return OwnerTag.parse(text)
                .filter(tag -> tag.installationId().equals(demand.owner().installationId()))
                .map(tag -> judgeTag(tag, bucket))
                .orElseGet(() -> judgeForeign(text, bucket));
    }

    /** What etcd forgot altogether is of another installation afterwards; only its account can tell. */
    private Ownership judgeForeign(String tag, BucketState bucket) {
        if (!demand.accountId().equals(bucket.tags().get(BucketDemand.ACCOUNT_TAG))) {
            return taken("belongs to another installation");
        }
        return tag.equals(demand.adopts())
                ? ifFirst(new Ownership.Retained())
                : taken(
                        "belongs to this account in another installation, as after a loss of etcd: take it over by kubectl"
                                + " annotate bucket " + self.name() + " " + Labels.ADOPT_BUCKET + "=" + tag);
    }

    private Ownership judgeTag(OwnerTag tag, BucketState bucket) {
        if (tag.equals(demand.owner())) {
            return new Ownership.Own();
        }
        var holder =
                rivals.stream().filter(rival -> rival.uid().equals(tag.uid())).findFirst();
        if (holder.isPresent()) {
            return lostTo(holder.get());
        }
        var sameAccount = tag.hostNamespace().equals(self.namespace())
                && demand.accountId().equals(bucket.tags().get(BucketDemand.ACCOUNT_TAG));
        return sameAccount ? ifFirst(new Ownership.Retained()) : taken("belongs to another account");
    }

    private Ownership ifFirst(Ownership wanted) {
        Optional<Rival> first = rivals.stream()
                .filter(rival -> Rival.SENIORITY.compare(rival, self) < 0)
                .min(Rival.SENIORITY);
        return first.<Ownership>map(this::lostTo).orElse(wanted);
    }

    private Ownership lostTo(Rival other) {
        return other.namespace().equals(self.namespace())
                ? new Ownership.Refused(
                        BucketReason.BucketAlreadyOwnedByYou,
                        "bucket " + demand.bucketName() + " belongs to Bucket " + other.name() + " of this namespace")
                : taken("belongs to another account");
    }

    private Ownership.Refused taken(String what) {
        return new Ownership.Refused(
                BucketReason.BucketAlreadyExists,
                "bucket " + demand.bucketName() + " " + what + "; choose another bucketName");
    }
}
