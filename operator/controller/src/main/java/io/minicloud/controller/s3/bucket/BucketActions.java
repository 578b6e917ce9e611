package io.minicloud.controller.s3.bucket;

import io.minicloud.api.s3.Bucket;
import io.minicloud.controller.objectstore.AccessKey;
import io.minicloud.controller.objectstore.AccessKeys;
import io.minicloud.controller.objectstore.ObjectStore;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import java.util.List;

/** Turns steps into actions on the engine and the Secret. Secrets are made and read inside an action, never in a plan. */
record BucketActions(
        ObjectStore store,
        AccessKeys keys,
        OwnerKeySecrets secrets,
        OwnerKeyContent content,
        Bucket bucket,
        BucketDemand demand) {

    Plan plan(List<BucketStep> steps) {
        return new Plan(steps.stream().map(this::action).toList());
    }

    private Action action(BucketStep step) {
        var name = demand.bucketName();
        return switch (step) {
            case BucketStep.CreateBucket() -> new Step("create bucket " + name, () -> store.create(name));
            case BucketStep.SetTags(var tags) -> new Step("tag bucket " + name, () -> store.setTags(name, tags));
            case BucketStep.SetVersioning(var versioning) ->
                new Step("set versioning of bucket " + name, () -> store.setVersioning(name, versioning));
            case BucketStep.WriteSecret() -> new Step("write the owner's key of bucket " + name, this::writeSecret);
            case BucketStep.GrantKey() -> new Step("grant the owner's key of bucket " + name, this::grantKey);
            case BucketStep.RevokeKey() ->
                new Step("revoke the owner's key of bucket " + name, () -> keys.revoke(demand.accessKeyId()));
            case BucketStep.EndKeyOf(var owner) ->
                new Step(
                        "revoke the key of the former owner of bucket " + name,
                        () -> keys.revoke(BucketDemand.accessKeyId(owner)));
            case BucketStep.DeleteSecret() ->
                new Step("delete the owner's key of bucket " + name, () -> secrets.delete(bucket));
            case BucketStep.RemoveBucket() -> new Step("remove bucket " + name, () -> store.remove(name));
        };
    }

    private void writeSecret() {
        secrets.write(bucket, content.renew(secrets.find(bucket).content(), demand.accessKeyId()));
    }

    private void grantKey() {
        AccessKey key = content.read(secrets.find(bucket).content(), demand.accessKeyId())
                .orElseThrow(() -> new IllegalStateException("the owner's key was changed meanwhile"));
        keys.put(key, demand.bucketName());
    }

    private record Step(String describe, Runnable run) implements Action {
        @Override
        public void apply() {
            run.run();
        }
    }
}
