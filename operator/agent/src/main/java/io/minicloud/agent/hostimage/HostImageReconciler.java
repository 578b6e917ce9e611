package io.minicloud.agent.hostimage;

import static io.minicloud.reconcile.condition.ConditionType.ACCEPTED;
import static io.minicloud.reconcile.condition.ConditionType.PROGRAMMED;
import static io.minicloud.reconcile.condition.ConditionType.READY;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.minicloud.agent.disk.DiskStore;
import io.minicloud.agent.image.ImageRefusedException;
import io.minicloud.agent.image.ImageStore;
import io.minicloud.agent.image.StoredPart;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostImageSpec;
import io.minicloud.api.host.HostImageStatus;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.ActionFailedException;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches and checks images; refuses for good what could reach beyond itself. */
@ControllerConfiguration(
        name = "hostimage",
        fieldManager = "minicloud-agent-hostimage",
        finalizerName = Labels.AGENT_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class HostImageReconciler implements Reconciler<HostImage>, Cleaner<HostImage> {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(15);
    private static final Set<String> FOR_GOOD = Set.of(
            ImageRefusedException.Reason.ChecksumMismatch.name(),
            ImageRefusedException.Reason.TooLarge.name(),
            ImageRefusedException.Reason.FormatMismatch.name(),
            ImageRefusedException.Reason.HostileImage.name());

    private final ImageStore images;
    private final DiskStore disks;
    private final PlanExecutor executor;
    private final Clock clock;

    /**
     * A reconciler.
     *
     * @param images keeps the files
     * @param disks knows which disks start from them
     * @param executor runs the plans
     * @param clock the time of transitions
     */
    public HostImageReconciler(ImageStore images, DiskStore disks, PlanExecutor executor, Clock clock) {
        this.images = images;
        this.disks = disks;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public UpdateControl<HostImage> reconcile(HostImage image, Context<HostImage> context) {
        if (isRefused(image)) {
            return UpdateControl.noUpdate();
        }
        var status = store(image);
        if (status.equals(image.getStatus())) {
            return again(UpdateControl.noUpdate(), status);
        }
        return again(UpdateControl.patchStatus(withStatus(image, status)), status);
    }

    /** The files go with the object, unless a disk (a retained one too) still reads from them. */
    @Override
    public DeleteControl cleanup(HostImage image, Context<HostImage> context) {
        var imageId = image.getSpec().imageId();
        try {
            if (disks.anyClonedFrom(images.folder(imageId))) {
                return DeleteControl.noFinalizerRemoval().rescheduleAfter(TRY_AGAIN);
            }
            if (Files.exists(images.folder(imageId))) {
                execute(image, List.of(new ImageAction("remove image " + imageId, () -> images.remove(imageId))));
            }
            return DeleteControl.defaultDelete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether bytes of a URL were refused for good: they are not fetched again for the same spec. A file of the image
     * folder is looked at anew, since someone may have put the right one there.
     */
    private static boolean isRefused(HostImage image) {
        return HostImageParts.of(image.getSpec()).stream().allMatch(part -> part.url() != null)
                && Conditions.find(image.getStatus(), ACCEPTED)
                        .filter(accepted -> accepted.status().equals("False"))
                        .filter(accepted -> FOR_GOOD.contains(accepted.reason()))
                        .filter(accepted -> Objects.equals(
                                accepted.observedGeneration(),
                                image.getMetadata().getGeneration()))
                        .isPresent();
    }

    private HostImageStatus store(HostImage image) {
        var spec = image.getSpec();
        if (!HostImageParts.complete(spec)) {
            return refused(
                    image, HostImageReason.PartMissing, "name the files that format " + spec.format() + " needs");
        }
        try {
            execute(image, missing(spec));
            var conditions = conditions(image)
                    .isTrue(ACCEPTED, HostImageReason.Valid, "")
                    .isTrue(PROGRAMMED, HostImageReason.Stored, "")
                    .isTrue(READY, HostImageReason.Stored, "");
            return status(image, conditions, "available", size(spec));
        } catch (ActionFailedException e) {
            return switch (e.getCause()) {
                case ImageRefusedException refusal -> refused(image, refusal.reason(), refusal.getMessage());
                case IOException failure -> failed(image, failure);
                case null, default -> throw e;
            };
        } catch (IOException e) {
            return failed(image, e);
        }
    }

    private List<ImageAction> missing(HostImageSpec spec) throws IOException {
        var plan = new ArrayList<ImageAction>();
        for (var part : HostImageParts.of(spec)) {
            if (images.find(spec.imageId(), part).isEmpty()) {
                plan.add(new ImageAction(
                        "store " + part.role() + " of image " + spec.imageId(),
                        () -> images.store(spec.imageId(), part)));
            }
        }
        return plan;
    }

    private void execute(HostImage image, List<ImageAction> plan) {
        var metadata = image.getMetadata();
        executor.execute("HostImage " + metadata.getNamespace() + "/" + metadata.getName(), new Plan(plan));
    }

    private long size(HostImageSpec spec) throws IOException {
        var size = 0L;
        for (var part : HostImageParts.of(spec)) {
            size = Math.max(
                    size,
                    images.find(spec.imageId(), part)
                            .map(StoredPart::virtualSizeBytes)
                            .orElse(0L));
        }
        return size;
    }

    private HostImageStatus failed(HostImage image, IOException why) {
        var message = String.valueOf(why.getMessage());
        var conditions = conditions(image)
                .isTrue(ACCEPTED, HostImageReason.Valid, "")
                .isFalse(PROGRAMMED, HostImageReason.FetchFailed, message)
                .isFalse(READY, HostImageReason.FetchFailed, message);
        return status(image, conditions, "pending", null);
    }

    private HostImageStatus refused(HostImage image, Enum<?> reason, String message) {
        var conditions = conditions(image)
                .isFalse(ACCEPTED, reason, message)
                .isFalse(PROGRAMMED, HostImageReason.Refused, message)
                .isFalse(READY, HostImageReason.Refused, message);
        return status(image, conditions, "failed", null);
    }

    private ConditionBuilder conditions(HostImage image) {
        var last = image.getStatus();
        return new ConditionBuilder(
                last == null ? null : last.conditions(), image.getMetadata().getGeneration(), clock);
    }

    private static HostImageStatus status(
            HostImage image, ConditionBuilder conditions, String state, @Nullable Long size) {
        return new HostImageStatus(conditions.build(), image.getMetadata().getGeneration(), state, size);
    }

    private static UpdateControl<HostImage> again(UpdateControl<HostImage> control, HostImageStatus status) {
        return status.state().equals("pending") ? control.rescheduleAfter(TRY_AGAIN) : control;
    }

    private static HostImage withStatus(HostImage image, HostImageStatus status) {
        var patch = new HostImage();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(image.getMetadata().getName())
                .withNamespace(image.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
