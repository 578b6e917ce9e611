package io.minicloud.controller.ec2.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.ImageSpec;
import io.minicloud.api.host.HostImageSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagePlannerTest {
    private static final String SHA = "a".repeat(64);

    @Test
    void theFirstReadyHostChecksAnImageThatNobodyUses() {
        assertThat(ImagePlanner.hosts(List.of(), List.of(), List.of("b", "a"))).containsExactly("a");
        assertThat(ImagePlanner.hosts(List.of(), List.of(), List.of())).isEmpty();
    }

    @Test
    void whoHasItKeepsItAndWhoNeedsItGetsIt() {
        assertThat(ImagePlanner.hosts(List.of("b"), List.of("c"), List.of("a", "b", "c")))
                .containsExactly("b", "c");
    }

    @Test
    void aDiskImage() {
        var image = image(
                new ImageSpec("x86_64", "qcow2", new ImageSpec.Source("https://x/y.qcow2", null, SHA), null, null));
        var planned = ImagePlanner.plan(image, List.of("tower")).getFirst();
        assertThat(planned.getMetadata().getNamespace()).isEqualTo("minicloud-host-tower");
        assertThat(planned.getMetadata().getName()).isEqualTo(ImagePlanner.imageId(image));
        assertThat(planned.getSpec())
                .isEqualTo(new HostImageSpec(
                        ImagePlanner.imageId(image),
                        "qcow2",
                        new HostImageSpec.Part("https://x/y.qcow2", null, SHA),
                        null,
                        null,
                        null));
    }

    @Test
    void aKernelImage() {
        var file = new ImageSpec.HostFile("vmlinuz", SHA);
        var initramfs = new ImageSpec.HostFile("initrd", SHA);
        var image = image(
                new ImageSpec("x86_64", "kernel", null, new ImageSpec.Kernel(file, initramfs, "console=ttyS0"), null));
        assertThat(ImagePlanner.plan(image, List.of("tower")).getFirst().getSpec())
                .isEqualTo(new HostImageSpec(
                        ImagePlanner.imageId(image),
                        "kernel",
                        null,
                        new HostImageSpec.Part(null, "vmlinuz", SHA),
                        new HostImageSpec.Part(null, "initrd", SHA),
                        "console=ttyS0"));
    }

    private static Image image(ImageSpec spec) {
        var image = new Image();
        image.getMetadata().setName("img");
        image.getMetadata().setNamespace("lab");
        image.getMetadata().setUid("uid-1");
        image.setSpec(spec);
        return image;
    }
}
