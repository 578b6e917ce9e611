package io.minicloud.api.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where tests find the programs that {@code hack/lib/tools.sh} built, and the files of the repository. */
public final class Tools {
    private Tools() {}

    /** The program of this name in {@code MINICLOUD_TOOLS_BIN}, or in the cache folder of the user when that is not set. */
    public static Path program(String name) {
        var program = folder().resolve(name);
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(program
                    + " is missing: run hack/lib/tools.sh, or set MINICLOUD_TOOLS_BIN to the folder that has it");
        }
        return program;
    }

    /** A file or folder of the checkout that the tests run in, by its path from the root of the repository. */
    public static Path repository(String path) {
        var here = Path.of("").toAbsolutePath();
        for (var folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("crds")) && Files.isDirectory(folder.resolve("operator"))) {
                return folder.resolve(path);
            }
        }
        throw new IllegalStateException(here + " is not inside a checkout of minicloud");
    }

    private static Path folder() {
        var named = System.getenv("MINICLOUD_TOOLS_BIN");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        var cache = System.getenv("XDG_CACHE_HOME");
        var base =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("minicloud/tools/bin");
    }
}
