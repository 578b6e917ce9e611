package io.minicloud.agent.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.SystemCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The tiny guest of hack/images/tiny, built when it is not there. */
public record TinyGuest(Path kernel, Path initramfs) {
    /** Builds it, or finds it built. */
    public static TinyGuest build() {
        var cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        var folder = Path.of(cache, "minicloud", "images", "tiny");
        var recipe = repository().resolve("hack/images/tiny/build");
        new SystemCommands()
                .require(Command.of(recipe.toString(), folder.toString()).withTimeout(Duration.ofMinutes(5)));
        return new TinyGuest(folder.resolve("vmlinuz"), folder.resolve("initramfs"));
    }

    private static Path repository() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("hack/images"))) {
            folder = folder.getParent();
            assertThat(folder).as("the repository's root").isNotNull();
        }
        return folder;
    }
}
