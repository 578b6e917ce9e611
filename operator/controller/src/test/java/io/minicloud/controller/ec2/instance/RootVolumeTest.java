package io.minicloud.controller.ec2.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.ImageStatus;
import io.minicloud.api.ec2.InstanceSpec;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Expectations by hand from "Block device mappings" of the guide: not smaller than the snapshot, deleted by default. */
class RootVolumeTest {
    private static final LocalRef IMAGE = new LocalRef("img");

    @Test
    void asLargeAsTheImageWhenNothingIsAsked() {
        assertThat(resolved(null, "qcow2", 3)).contains(new RootVolume("/dev/xvda", 3, "gp3", true, IMAGE));
    }

    @Test
    void asLargeAsAsked() {
        assertThat(resolved(new InstanceSpec.Ebs(8, "gp3", false), "raw", 3))
                .contains(new RootVolume("/dev/sda1", 8, "gp3", false, IMAGE));
    }

    @Test
    void neverSmallerThanTheImage() {
        assertThat(reason(RootVolume.of(spec(new InstanceSpec.Ebs(2, "gp3", true)), "qcow2", image(3))))
                .isEqualTo(InstanceReason.InvalidBlockDeviceMapping);
    }

    @Test
    void aKernelGuestHasNoDiskUnlessAsked() {
        assertThat(resolved(null, "kernel", null)).isEmpty();
        assertThat(resolved(new InstanceSpec.Ebs(1, "gp3", true), "kernel", null))
                .contains(new RootVolume("/dev/sda1", 1, "gp3", true, null));
        assertThat(RootVolume.of(spec(new InstanceSpec.Ebs(null, "gp3", true)), "kernel", image(null)))
                .isInstanceOf(Resolution.Invalid.class);
    }

    private static Optional<RootVolume> resolved(InstanceSpec.Ebs ebs, String format, Integer imageGiB) {
        return switch (RootVolume.of(spec(ebs), format, image(imageGiB))) {
            case Resolution.Resolved<Optional<RootVolume>>(Optional<RootVolume> root) -> root;
            case Resolution.Waiting<Optional<RootVolume>> waiting -> throw new AssertionError(waiting);
            case Resolution.Invalid<Optional<RootVolume>> invalid -> throw new AssertionError(invalid);
        };
    }

    private static Enum<?> reason(Resolution<Optional<RootVolume>> resolution) {
        if (resolution instanceof Resolution.Invalid<Optional<RootVolume>>(Enum<?> reason, String message)) {
            return reason;
        }
        throw new AssertionError(resolution);
    }

    private static ImageStatus image(Integer sizeGiB) {
        return new ImageStatus(List.of(), 1L, null, "ami-1", "available", sizeGiB);
    }

    private static InstanceSpec spec(InstanceSpec.Ebs ebs) {
        var mappings = ebs == null ? null : List.of(new InstanceSpec.BlockDeviceMapping("/dev/sda1", ebs));
        return new InstanceSpec(
                IMAGE,
                "t3.micro",
                new LocalRef("a"),
                null,
                null,
                null,
                true,
                null,
                mappings,
                null,
                false,
                false,
                null,
                "running",
                null);
    }
}
