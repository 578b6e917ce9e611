package io.minicloud.agent.accesslog;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one proxy on disk: the lines as the proxy told them in {@code current}, and the files that wait for their bucket, whose paths
 * below {@code waiting} are their names there. Used by one thread at a time.
 */
final class LogSpool {
    private static final Logger LOG = LoggerFactory.getLogger(LogSpool.class);
    private static final int RANDOM = 8;
    private static final String SEEN = "seen";

    private final Path folder;
    private final long limit;
    private final Seen seen;

    /**
     * A spool.
     *
     * @param folder of this proxy
     * @param limit how many bytes may wait; then the oldest file goes
     */
    LogSpool(Path folder, long limit) throws IOException {
        this.folder = folder;
        this.limit = limit;
        Files.createDirectories(waiting());
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        // What an agent before this one had taken is told again by the ring.
        try (Stream<String> lines = lines(folder.resolve(SEEN))) {
            seen = Seen.of(lines);
        }
        try (Stream<String> lines = lines(current())) {
            lines.forEach(seen::isNew);
        }
    }

    /** Appends those that are new; each is the name of a process, a blank and its line. */
    void append(List<String> lines) throws IOException {
        try (var writer = writer()) {
            for (var line : lines) {
                if (seen.isNew(line)) {
                    writer.write(line);
                    writer.write('\n');
                }
            }
        }
    }

    /** Makes a file that waits of what was appended; nothing of nothing. */
    void rotate(LogTarget target, LogNames names, Instant end) throws IOException {
        if (!Files.exists(current()) || Files.size(current()) == 0) {
            return;
        }
        var fresh = Files.createTempFile(folder, "fresh", "");
        long entries = 0;
        try (var reader = Files.newBufferedReader(current(), StandardCharsets.ISO_8859_1);
                var writer = new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(fresh)), StandardCharsets.US_ASCII)) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var entry = LogEntries.render(line.substring(line.indexOf(' ') + 1), names);
                if (entry.isPresent()) {
                    writer.write(entry.get());
                    writer.write('\n');
                    entries++;
                }
            }
        }
        note(SEEN, String.join("\n", seen.lines()));
        if (entries > 0) {
            var file = waiting()
                    .resolve(target.key(
                            end, UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM)));
            Files.createDirectories(file.getParent());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.delete(fresh);
        }
        Files.delete(current());
        shed();
    }

    /** The files that wait, the oldest first. */
    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(waiting())) {
            return all.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(path -> path.toFile().lastModified()))
                    .toList();
        }
    }

    /** The name of a file that waits, in the bucket. */
    String key(Path file) {
        return waiting().relativize(file).toString();
    }

    /** Drops the files whose names are not below a folder of the bucket: nobody may put them there any more. */
    void dropOutside(String bucketFolder) throws IOException {
        for (var file : files()) {
            if (!key(file).startsWith(bucketFolder)) {
                drop(file, "the log goes elsewhere now");
            }
        }
    }

    /** A short text that was noted under a name; empty for none. */
    String noted(String name) throws IOException {
        try {
            return Files.readString(folder.resolve(name));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Notes a text under a name, whole or not at all. */
    void note(String name, String text) throws IOException {
        var fresh = Files.createTempFile(folder, "fresh", "");
        Files.writeString(fresh, text);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes everything away. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Makes room: what is newest is most wanted. */
    private void shed() throws IOException {
        var files = new ArrayList<>(files());
        long bytes = 0;
        for (var file : files) {
            bytes += Files.size(file);
        }
        while (bytes > limit && files.size() > 1) {
            var oldest = files.removeFirst();
            bytes -= Files.size(oldest);
            drop(oldest, "its bucket took none for long, and more than " + limit + " bytes wait");
        }
    }

    private void drop(Path file, String why) throws IOException {
        Files.deleteIfExists(file);
        LOG.atWarn().addKeyValue("file", key(file)).log("an access log is lost: {}", why);
    }

    private BufferedWriter writer() throws IOException {
        return Files.newBufferedWriter(
                current(), StandardCharsets.ISO_8859_1, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Stream<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.lines(file, StandardCharsets.ISO_8859_1) : Stream.empty();
    }

    private Path current() {
        return folder.resolve("current");
    }

    private Path waiting() {
        return folder.resolve("waiting");
    }
}
