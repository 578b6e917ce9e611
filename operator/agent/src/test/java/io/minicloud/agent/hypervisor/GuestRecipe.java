package io.minicloud.agent.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The recipes of hack/images. What they build lies in the cache, so that it is built once per machine and recipe. */
public final class GuestRecipe {
    private GuestRecipe() {}

    /** Builds an image, or finds it built, and gives the folder that it lies in. */
    public static Path build(String name, Duration patience) {
        var cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        var folder = Path.of(cache, "minicloud", "images", name);
        var recipe = repository().resolve("hack/images/" + name + "/build");
        new SystemCommands(MachineView.direct())
                .require(Command.of(recipe.toString(), folder.toString()).withTimeout(patience));
        return folder;
    }

    /** The root of the checkout. */
    public static Path repository() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("hack/images"))) {
            folder = folder.getParent();
            assertThat(folder).as("the repository's root").isNotNull();
        }
        return folder;
    }
}
