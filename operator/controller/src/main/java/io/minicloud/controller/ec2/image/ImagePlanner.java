package io.minicloud.controller.ec2.image;

import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.ImageSpec;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostImageSpec;
import io.minicloud.controller.derived.Derived;
import io.minicloud.reconcile.identity.AwsId;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** On which hosts an image must lie, and what it looks like there. */
final class ImagePlanner {
    private ImagePlanner() {}

    /** The AWS id of an image. */
    static String imageId(Image image) {
        return AwsId.of("ami", image.getMetadata().getUid());
    }

    /**
     * The hosts of an image: those that have it or have an instance of it; when there is none, the first ready host, so
     * that the image is checked before anyone launches from it.
     *
     * @param having hosts that have it
     * @param needing hosts with an instance of it
     * @param ready hosts that are ready
     */
    static SortedSet<String> hosts(Collection<String> having, Collection<String> needing, Collection<String> ready) {
        var hosts = new TreeSet<>(having);
        hosts.addAll(needing);
        if (hosts.isEmpty()) {
            ready.stream().sorted().findFirst().ifPresent(hosts::add);
        }
        return hosts;
    }

    /** The image as each of these hosts should have it. */
    static List<HostImage> plan(Image image, Collection<String> hosts) {
        return hosts.stream().map(host -> hostImage(image, host)).toList();
    }

    private static HostImage hostImage(Image image, String host) {
        var id = imageId(image);
        var spec = image.getSpec();
        var kernel = spec.kernel();
        var hostImage = new HostImage();
        hostImage.setMetadata(Derived.onHost(image, Labels.HOST_NAMESPACE_PREFIX + host, id));
        hostImage.setSpec(new HostImageSpec(
                id,
                spec.format(),
                disk(spec.source()),
                kernel == null ? null : file(kernel.kernel()),
                kernel == null ? null : file(kernel.initramfs()),
                kernel == null ? null : kernel.cmdline()));
        return hostImage;
    }

    private static HostImageSpec.@Nullable Part disk(ImageSpec.@Nullable Source source) {
        return source == null ? null : new HostImageSpec.Part(source.url(), source.file(), source.sha256());
    }

    private static HostImageSpec.Part file(ImageSpec.HostFile file) {
        return new HostImageSpec.Part(null, file.file(), file.sha256());
    }
}
