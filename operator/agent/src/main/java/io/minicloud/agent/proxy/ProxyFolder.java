package io.minicloud.agent.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where the files and the socket of a proxy lie; nobody but the proxy's user can read them.
 *
 * @param place the folder
 */
record ProxyFolder(Path place) {
    /** The user that HAProxy runs as, which the image has no name for. */
    static final int USER = 65532;

    /** The sockets as HAProxy sees them. */
    static final String SOCKETS = "/run/minicloud";

    /** The name of the socket of the process that serves now. */
    static final String WORKER = "worker";

    /** The socket at which HAProxy tells of requests. */
    static final String LOG = "log";

    /** Seen by HAProxy as {@link ProxyFiles#FOLDER}. */
    Path files() {
        return place.resolve("files");
    }

    Path sockets() {
        return place.resolve("sockets");
    }

    MasterSocket socket() {
        return new MasterSocket(sockets().resolve("master"));
    }

    /** The socket on which the process that serves now is listened to for as long as it runs. */
    Path worker() {
        return sockets().resolve(WORKER);
    }

    /** What is there, by name, but for what HAProxy reads at a start only; empty when nothing is. */
    Map<String, String> read() {
        var contents = new TreeMap<String, String>();
        if (Files.isDirectory(files())) {
            try (Stream<Path> all = Files.list(files())) {
                for (var file : all.toList()) {
                    if (!file.endsWith(StateFile.NAME)) {
                        contents.put(file.getFileName().toString(), Files.readString(file));
                    }
                }
            } catch (NoSuchFileException e) {
                return Map.of();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return contents;
    }

    /** Makes them so; what has another name goes. */
    void write(Map<String, String> contents, String state) throws IOException {
        for (var folder : new Path[] {place, files(), sockets()}) {
            Files.createDirectories(folder);
            secure(folder, "rwx------");
        }
        replace(StateFile.NAME, state);
        for (var file : contents.entrySet()) {
            replace(file.getKey(), file.getValue());
        }
        try (Stream<Path> all = Files.list(files())) {
            for (var file : all.toList()) {
                var name = file.getFileName().toString();
                if (!contents.containsKey(name) && !name.equals(StateFile.NAME)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Takes everything away. */
    void delete() throws IOException {
        if (!Files.exists(place)) {
            return;
        }
        try (Stream<Path> all = Files.walk(place)) {
            for (var path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void replace(String name, String content) throws IOException {
        // Hidden from who may read it until it is secure, and never half of it under its name.
        var fresh = Files.createTempFile(place, "fresh", "");
        secure(fresh, "rw-------");
        Files.writeString(fresh, content);
        Files.move(fresh, files().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void secure(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        Files.setAttribute(path, "unix:uid", USER);
        Files.setAttribute(path, "unix:gid", USER);
    }
}
