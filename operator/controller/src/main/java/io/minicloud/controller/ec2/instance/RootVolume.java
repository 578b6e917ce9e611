package io.minicloud.controller.ec2.instance;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.ImageStatus;
import io.minicloud.api.ec2.InstanceSpec;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root volume that an instance gets.
 *
 * @param device e.g. {@code /dev/xvda}
 * @param sizeGiB its size, at least that of the image
 * @param volumeType e.g. {@code gp3}
 * @param deleteOnTermination whether it goes with the instance
 * @param imageRef what it starts as a copy of, null for an empty one
 */
record RootVolume(
        String device,
        int sizeGiB,
        String volumeType,
        boolean deleteOnTermination,
        @Nullable LocalRef imageRef) {
    private static final String KERNEL = "kernel";
    private static final String DEFAULT_DEVICE = "/dev/xvda";
    private static final String DEFAULT_TYPE = "gp3";

    /**
     * The root volume of an instance: none for a kernel image unless it is asked for, else as large as the image unless more
     * is asked for.
     *
     * @param spec the instance
     * @param format the format of its image
     * @param image what is known of the image
     */
    static Resolution<Optional<RootVolume>> of(InstanceSpec spec, String format, @Nullable ImageStatus image) {
        var kernel = KERNEL.equals(format);
        var mappings = spec.blockDeviceMappings();
        var mapping = mappings == null || mappings.isEmpty() ? null : mappings.getFirst();
        if (kernel && mapping == null) {
            return new Resolution.Resolved<>(Optional.empty());
        }
        var smallest = image == null || image.rootVolumeSizeGiB() == null ? 0 : image.rootVolumeSizeGiB();
        var asked = mapping == null ? null : mapping.ebs().volumeSize();
        var size = asked == null ? smallest : asked;
        if (size < 1) {
            return new Resolution.Invalid<>(
                    InstanceReason.InvalidBlockDeviceMapping,
                    "The image has no size of its own: give blockDeviceMappings[0].ebs.volumeSize.");
        }
        if (size < smallest) {
            return new Resolution.Invalid<>(
                    InstanceReason.InvalidBlockDeviceMapping,
                    "The root volume has %d GiB, but image %s needs at least %d."
                            .formatted(size, spec.imageRef().name(), smallest));
        }
        return new Resolution.Resolved<>(Optional.of(new RootVolume(
                mapping == null ? DEFAULT_DEVICE : mapping.deviceName(),
                size,
                mapping == null || mapping.ebs().volumeType() == null
                        ? DEFAULT_TYPE
                        : mapping.ebs().volumeType(),
                mapping == null || !Boolean.FALSE.equals(mapping.ebs().deleteOnTermination()),
                kernel ? null : spec.imageRef())));
    }

    /** The device without its folder, e.g. {@code xvda}. */
    String shortDevice() {
        return device.substring(device.lastIndexOf('/') + 1);
    }
}
