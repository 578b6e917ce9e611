package io.minicloud.controller.s3.bucket;

import io.minicloud.api.s3.Bucket;
import io.minicloud.api.s3.BucketStatus;
import io.minicloud.controller.objectstore.AccessKeys;
import io.minicloud.controller.objectstore.BucketNotEmptyException;
import io.minicloud.controller.objectstore.BucketState;
import io.minicloud.controller.objectstore.ObjectStore;
import io.minicloud.controller.objectstore.ObjectStoreSettings;
import io.minicloud.controller.s3.bucket.BucketObservation.SecretState;
import io.minicloud.reconcile.plan.ActionFailedException;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** One pass over one bucket, without Kubernetes' machinery: observe, judge, plan, apply, and the status that results. */
final class BucketProvisioner {
    /** How many versions one pass removes at most, so that a full bucket does not delay the others. */
    static final int PURGE_BATCH = 1000;

    private final String installationId;
    private final ObjectStore store;
    private final AccessKeys keys;
    private final OwnerKeyContent content;
    private final PlanExecutor executor;
    private final BucketStatusFactory statuses;

    BucketProvisioner(
            String installationId, Engine engine, ObjectStoreSettings settings, PlanExecutor executor, Clock clock) {
        this.installationId = installationId;
        this.store = engine.store();
        this.keys = engine.keys();
        this.content = new OwnerKeyContent(settings);
        this.executor = executor;
        this.statuses = new BucketStatusFactory(settings, clock);
    }

    /** The two ports of the S3 engine. */
    record Engine(ObjectStore store, AccessKeys keys) {}

    /**
     * What surrounds an object.
     *
     * @param account the account that its namespace is
     * @param rivals the other objects that ask for the same name
     * @param secrets where the owner's key is kept
     */
    record Surroundings(Resolution<String> account, List<Rival> rivals, OwnerKeySecrets secrets) {}

    BucketStatusFactory statuses() {
        return statuses;
    }

    /** Makes the bucket as its object says, as far as that is possible now. */
    BucketStatus provision(Bucket bucket, Surroundings around) {
        return switch (around.account()) {
            case Resolution.Resolved<String>(var accountId) ->
                provision(bucket, around, BucketDemand.of(bucket, installationId, accountId));
            case Resolution.Waiting<String>(var reason, var message) -> statuses.invalid(bucket, reason, message);
            case Resolution.Invalid<String>(var reason, var message) -> statuses.invalid(bucket, reason, message);
        };
    }

    private BucketStatus provision(Bucket bucket, Surroundings around, BucketDemand demand) {
        var nameProblem = BucketRules.nameProblem(demand.bucketName());
        if (nameProblem.isPresent()) {
            return statuses.invalid(bucket, BucketReason.InvalidBucketName, nameProblem.get());
        }
        var state = store.find(demand.bucketName());
        return switch (judge(bucket, around, demand, state)) {
            case Ownership.Refused(var reason, var message) -> statuses.refused(bucket, reason, message);
            case Ownership.Missing() -> statuses.missing(bucket);
            case Ownership.Free() when progress(bucket) == OwnershipJudge.Progress.NONE -> statuses.creating(bucket);
            case Ownership.Free(), Ownership.Own(), Ownership.Unfinished(), Ownership.Retained() ->
                converge(bucket, around, demand, state);
        };
    }

    private BucketStatus converge(
            Bucket bucket, Surroundings around, BucketDemand demand, Optional<BucketState> state) {
        var observed = observe(bucket, around, demand, state);
        var actions = actions(bucket, around, demand);
        executor.execute(subject(bucket), actions.plan(BucketPlanner.provision(demand, observed)));
        return statuses.programmed(bucket, observed.secret() != SecretState.FOREIGN);
    }

    /**
     * Ends what the object stands for, as its deletion policy says.
     *
     * @return the status to show while the deletion waits; empty when everything is done
     */
    Optional<BucketStatus> release(Bucket bucket, Surroundings around) {
        var demand = BucketDemand.of(bucket, installationId, "");
        var name = demand.bucketName();
        var actions = actions(bucket, around, demand);
        if (!mayRemove(bucket, around, demand)) {
            executor.execute(subject(bucket), actions.plan(BucketPlanner.letGo()));
            return Optional.empty();
        }
        if (demand.deletionPolicy().equals("Delete")) {
            executor.execute(subject(bucket), actions.plan(List.of(new BucketStep.RevokeKey())));
            if (!store.purge(name, PURGE_BATCH)) {
                return Optional.of(statuses.deleting(bucket, BucketReason.Deleting, "the bucket is being emptied"));
            }
        }
        try {
            executor.execute(subject(bucket), actions.plan(BucketPlanner.remove()));
            return Optional.empty();
        } catch (ActionFailedException e) {
            if (e.getCause() instanceof BucketNotEmptyException) {
                return Optional.of(statuses.deleting(
                        bucket,
                        BucketReason.BucketNotEmpty,
                        "bucket " + name + " still holds objects or versions of them: remove them, or set"
                                + " deletionPolicy to Retain or Delete"));
            }
            throw e;
        }
    }

    /** Only a bucket with this very object's tag is ever removed, and only when the policy asks for it. */
    private boolean mayRemove(Bucket bucket, Surroundings around, BucketDemand demand) {
        if (demand.deletionPolicy().equals("Retain")
                || BucketRules.nameProblem(demand.bucketName()).isPresent()) {
            return false;
        }
        var ownership = judge(bucket, around, demand, store.find(demand.bucketName()));
        return ownership instanceof Ownership.Own || ownership instanceof Ownership.Unfinished;
    }

    private Ownership judge(Bucket bucket, Surroundings around, BucketDemand demand, Optional<BucketState> state) {
        var progress = progress(bucket);
        var bare = progress == OwnershipJudge.Progress.CREATING
                && state.isPresent()
                && state.get().tags().isEmpty()
                && store.isEmpty(demand.bucketName());
        return new OwnershipJudge(demand, Rival.of(bucket), around.rivals(), progress).judge(state.orElse(null), bare);
    }

    private BucketObservation observe(
            Bucket bucket, Surroundings around, BucketDemand demand, Optional<BucketState> state) {
        var found = around.secrets().find(bucket);
        var key = content.read(found.content(), demand.accessKeyId());
        var secret =
                switch (found.ownership()) {
                    case ABSENT -> SecretState.ABSENT;
                    case FOREIGN -> SecretState.FOREIGN;
                    case OURS -> key.isPresent() ? SecretState.VALID : SecretState.STALE;
                };
        var works = key.isPresent() && keys.works(key.get(), demand.bucketName());
        return new BucketObservation(state.orElse(null), secret, works);
    }

    private BucketActions actions(Bucket bucket, Surroundings around, BucketDemand demand) {
        return new BucketActions(store, keys, around.secrets(), content, bucket, demand);
    }

    private static OwnershipJudge.Progress progress(Bucket bucket) {
        return BucketStatusFactory.progress(bucket);
    }

    private static String subject(Bucket bucket) {
        return "Bucket " + bucket.getMetadata().getNamespace() + "/"
                + bucket.getMetadata().getName();
    }
}
