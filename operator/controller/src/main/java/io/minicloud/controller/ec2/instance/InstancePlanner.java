package io.minicloud.controller.ec2.instance;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.InstanceTypeSpec;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceSpec;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.ec2.VolumeSpec;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.placement.Room;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The children of an Instance: its primary network interface and its root volume. */
final class InstancePlanner {
    private InstancePlanner() {}

    /** The AWS id of an instance. */
    static String instanceId(Instance instance) {
        return AwsId.of("i", instance.getMetadata().getUid());
    }

    /** The name of the primary network interface. */
    static String interfaceName(Instance instance) {
        return instance.getMetadata().getName() + "-eth0";
    }

    /** The name of the root volume. */
    static String volumeName(Instance instance) {
        return instance.getMetadata().getName() + "-root";
    }

    /** Where the instance was placed. */
    static Optional<String> host(Instance instance) {
        return Optional.ofNullable(instance.getStatus())
                .map(InstanceStatus::placement)
                .map(InstanceStatus.Placement::host);
    }

    /** What an instance takes of its host. */
    static Room room(InstanceTypeSpec type, int diskGiB) {
        return new Room(type.vCpus(), type.memoryMiB(), diskGiB);
    }

    /**
     * Whether the instance gets a public address at each start: decided once, at launch.
     *
     * @param instance the instance
     * @param subnet its subnet, as it is now
     * @param before the primary network interface, which says how it was decided; null: there is none yet
     */
    static @Nullable Boolean associatePublicIpAddress(
            Instance instance, Subnet subnet, @Nullable NetworkInterface before) {
        if (before != null) {
            return before.getSpec().associatePublicIpAddress();
        }
        return Objects.requireNonNullElseGet(
                instance.getSpec().associatePublicIpAddress(),
                () -> Boolean.TRUE.equals(subnet.getSpec().mapPublicIpOnLaunch()));
    }

    /**
     * The primary network interface; its address, MAC and id belong to it, not to us.
     *
     * @param instance the instance
     * @param subnet its subnet
     * @param associatePublicIpAddress whether it has a public address while the instance runs
     */
    static NetworkInterface networkInterface(
            Instance instance, Subnet subnet, @Nullable Boolean associatePublicIpAddress) {
        var spec = instance.getSpec();
        var eni = new NetworkInterface();
        eni.setMetadata(Derived.child(instance, interfaceName(instance)));
        eni.setSpec(new NetworkInterfaceSpec(
                new LocalRef(subnet.getMetadata().getName()),
                spec.securityGroupRefs(),
                spec.privateIpAddress(),
                !Boolean.FALSE.equals(spec.sourceDestCheck()),
                associatePublicIpAddress,
                new NetworkInterfaceSpec.Attachment(self(instance), null, null, 0, true),
                null,
                null,
                null,
                null));
        return eni;
    }

    /** The root volume while the instance lives. */
    static Volume volume(Instance instance, String zone, RootVolume root) {
        var volume = new Volume();
        volume.setMetadata(Derived.child(instance, volumeName(instance)));
        volume.setSpec(new VolumeSpec(
                zone,
                root.sizeGiB(),
                root.volumeType(),
                root.imageRef(),
                List.of(new VolumeSpec.Attachment(self(instance), root.device())),
                root.deleteOnTermination() ? "Delete" : "Retain",
                null));
        return volume;
    }

    /** A root volume that stays when its instance goes: it belongs to nobody and is attached to nothing. */
    static Volume released(Volume volume) {
        var spec = volume.getSpec();
        var released = new Volume();
        released.getMetadata().setNamespace(volume.getMetadata().getNamespace());
        released.getMetadata().setName(volume.getMetadata().getName());
        released.getMetadata().setLabels(volume.getMetadata().getLabels());
        released.setSpec(new VolumeSpec(
                spec.availabilityZone(),
                spec.size(),
                spec.volumeType(),
                spec.imageRef(),
                List.of(),
                spec.deletionPolicy(),
                spec.tags()));
        return released;
    }

    private static LocalRef self(Instance instance) {
        return new LocalRef(instance.getMetadata().getName());
    }
}
