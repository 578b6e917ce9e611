package io.minicloud.controller.s3.bucket;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.organizations.Account;
import io.minicloud.api.s3.Bucket;
import io.minicloud.api.s3.BucketStatus;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.objectstore.AccessKeys;
import io.minicloud.controller.objectstore.ObjectStore;
import io.minicloud.controller.objectstore.ObjectStoreSettings;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.controller.s3.bucket.BucketProvisioner.Surroundings;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Buckets: events in, one pass of {@link BucketProvisioner}, status out. */
@ControllerConfiguration(
        name = "bucket",
        fieldManager = "minicloud-bucket",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class BucketReconciler implements Reconciler<Bucket>, Cleaner<Bucket> {
    private static final String BY_BUCKET_NAME = "bucket-name";
    private static final String BY_NAMESPACE = "bucket-namespace";

    // Nobody tells us when somebody else's bucket, Secret or object is gone: look again now and then.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final BucketProvisioner provisioner;

    /**
     * A reconciler.
     *
     * @param settings of the controller
     * @param store the buckets of the engine
     * @param keys the access keys of the engine
     * @param engine how users reach the engine
     * @param executor runs plans
     * @param clock the time of transitions
     */
    public BucketReconciler(
            ControllerSettings settings,
            ObjectStore store,
            AccessKeys keys,
            ObjectStoreSettings engine,
            PlanExecutor executor,
            Clock clock) {
        this.provisioner = new BucketProvisioner(
                settings.installationId(), new BucketProvisioner.Engine(store, keys), engine, executor, clock);
    }

    @Override
    public List<EventSource<?, Bucket>> prepareEventSources(EventSourceContext<Bucket> context) {
        var primaries = context.getPrimaryCache();
        primaries.addIndexer(BY_BUCKET_NAME, bucket -> List.of(BucketDemand.bucketName(bucket)));
        primaries.addIndexer(
                BY_NAMESPACE, bucket -> List.of(bucket.getMetadata().getNamespace()));
        var accounts = new Watch<>(context)
                .accepted(
                        Account.class,
                        account -> Indexes.ids(primaries.byIndex(
                                BY_NAMESPACE, account.getSpec().namespace())));
        Indexes.accounts(accounts);
        return List.of(accounts);
    }

    @Override
    public UpdateControl<Bucket> reconcile(Bucket bucket, Context<Bucket> context) {
        var status = provisioner.provision(bucket, surroundings(bucket, context));
        var control = status.equals(bucket.getStatus())
                ? UpdateControl.<Bucket>noUpdate()
                : UpdateControl.patchStatus(withStatus(bucket, status));
        if (Conditions.find(status, BucketStatusFactory.CREATING).isPresent()) {
            return control.rescheduleAfter(AT_ONCE);
        }
        return isReady(status) ? control : control.rescheduleAfter(LOOK_AGAIN);
    }

    @Override
    public DeleteControl cleanup(Bucket bucket, Context<Bucket> context) {
        var waiting = provisioner.release(bucket, surroundings(bucket, context));
        if (waiting.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        write(bucket, waiting.get(), context);
        var purging = Conditions.find(waiting.get(), ConditionType.PROGRAMMED)
                .filter(condition -> condition.reason().equals(BucketReason.Deleting.name()))
                .isPresent();
        return DeleteControl.noFinalizerRemoval().rescheduleAfter((purging ? AT_ONCE : LOOK_AGAIN).toMillis());
    }

    @Override
    public ErrorStatusUpdateControl<Bucket> updateErrorStatus(Bucket bucket, Context<Bucket> context, Exception e) {
        var status = provisioner.statuses().failed(bucket, e);
        return status.equals(bucket.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(withStatus(bucket, status));
    }

    private static Surroundings surroundings(Bucket bucket, Context<Bucket> context) {
        IndexedResourceCache<Bucket> primaries = context.getPrimaryCache();
        var rivals = primaries.byIndex(BY_BUCKET_NAME, BucketDemand.bucketName(bucket)).stream()
                .filter(other -> !other.getMetadata()
                        .getUid()
                        .equals(bucket.getMetadata().getUid()))
                .filter(other -> account(other, context) instanceof Resolution.Resolved<String>)
                .map(Rival::of)
                .toList();
        return new Surroundings(account(bucket, context), rivals, new KubernetesOwnerKeySecrets(context.getClient()));
    }

    private static Resolution<String> account(Bucket bucket, Context<Bucket> context) {
        var namespace = bucket.getMetadata().getNamespace();
        return References.account(
                namespace, Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace));
    }

    private static void write(Bucket bucket, BucketStatus status, Context<Bucket> context) {
        if (!status.equals(bucket.getStatus())) {
            context.resourceOperations().serverSideApplyPrimaryStatus(withStatus(bucket, status));
        }
    }

    private static Bucket withStatus(Bucket bucket, BucketStatus status) {
        var patch = new Bucket();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(bucket.getMetadata().getNamespace())
                .withName(bucket.getMetadata().getName())
                .build());
        patch.setStatus(status);
        return patch;
    }

    private static boolean isReady(BucketStatus status) {
        return Conditions.find(status, ConditionType.READY)
                .filter(condition -> condition.status().equals("True"))
                .isPresent();
    }
}
