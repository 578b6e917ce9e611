package io.minicloud.controller.ec2.image;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.ImageStatus;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostImage;
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
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Puts an Image on the hosts that need it and says what they found. */
@ControllerConfiguration(
        name = "image",
        fieldManager = "minicloud-image",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class ImageReconciler implements Reconciler<Image>, Cleaner<Image> {
    private static final String INSTANCES_BY_IMAGE = "image";
    private static final String BY_NAMESPACE = "in-namespace";

    private final PlanExecutor executor;
    private final ImageStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings what the controller is told
     * @param executor runs the plans
     * @param clock the time of transitions
     */
    public ImageReconciler(ControllerSettings settings, PlanExecutor executor, Clock clock) {
        this.executor = executor;
        this.statuses = new ImageStatusFactory(clock, settings.region());
    }

    @Override
    public List<EventSource<?, Image>> prepareEventSources(EventSourceContext<Image> context) {
        var watch = new Watch<>(context);
        var images = context.getPrimaryCache();
        images.addIndexer(BY_NAMESPACE, image -> List.of(image.getMetadata().getNamespace()));
        var hostImages = watch.all(HostImage.class, image -> OwnerLink.owner("image", image));
        Indexes.derived(hostImages);
        var instances = watch.source(
                Instance.class,
                instance -> Set.of(new ResourceID(
                        instance.getSpec().imageRef().name(),
                        instance.getMetadata().getNamespace())),
                (now, before) -> Watch.specChanged(now, before) || !host(now).equals(host(before)));
        instances.addIndexer(
                INSTANCES_BY_IMAGE,
                instance -> List.of(Indexes.key(
                        instance.getMetadata().getNamespace(),
                        instance.getSpec().imageRef().name())));
        var accounts = watch.accepted(
                Account.class,
                account -> Indexes.ids(
                        images.byIndex(BY_NAMESPACE, account.getSpec().namespace())));
        Indexes.accounts(accounts);
        var hosts = watch.source(Host.class, host -> unchecked(images), (now, before) -> ready(now) != ready(before));
        return List.of(hostImages, instances, accounts, hosts);
    }

    @Override
    public UpdateControl<Image> reconcile(Image image, Context<Image> context) {
        var namespace = image.getMetadata().getNamespace();
        var account = References.account(
                namespace, Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace));
        return StatusUpdate.of(
                image,
                Image::new,
                switch (account) {
                    case Resolution.Resolved<String> _ -> program(image, context);
                    case Resolution.Waiting<String>(Enum<?> reason, String message) ->
                        statuses.notAccepted(image, reason, message);
                    case Resolution.Invalid<String>(Enum<?> reason, String message) ->
                        statuses.notAccepted(image, reason, message);
                });
    }

    @Override
    public DeleteControl cleanup(Image image, Context<Image> context) {
        var users = instances(image, context);
        var present = hostImages(image, context);
        if (!users.isEmpty()) {
            var names = users.stream()
                    .map(instance -> instance.getMetadata().getName())
                    .sorted()
                    .limit(10)
                    .collect(Collectors.joining(", "));
            StatusUpdate.inCleanup(
                    image,
                    Image::new,
                    statuses.deleting(
                            image, ImageReason.DependencyViolation, "These instances still use the image: " + names),
                    context);
            return DeleteControl.noFinalizerRemoval();
        }
        if (present.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        executor.execute(
                Indexes.key(image), Changes.between(List.of(), present).plan(new ContextObjectWriter(context)));
        StatusUpdate.inCleanup(
                image,
                Image::new,
                statuses.deleting(image, ImageReason.Deleting, "The hosts remove their copies."),
                context);
        return DeleteControl.noFinalizerRemoval();
    }

    private ImageStatus program(Image image, Context<Image> context) {
        var observed = hostImages(image, context);
        var hosts = ImagePlanner.hosts(
                observed.stream()
                        .map(host -> References.hostOf(host.getMetadata().getNamespace()))
                        .toList(),
                instances(image, context).stream()
                        .map(ImageReconciler::host)
                        .filter(host -> !host.isEmpty())
                        .toList(),
                Cached.of(context, Host.class)
                        .all()
                        .filter(ImageReconciler::ready)
                        .map(host -> host.getMetadata().getName())
                        .toList());
        var desired = ImagePlanner.plan(image, hosts);
        executor.execute(Indexes.key(image), Changes.between(desired, observed).plan(new ContextObjectWriter(context)));
        return statuses.of(image, desired, observed);
    }

    private static List<Instance> instances(Image image, Context<Image> context) {
        return Cached.of(context, Instance.class).by(INSTANCES_BY_IMAGE, Indexes.key(image));
    }

    private static List<HostImage> hostImages(Image image, Context<Image> context) {
        return Cached.of(context, HostImage.class)
                .by(Indexes.OWNER_UID, image.getMetadata().getUid());
    }

    private static String host(Instance instance) {
        var status = instance.getStatus();
        return status == null
                        || status.placement() == null
                        || status.placement().host() == null
                ? ""
                : status.placement().host();
    }

    private static boolean ready(Host host) {
        return Conditions.isTrue(host, ConditionType.READY);
    }

    private static Set<ResourceID> unchecked(IndexedResourceCache<Image> images) {
        return images.list(image -> !Conditions.isTrue(image, ConditionType.PROGRAMMED))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }
}
