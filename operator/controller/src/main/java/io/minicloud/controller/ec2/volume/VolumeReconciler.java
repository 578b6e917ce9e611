package io.minicloud.controller.ec2.volume;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.ec2.VolumeSpec;
import io.minicloud.api.ec2.VolumeStatus;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Keeps the disk of a Volume on the host of the instance that it is attached to. */
@ControllerConfiguration(
        name = "volume",
        fieldManager = "minicloud-volume",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class VolumeReconciler implements Reconciler<Volume>, Cleaner<Volume> {
    private static final String BY_NAMESPACE = "in-namespace";
    private static final String BY_INSTANCE = "instance";
    private static final String BY_IMAGE = "image";

    private final PlanExecutor executor;
    private final VolumeStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings what the controller is told
     * @param executor runs the plans
     * @param clock the time of transitions
     */
    public VolumeReconciler(ControllerSettings settings, PlanExecutor executor, Clock clock) {
        this.executor = executor;
        this.statuses = new VolumeStatusFactory(clock, settings.region());
    }

    @Override
    public List<EventSource<?, Volume>> prepareEventSources(EventSourceContext<Volume> context) {
        var watch = new Watch<>(context);
        var volumes = context.getPrimaryCache();
        volumes.addIndexer(BY_NAMESPACE, volume -> List.of(volume.getMetadata().getNamespace()));
        volumes.addIndexer(BY_INSTANCE, volume -> attachments(volume)
                .map(attachment -> Indexes.key(
                        volume.getMetadata().getNamespace(),
                        attachment.instanceRef().name()))
                .toList());
        volumes.addIndexer(
                BY_IMAGE,
                volume -> volume.getSpec().imageRef() == null
                        ? List.of()
                        : List.of(Indexes.key(
                                volume.getMetadata().getNamespace(),
                                volume.getSpec().imageRef().name())));
        var disks = watch.all(HostDisk.class, disk -> OwnerLink.owner("volume", disk));
        Indexes.derived(disks);
        var instances = watch.source(
                Instance.class,
                instance -> Indexes.ids(volumes.byIndex(BY_INSTANCE, Indexes.key(instance))),
                (now, before) ->
                        Watch.specChanged(now, before) || !placement(now).equals(placement(before)));
        var images = watch.accepted(Image.class, image -> Indexes.ids(volumes.byIndex(BY_IMAGE, Indexes.key(image))));
        var accounts = watch.accepted(
                Account.class,
                account -> Indexes.ids(
                        volumes.byIndex(BY_NAMESPACE, account.getSpec().namespace())));
        Indexes.accounts(accounts);
        return List.of(disks, instances, images, accounts);
    }

    @Override
    public UpdateControl<Volume> reconcile(Volume volume, Context<Volume> context) {
        var status =
                switch (resolve(volume, context)) {
                    case Resolution.Resolved<Inputs>(Inputs inputs) -> program(volume, inputs, context);
                    case Resolution.Waiting<Inputs>(Enum<?> reason, String message) ->
                        statuses.refused(volume, reason, message);
                    case Resolution.Invalid<Inputs>(Enum<?> reason, String message) ->
                        statuses.refused(volume, reason, message);
                };
        return StatusUpdate.of(volume, Volume::new, status);
    }

    @Override
    public DeleteControl cleanup(Volume volume, Context<Volume> context) {
        var user = instance(volume, context).filter(instance -> !instance.isMarkedForDeletion());
        if (user.isPresent()) {
            var message = "Instance %s still uses the volume."
                    .formatted(user.get().getMetadata().getName());
            return waiting(volume, VolumeReason.DependencyViolation, message, context);
        }
        var present = disks(volume, context);
        if (present.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        executor.execute(
                Indexes.key(volume), Changes.between(List.of(), present).plan(new ContextObjectWriter(context)));
        return waiting(volume, VolumeReason.Deleting, "The host lets go of the disk.", context);
    }

    private DeleteControl waiting(Volume volume, VolumeReason reason, String message, Context<Volume> context) {
        StatusUpdate.inCleanup(volume, Volume::new, statuses.deleting(volume, reason, message), context);
        return DeleteControl.noFinalizerRemoval();
    }

    private Resolution<Inputs> resolve(Volume volume, Context<Volume> context) {
        var namespace = volume.getMetadata().getNamespace();
        var account = References.account(
                namespace, Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace));
        var host = VolumePlanner.host(volume, instance(volume, context));
        return account.then(accountId -> imageId(volume, context)
                .then(imageId -> new Resolution.Resolved<>(new Inputs(accountId, imageId, host))));
    }

    private static Resolution<Optional<String>> imageId(Volume volume, Context<Volume> context) {
        var ref = volume.getSpec().imageRef();
        if (ref == null) {
            return new Resolution.Resolved<>(Optional.empty());
        }
        return Cached.of(context, Image.class)
                .find(volume.getMetadata().getNamespace(), ref.name())
                .<Resolution<Optional<String>>>map(image -> new Resolution.Resolved<>(
                        Optional.of(AwsId.of("ami", image.getMetadata().getUid()))))
                .or(() -> disks(volume, context).stream()
                        .findFirst()
                        .map(disk -> new Resolution.Resolved<>(
                                Optional.ofNullable(disk.getSpec().hostImageName()))))
                .orElseGet(() -> new Resolution.Waiting<>(
                        VolumeReason.ImageNotFound, "Image " + ref.name() + " does not exist in this namespace"));
    }

    private VolumeStatus program(Volume volume, Inputs inputs, Context<Volume> context) {
        if (inputs.host.isEmpty()) {
            return statuses.unplaced(volume, inputs.accountId);
        }
        var host = inputs.host.get();
        var observed = disks(volume, context);
        var desired = VolumePlanner.plan(volume, host, inputs.imageId.orElse(null));
        executor.execute(
                Indexes.key(volume),
                new Changes<>(Changes.between(List.of(desired), observed).apply(), List.of())
                        .plan(new ContextObjectWriter(context)));
        var disk = observed.stream()
                .filter(found -> found.getMetadata()
                        .getNamespace()
                        .equals(desired.getMetadata().getNamespace()))
                .findFirst()
                .orElse(null);
        return statuses.of(volume, inputs.accountId, host, desired, disk);
    }

    private static List<HostDisk> disks(Volume volume, Context<Volume> context) {
        return Cached.of(context, HostDisk.class)
                .by(Indexes.OWNER_UID, volume.getMetadata().getUid());
    }

    private static Optional<Instance> instance(Volume volume, Context<Volume> context) {
        return attachments(volume).findFirst().flatMap(attachment -> Cached.of(context, Instance.class)
                .find(
                        volume.getMetadata().getNamespace(),
                        attachment.instanceRef().name()));
    }

    private static Stream<VolumeSpec.Attachment> attachments(Volume volume) {
        return volume.getSpec().attachments() == null ? Stream.empty() : volume.getSpec().attachments().stream();
    }

    private static Optional<String> placement(Instance instance) {
        return Optional.ofNullable(instance.getStatus())
                .map(status -> status.placement())
                .map(placement -> placement.host());
    }

    private record Inputs(String accountId, Optional<String> imageId, Optional<String> host) {}
}
