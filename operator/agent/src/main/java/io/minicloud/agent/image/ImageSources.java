package io.minicloud.agent.image;

import io.minicloud.agent.image.ImageRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;

/** Opens the place an image comes from. */
final class ImageSources {
    private static final int OK = 200;

    private final Path folder;
    private final SourceAddresses addresses;
    // Redirects are not followed: each would have to be judged anew, and the sum pins the bytes anyhow.
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    ImageSources(Path folder, SourceAddresses addresses) {
        this.folder = folder;
        this.addresses = addresses;
    }

    InputStream open(ImagePart part) throws IOException, ImageRefusedException {
        if (part.file() != null) {
            return openFile(part.file());
        }
        if (part.url() != null) {
            return openUrl(part.url());
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

    private InputStream openUrl(String url) throws IOException, ImageRefusedException {
        var request = HttpRequest.newBuilder(addresses.check(url)).GET().build();
        try {
            var response = http.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() != OK) {
                response.body().close();
                throw new IOException(url + " answered " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(url + ": interrupted", e);
        }
    }
}
