package io.minicloud.agent.hypervisor;

import java.nio.file.Path;
import java.time.Duration;

/** The tiny guest of hack/images/tiny, built when it is not there. */
public record TinyGuest(Path kernel, Path initramfs) {
    /** Builds it, or finds it built. */
    public static TinyGuest build() {
        var folder = GuestRecipe.build("tiny", Duration.ofMinutes(5));
        return new TinyGuest(folder.resolve("vmlinuz"), folder.resolve("initramfs"));
    }
}
