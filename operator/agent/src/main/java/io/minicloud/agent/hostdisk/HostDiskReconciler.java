package io.minicloud.agent.hostdisk;

import static io.minicloud.reconcile.condition.ConditionType.ACCEPTED;
import static io.minicloud.reconcile.condition.ConditionType.PROGRAMMED;
import static io.minicloud.reconcile.condition.ConditionType.READY;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.disk.DiskStore;
import io.minicloud.agent.disk.ObservedDisk;
import io.minicloud.agent.hostimage.HostImageParts;
import io.minicloud.agent.image.ImageStore;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostDiskStatus;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostMachine;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes, grows and, when its policy says so, removes disks. */
@ControllerConfiguration(
        name = "hostdisk",
        fieldManager = "minicloud-agent-hostdisk",
        finalizerName = Labels.AGENT_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class HostDiskReconciler implements Reconciler<HostDisk>, Cleaner<HostDisk> {
    private static final int GIB_SHIFT = 30;

    private final DiskStore disks;
    private final ImageStore images;
    private final PlanExecutor executor;
    private final AgentSettings settings;
    private final Clock clock;
    private final Adoptions adoptions;

    /**
     * A reconciler.
     *
     * @param disks keeps the disks
     * @param images keeps what they start from
     * @param executor runs the plans
     * @param settings say which installation and which host this is
     * @param clock the time of transitions
     */
    public HostDiskReconciler(
            DiskStore disks, ImageStore images, PlanExecutor executor, AgentSettings settings, Clock clock) {
        this.disks = disks;
        this.images = images;
        this.executor = executor;
        this.settings = settings;
        this.clock = clock;
        this.adoptions = new Adoptions(disks, settings.hostName());
    }

    @Override
    public List<EventSource<?, HostDisk>> prepareEventSources(EventSourceContext<HostDisk> context) {
        var imageConfiguration = InformerEventSourceConfiguration.from(HostImage.class, HostDisk.class)
                .withSecondaryToPrimaryMapper(image -> context.getPrimaryCache()
                        .list(disk -> image.getMetadata()
                                .getName()
                                .equals(disk.getSpec().hostImageName()))
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
                .withPrimaryToSecondaryMapper((HostDisk disk) -> imageOf(disk))
                .build();
        var machineConfiguration = InformerEventSourceConfiguration.from(HostMachine.class, HostDisk.class)
                .withSecondaryToPrimaryMapper(HostDiskReconciler::disksOf)
                .build();
        return List.of(
                new InformerEventSource<>(imageConfiguration, context),
                new InformerEventSource<>(machineConfiguration, context),
                adoptions.events(context));
    }

    @Override
    public UpdateControl<HostDisk> reconcile(HostDisk disk, Context<HostDisk> context) throws IOException {
        var status = status(disk, source(disk, context), context);
        return status.equals(disk.getStatus())
                ? UpdateControl.noUpdate()
                : UpdateControl.patchStatus(withStatus(disk, status));
    }

    /** The bytes go only when the policy says so, and only ours. */
    @Override
    public DeleteControl cleanup(HostDisk disk, Context<HostDisk> context) {
        try {
            var volumeId = disk.getSpec().volumeId();
            var ours = disks.owner(volumeId).equals(Optional.of(owner(disk)));
            if (ours && disk.getSpec().deletionPolicy().equals("Delete")) {
                if (inUse(disk, context)) {
                    return DeleteControl.noFinalizerRemoval();
                }
                execute(disk, new DiskAction("delete disk " + volumeId, () -> disks.delete(volumeId)));
            }
            return DeleteControl.defaultDelete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HostDiskStatus status(
            HostDisk disk, Resolution<Optional<DiskPlanner.Source>> source, Context<HostDisk> context)
            throws IOException {
        return switch (source) {
            case Resolution.Resolved<Optional<DiskPlanner.Source>> resolved ->
                apply(disk, resolved.value().orElse(null), context);
            case Resolution.Waiting<?> waiting -> waiting(disk, waiting.reason(), waiting.message());
            case Resolution.Invalid<?> invalid -> refused(disk, invalid.reason(), invalid.message());
        };
    }

    private Resolution<Optional<DiskPlanner.Source>> source(HostDisk disk, Context<HostDisk> context)
            throws IOException {
        var name = disk.getSpec().hostImageName();
        if (name == null
                || lastPath(disk) != null
                || disks.find(disk.getSpec().volumeId()).isPresent()
                || adoptions.isOrdered(disk, context)) {
            return new Resolution.Resolved<>(Optional.empty());
        }
        var image = context.getSecondaryResource(HostImage.class);
        if (image.isEmpty() || !Conditions.isTrue(image.get(), ConditionType.READY)) {
            return new Resolution.Waiting<>(HostDiskReason.AwaitingImage, "waits for HostImage " + name);
        }
        var spec = image.get().getSpec();
        if (spec.format().equals("kernel")) {
            return new Resolution.Invalid<>(HostDiskReason.ImageUnfit, "HostImage " + name + " holds no disk");
        }
        var stored = images.find(spec.imageId(), HostImageParts.of(spec).getFirst());
        return stored.isEmpty()
                ? new Resolution.Waiting<>(HostDiskReason.AwaitingImage, "waits for HostImage " + name)
                : new Resolution.Resolved<>(stored.map(
                        part -> new DiskPlanner.Source(part.path(), spec.format(), part.virtualSizeBytes())));
    }

    private HostDiskStatus apply(HostDisk disk, DiskPlanner.@Nullable Source source, Context<HostDisk> context)
            throws IOException {
        var spec = disk.getSpec();
        var size = spec.sizeGiB().longValue() << GIB_SHIFT;
        var wish = new DiskPlanner.Wish(
                owner(disk),
                size,
                source,
                inUse(disk, context),
                adoptions.find(disk, context).orElse(null),
                lastPath(disk));
        switch (DiskPlanner.plan(wish, disks.find(spec.volumeId()))) {
            case DiskPlanner.Step.Nothing nothing -> {}
            case DiskPlanner.Step.Create create ->
                execute(disk, new DiskAction("create disk " + spec.volumeId(), () -> create(spec.volumeId(), wish)));
            case DiskPlanner.Step.Adopt adopt -> {
                execute(
                        disk,
                        new DiskAction(
                                "adopt disk " + adopt.volumeId() + " as " + spec.volumeId(),
                                () -> disks.adopt(adopt.volumeId(), spec.volumeId(), wish.owner())));
                // It may still have to grow.
                return apply(disk, source, context);
            }
            case DiskPlanner.Step.Grow grow ->
                execute(disk, new DiskAction("grow disk " + spec.volumeId(), () -> disks.grow(spec.volumeId(), size)));
            case DiskPlanner.Step.Wait wait -> {
                return waiting(disk, wait.reason(), wait.message());
            }
            case DiskPlanner.Step.Refuse refusal -> {
                return refused(disk, refusal.reason(), refusal.message());
            }
        }
        var conditions = conditions(disk)
                .isTrue(ACCEPTED, HostDiskReason.Valid, "")
                .isTrue(PROGRAMMED, HostDiskReason.Available, "")
                .isTrue(READY, HostDiskReason.Available, "");
        return status(disk, conditions, "available", disks.find(spec.volumeId()));
    }

    private void execute(HostDisk disk, DiskAction action) {
        var metadata = disk.getMetadata();
        executor.execute("HostDisk " + metadata.getNamespace() + "/" + metadata.getName(), Plan.of(action));
    }

    private void create(String volumeId, DiskPlanner.Wish wish) throws IOException {
        var source = wish.source();
        if (source == null) {
            disks.createEmpty(volumeId, wish.sizeBytes(), wish.owner());
        } else {
            disks.cloneImage(volumeId, source.file(), source.format(), wish.sizeBytes(), wish.owner());
        }
    }

    private HostDiskStatus waiting(HostDisk disk, Enum<?> reason, String message) throws IOException {
        var observed = disks.find(disk.getSpec().volumeId());
        var conditions =
                conditions(disk).isTrue(ACCEPTED, HostDiskReason.Valid, "").isFalse(PROGRAMMED, reason, message);
        if (observed.isPresent()) {
            conditions.isTrue(READY, HostDiskReason.Available, "");
        } else {
            conditions.isFalse(READY, reason, message);
        }
        var before = lastPath(disk) == null ? "creating" : "failed";
        return status(disk, conditions, observed.isPresent() ? "available" : before, observed);
    }

    private HostDiskStatus refused(HostDisk disk, Enum<?> reason, String message) {
        var conditions = conditions(disk)
                .isFalse(ACCEPTED, reason, message)
                .isFalse(PROGRAMMED, reason, message)
                .isFalse(READY, reason, message);
        return status(disk, conditions, "failed", Optional.empty());
    }

    private ConditionBuilder conditions(HostDisk disk) {
        var last = disk.getStatus();
        return new ConditionBuilder(
                last == null ? null : last.conditions(), disk.getMetadata().getGeneration(), clock);
    }

    private static HostDiskStatus status(
            HostDisk disk, ConditionBuilder conditions, String state, Optional<ObservedDisk> observed) {
        return new HostDiskStatus(
                conditions.build(),
                disk.getMetadata().getGeneration(),
                state,
                observed.map(ObservedDisk::virtualSizeBytes).orElse(null),
                observed.map(found -> found.path().toString()).orElseGet(() -> lastPath(disk)));
    }

    private static @Nullable String lastPath(HostDisk disk) {
        return disk.getStatus() == null ? null : disk.getStatus().path();
    }

    private OwnerTag owner(HostDisk disk) {
        var metadata = disk.getMetadata();
        return new OwnerTag(settings.installationId(), metadata.getNamespace(), "hostdisk", metadata.getUid());
    }

    /** A machine that names the disk and is not known to be off may hold it. */
    private static boolean inUse(HostDisk disk, Context<HostDisk> context) {
        return context.getSecondaryResourcesAsStream(HostMachine.class)
                .anyMatch(machine -> machine.getStatus() == null
                        || !"stopped".equals(machine.getStatus().state()));
    }

    private static Set<ResourceID> imageOf(HostDisk disk) {
        var name = disk.getSpec().hostImageName();
        return name == null
                ? Set.of()
                : Set.of(new ResourceID(name, disk.getMetadata().getNamespace()));
    }

    private static Set<ResourceID> disksOf(HostMachine machine) {
        var named = machine.getSpec().disks();
        return named == null
                ? Set.of()
                : named.stream()
                        .map(disk -> new ResourceID(
                                disk.hostDiskName(), machine.getMetadata().getNamespace()))
                        .collect(Collectors.toSet());
    }

    private static HostDisk withStatus(HostDisk disk, HostDiskStatus status) {
        var patch = new HostDisk();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(disk.getMetadata().getName())
                .withNamespace(disk.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
