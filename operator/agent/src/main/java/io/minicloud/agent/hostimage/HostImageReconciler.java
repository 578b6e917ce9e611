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
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostImageStatus;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
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

    private final ImageStore images;
    private final DiskStore disks;
    private final Clock clock;

    /**
     * A reconciler.
     *
     * @param images keeps the files
     * @param disks knows which disks start from them
     * @param clock the time of transitions
     */
    public HostImageReconciler(ImageStore images, DiskStore disks, Clock clock) {
        this.images = images;
        this.disks = disks;
        this.clock = clock;
    }

    @Override
    public UpdateControl<HostImage> reconcile(HostImage image, Context<HostImage> context) {
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
            images.remove(imageId);
            return DeleteControl.defaultDelete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HostImageStatus store(HostImage image) {
        var spec = image.getSpec();
        if (!HostImageParts.complete(spec)) {
            return refused(
                    image, HostImageReason.PartMissing, "name the files that format " + spec.format() + " needs");
        }
        try {
            var size = 0L;
            for (var part : HostImageParts.of(spec)) {
                size = Math.max(size, images.store(spec.imageId(), part).virtualSizeBytes());
            }
            var conditions = conditions(image)
                    .isTrue(ACCEPTED, HostImageReason.Valid, "")
                    .isTrue(PROGRAMMED, HostImageReason.Stored, "")
                    .isTrue(READY, HostImageReason.Stored, "");
            return status(image, conditions, "available", size);
        } catch (ImageRefusedException e) {
            return refused(image, e.reason(), e.getMessage());
        } catch (IOException e) {
            var conditions = conditions(image)
                    .isTrue(ACCEPTED, HostImageReason.Valid, "")
                    .isFalse(PROGRAMMED, HostImageReason.FetchFailed, e.getMessage())
                    .isFalse(READY, HostImageReason.FetchFailed, e.getMessage());
            return status(image, conditions, "pending", null);
        }
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
