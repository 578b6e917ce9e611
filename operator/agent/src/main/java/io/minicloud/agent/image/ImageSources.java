package io.minicloud.agent.image;

import io.minicloud.agent.image.ImageRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Opens the place an image comes from. */
final class ImageSources {
    private final Path folder;
    private final HttpSource http;

    ImageSources(Path folder, HttpSource http) {
        this.folder = folder;
        this.http = http;
    }

    InputStream open(ImagePart part) throws IOException, ImageRefusedException {
        if (part.file() != null) {
            return openFile(part.file());
        }
        if (part.url() != null) {
            return http.open(part.url());
        }
        throw new ImageRefusedException(Reason.ForbiddenSource, "it names neither a file nor a url");
    }

    private InputStream openFile(String name) throws IOException, ImageRefusedException {
        var root = folder.toRealPath();
        var file = root.resolve(name).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            throw new ImageRefusedException(Reason.ForbiddenSource, name + " is outside the image folder");
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(name + " is not in the image folder " + root);
        }
        // A link at the end is refused by the open itself; one on the way shows in the real path.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !file.toRealPath().equals(file)) {
            throw new ImageRefusedException(Reason.ForbiddenSource, name + " is not a plain file of the image folder");
        }
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }
}
