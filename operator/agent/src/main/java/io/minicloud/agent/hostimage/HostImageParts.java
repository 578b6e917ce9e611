package io.minicloud.agent.hostimage;

import io.minicloud.agent.image.ImagePart;
import io.minicloud.api.host.HostImageSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that a HostImage names, as the image store knows them. */
public final class HostImageParts {
    private HostImageParts() {}

    /** The parts that the format needs; a part that the spec lacks is left out. */
    public static List<ImagePart> of(HostImageSpec spec) {
        var parts = new ArrayList<ImagePart>();
        if (spec.format().equals("kernel")) {
            add(parts, "kernel", "kernel", spec.kernel());
            add(parts, "initramfs", "kernel", spec.initramfs());
        } else {
            add(parts, "disk", spec.format(), spec.disk());
        }
        return parts;
    }

    /** Whether every file that the format needs is named. */
    static boolean complete(HostImageSpec spec) {
        return of(spec).size() == (spec.format().equals("kernel") ? 2 : 1);
    }

    private static void add(List<ImagePart> parts, String role, String format, HostImageSpec.@Nullable Part part) {
        if (part != null) {
            parts.add(new ImagePart(role, format, part.file(), part.url(), part.sha256()));
        }
    }
}
