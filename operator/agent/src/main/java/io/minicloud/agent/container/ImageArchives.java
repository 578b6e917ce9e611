package io.minicloud.agent.container;

import io.minicloud.agent.process.Commands;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The images that this machine was given as files. In the store an image is called by the sum of its file, so that what has the name is
 * what is in the file, and is complete.
 */
final class ImageArchives {
    private static final String PREFIX = "localhost/minicloud/";
    private static final int DIGITS = 16;

    /** For some hundred megabytes on a slow disk. */
    private static final Duration LOADING = Duration.ofMinutes(2);

    private final Commands commands;
    private final PodmanStore store;
    private final Map<String, Sum> sums = new ConcurrentHashMap<>();

    ImageArchives(Commands commands, PodmanStore store) {
        this.commands = commands;
        this.store = store;
    }

    /**
     * The sum of a file as it was.
     *
     * @param size of the file, bytes
     * @param changed when it was last written
     * @param hex the sum
     */
    private record Sum(long size, FileTime changed, String hex) {}

    /** The reference of an image whose archive is there. */
    Optional<String> reference(String name) {
        var file = store.archive(name);
        try {
            var size = Files.size(file);
            var changed = Files.getLastModifiedTime(file);
            var known = sums.get(name);
            if (known == null || known.size() != size || !known.changed().equals(changed)) {
                known = new Sum(size, changed, sha256(file));
                sums.put(name, known);
            }
            return Optional.of(PREFIX + name + ":" + known.hex().substring(0, DIGITS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of an image of ours, and any other text as it is. */
    static String name(String reference) {
        return reference.startsWith(PREFIX)
                ? reference.substring(PREFIX.length()).replaceFirst(":.*", "")
                : reference;
    }

    /** Brings an image into the store; nothing when it is there. Those of the same name that no container is of go. */
    void load(String reference) {
        if (commands.run(store.podman(List.of("image", "exists", reference))).succeeded()) {
            return;
        }
        var name = name(reference);
        if (!reference(name).equals(Optional.of(reference))) {
            throw new IllegalStateException(
                    reference + " is not the image in " + store.archive(name) + ", which has changed meanwhile");
        }
        var load = store.podman(List.of(
                        "load", "--quiet", "--input", store.archive(name).toString()))
                .withTimeout(LOADING);
        var loaded = commands.require(load).strip();
        var id = loaded.substring(loaded.lastIndexOf(' ') + 1);
        commands.require(store.podman(List.of("tag", id, reference)));
        removeOthers(name, reference);
    }

    private void removeOthers(String name, String reference) {
        commands.require(store.podman(List.of(
                        "images", "--format", "{{.Repository}}:{{.Tag}}", "--filter", "reference=" + PREFIX + name)))
                .lines()
                .filter(other -> !other.equals(reference))
                // Refused while a container is of it; the next load tries again.
                .forEach(other -> commands.run(store.podman(List.of("rmi", other))));
    }

    private static String sha256(Path file) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                Files.copy(file, sink);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
