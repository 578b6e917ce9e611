package io.minicloud.controller.ec2.volume;

import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostDiskSpec;
import io.minicloud.controller.derived.Derived;
import io.minicloud.reconcile.identity.AwsId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** On which host a volume lies, and what its disk looks like there. */
final class VolumePlanner {
    private VolumePlanner() {}

    /** The AWS id of a volume. */
    static String volumeId(Volume volume) {
        return AwsId.of("vol", volume.getMetadata().getUid());
    }

    /**
     * The host of a volume: where its data is, for good; before there is data, where its instance was placed.
     *
     * @param volume the volume
     * @param instance what it is attached to, if that exists
     */
    static Optional<String> host(Volume volume, Optional<Instance> instance) {
        var status = volume.getStatus();
        if (status != null && status.host() != null) {
            return Optional.of(status.host());
        }
        return instance.map(Instance::getStatus).map(found -> found.placement()).map(placement -> placement.host());
    }

    /**
     * The disk of a volume.
     *
     * @param volume the volume
     * @param host its host
     * @param imageId the AWS id of the image that it starts as a copy of, null for an empty disk
     */
    static HostDisk plan(Volume volume, String host, @Nullable String imageId) {
        var id = volumeId(volume);
        var disk = new HostDisk();
        disk.setMetadata(Derived.onHost(volume, Labels.HOST_NAMESPACE_PREFIX + host, id));
        disk.setSpec(new HostDiskSpec(
                id, volume.getSpec().size(), imageId, volume.getSpec().deletionPolicy()));
        return disk;
    }
}
