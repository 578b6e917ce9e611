package io.minicloud.controller.ec2.volume;

import io.minicloud.api.ec2.Volume;
import io.minicloud.api.ec2.VolumeStatus;
import io.minicloud.api.host.HostDisk;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.derived.Derived;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.identity.Arn;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The status of a Volume from what its host reports. */
final class VolumeStatusFactory {
    private final Clock clock;
    private final String region;

    VolumeStatusFactory(Clock clock, String region) {
        this.clock = clock;
        this.region = region;
    }

    /** The status of a volume that names what is not there. */
    VolumeStatus refused(Volume volume, Enum<?> reason, String message) {
        var before = volume.getStatus();
        return status(
                volume,
                Verdict.refuse(Verdict.conditions(volume, clock), reason, message),
                before == null || before.state() == null ? "creating" : before.state(),
                before == null ? null : before.arn(),
                before == null ? null : before.host());
    }

    /** The status of a volume whose instance has no host yet. */
    VolumeStatus unplaced(Volume volume, String accountId) {
        var progress =
                Progress.pending(VolumeReason.AwaitingPlacement, "The volume lies where its instance is placed.");
        return status(
                volume,
                Verdict.accept(Verdict.conditions(volume, clock), VolumeReason.Valid, progress),
                "creating",
                arn(volume, accountId),
                null);
    }

    /**
     * The status of a volume that has a host.
     *
     * @param volume the volume
     * @param accountId the account
     * @param host the host
     * @param desired the disk as it should be
     * @param observed the disk as it is
     */
    VolumeStatus of(Volume volume, String accountId, String host, HostDisk desired, @Nullable HostDisk observed) {
        var programmed = Derived.programmed(observed, desired);
        var failed = observed != null
                && observed.getStatus() != null
                && "failed".equals(observed.getStatus().state());
        var attached = volume.getSpec().attachments() != null
                && !volume.getSpec().attachments().isEmpty();
        var conditions = Verdict.conditions(volume, clock).isTrue(ConditionType.ACCEPTED, VolumeReason.Valid, "");
        if (programmed) {
            conditions
                    .isTrue(ConditionType.PROGRAMMED, VolumeReason.Programmed, "")
                    .isTrue(ConditionType.READY, attached ? VolumeReason.InUse : VolumeReason.Available, "");
            return status(volume, conditions, attached ? "in-use" : "available", arn(volume, accountId), host);
        }
        var reason = failed ? VolumeReason.Failed : VolumeReason.Creating;
        var message = Derived.why(desired.getMetadata().getNamespace(), observed);
        conditions.isFalse(ConditionType.PROGRAMMED, reason, message).isFalse(ConditionType.READY, reason, message);
        return status(volume, conditions, failed ? "error" : "creating", arn(volume, accountId), host);
    }

    /** The status of a volume that is being deleted. */
    VolumeStatus deleting(Volume volume, VolumeReason reason, String message) {
        var before = volume.getStatus();
        return status(
                volume,
                Verdict.deleting(
                        Verdict.conditions(volume, clock), VolumeReason.Valid, Progress.pending(reason, message)),
                "deleting",
                before == null ? null : before.arn(),
                before == null ? null : before.host());
    }

    private String arn(Volume volume, String accountId) {
        return Arn.of("ec2", region, accountId, "volume/" + VolumePlanner.volumeId(volume));
    }

    private static VolumeStatus status(
            Volume volume, ConditionBuilder conditions, String state, @Nullable String arn, @Nullable String host) {
        return new VolumeStatus(
                conditions.build(),
                volume.getMetadata().getGeneration(),
                arn,
                VolumePlanner.volumeId(volume),
                state,
                host);
    }
}
