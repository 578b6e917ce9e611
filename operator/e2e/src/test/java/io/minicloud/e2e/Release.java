package io.minicloud.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is installed into a cluster.
 *
 * @param chart the folder of the chart
 * @param images the folder with the images of operator and MinIO as files
 */
record Release(Path chart, Path images) {
    /** The last one; what the tests upgrade from. */
    private static final String PREVIOUS = "0.1.0";

    private static final Duration BUILD = Duration.ofMinutes(15);

    /** That of these sources; built once, kept beside the tools. */
    static Release present(Cloud cloud) {
        var images = cache().resolve("containers");
        cloud.run(BUILD, "hack/containers", images.toString()).succeeded();
        return new Release(Path.of("helm/minicloud"), images);
    }

    /** The one before, as long as this clone knows it; built once. */
    static Optional<Release> previous(Cloud cloud) {
        var folder = cache().resolve("releases").resolve(PREVIOUS);
        var built = cloud.run(BUILD, "hack/lib/release", PREVIOUS, folder.toString());
        if (built.output().contains("neither the tag")) {
            return Optional.empty();
        }
        built.succeeded();
        return Optional.of(new Release(folder.resolve("source/helm/minicloud"), folder));
    }

    Path operatorImage() {
        return images.resolve("operator.tar");
    }

    Path minioImage() {
        return images.resolve("minio.tar");
    }

    private static Path cache() {
        var named = System.getenv("XDG_CACHE_HOME");
        var cache = named == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
        return cache.resolve("minicloud");
    }
}
