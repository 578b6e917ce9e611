package io.minicloud.controller.ec2.image;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.ImageStatus;
import io.minicloud.api.host.HostImage;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.derived.Derived;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.identity.Arn;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status of an Image from what its hosts report. */
final class ImageStatusFactory {
    private static final long GIB = 1L << 30;

    private final Clock clock;
    private final String region;

    ImageStatusFactory(Clock clock, String region) {
        this.clock = clock;
        this.region = region;
    }

    /** The status of an image in a namespace that is no account. */
    ImageStatus notAccepted(Image image, Enum<?> reason, String message) {
        var conditions = Verdict.conditions(image, clock)
                .isFalse(ConditionType.ACCEPTED, reason, message)
                .isFalse(ConditionType.PROGRAMMED, reason, message)
                .isFalse(ConditionType.READY, reason, message);
        return status(image, conditions, "pending", null);
    }

    /**
     * The status of an image that its hosts have or are about to get.
     *
     * @param image the image
     * @param desired what its hosts should have
     * @param observed what they have
     */
    ImageStatus of(Image image, List<HostImage> desired, List<HostImage> observed) {
        var refusal = observed.stream().flatMap(host -> refusal(host).stream()).findFirst();
        if (refusal.isPresent()) {
            return failed(image, refusal.get());
        }
        var available = observed.stream().filter(ImageStatusFactory::available).toList();
        var conditions = Verdict.conditions(image, clock)
                .isTrue(ConditionType.ACCEPTED, ImageReason.Valid, "The spec is valid.");
        var programmed = programmed(desired, observed);
        Verdict.say(conditions, ConditionType.PROGRAMMED, programmed);
        if (available.isEmpty()) {
            conditions.isFalse(ConditionType.READY, ImageReason.Pending, programmed.message());
            return status(image, conditions, "pending", null);
        }
        conditions.isTrue(ConditionType.READY, ImageReason.Available, "Instances can be launched.");
        return status(image, conditions, "available", rootVolumeSizeGiB(available));
    }

    /** The status of an image that is being deleted. */
    ImageStatus deleting(Image image, ImageReason reason, String message) {
        var conditions = Verdict.conditions(image, clock)
                .isTrue(ConditionType.ACCEPTED, ImageReason.Valid, "The spec is valid.")
                .isFalse(ConditionType.PROGRAMMED, reason, message)
                .isFalse(ConditionType.READY, reason, message);
        var before = image.getStatus();
        return status(
                image,
                conditions,
                before == null || before.state() == null ? "pending" : before.state(),
                before == null ? null : before.rootVolumeSizeGiB());
    }

    private ImageStatus failed(Image image, Condition refusal) {
        var reason = ImageReason.ChecksumMismatch.name().equals(refusal.reason())
                ? ImageReason.ChecksumMismatch
                : ImageReason.InvalidImage;
        var conditions = Verdict.conditions(image, clock)
                .isFalse(ConditionType.ACCEPTED, reason, refusal.message())
                .isFalse(ConditionType.PROGRAMMED, reason, refusal.message())
                .isFalse(ConditionType.READY, ImageReason.Failed, refusal.message());
        return status(image, conditions, "failed", null);
    }

    private static Progress programmed(List<HostImage> desired, List<HostImage> observed) {
        if (desired.isEmpty()) {
            return Progress.pending(ImageReason.NoHost, "No host is ready; the image waits for one.");
        }
        var byNamespace = observed.stream()
                .collect(Collectors.toMap(host -> host.getMetadata().getNamespace(), Function.identity()));
        var waiting = desired.stream()
                .filter(plan ->
                        !Derived.programmed(byNamespace.get(plan.getMetadata().getNamespace()), plan))
                .map(plan -> plan.getMetadata().getNamespace())
                .map(host -> Derived.why(host, byNamespace.get(host)))
                .collect(Collectors.joining("; "));
        return waiting.isEmpty()
                ? Progress.done(ImageReason.Programmed, "Every host that needs the image has it.")
                : Progress.pending(ImageReason.Pending, waiting);
    }

    private static Optional<Condition> refusal(HostImage host) {
        return Conditions.find(host.getStatus(), ConditionType.ACCEPTED)
                .filter(condition -> condition.status().equals("False"))
                .filter(condition -> host.getMetadata().getGeneration() == null
                        || host.getMetadata().getGeneration().equals(condition.observedGeneration()));
    }

    private static boolean available(HostImage host) {
        return host.getStatus() != null && "available".equals(host.getStatus().state());
    }

    private static @Nullable Integer rootVolumeSizeGiB(List<HostImage> available) {
        return available.stream()
                .map(host -> host.getStatus().virtualSizeBytes())
                .filter(bytes -> bytes != null && bytes > 0)
                .findFirst()
                .map(bytes -> Math.toIntExact((bytes + GIB - 1) / GIB))
                .orElse(null);
    }

    private ImageStatus status(Image image, ConditionBuilder conditions, String state, @Nullable Integer sizeGiB) {
        var id = ImagePlanner.imageId(image);
        return new ImageStatus(
                conditions.build(),
                image.getMetadata().getGeneration(),
                Arn.of("ec2", region, "", "image/" + id),
                id,
                state,
                sizeGiB);
    }
}
