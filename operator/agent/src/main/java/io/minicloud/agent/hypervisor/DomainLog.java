package io.minicloud.agent.hypervisor;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What libvirt wrote into the log of a domain when it ended. libvirtd itself forgets the reason when it is restarted; so
 * a guest that shut itself down while the agent was away would be started again.
 *
 * @param folder where the logs lie, a file for each domain
 * @param bootedAt when this machine started: what ended before, ended with the machine, not by a guest's wish
 * @see <a href="https://www.libvirt.org/logging.html">libvirt's logs</a>
 */
record DomainLog(Path folder, Instant bootedAt) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSX");
    private static final Pattern END =
            Pattern.compile("(?m)^(\\S+ \\S+): (?:shutting down, reason=(\\w+)|starting up )");
    private static final int TAIL = 1 << 16;
    private static final Path STATISTICS = Path.of("/proc/stat");

    /** The logs on this machine. */
    static DomainLog of(Path folder) {
        try (var lines = Files.lines(STATISTICS)) {
            var booted = lines.filter(line -> line.startsWith("btime "))
                    .mapToLong(line ->
                            Long.parseLong(line.substring("btime ".length()).strip()))
                    .findFirst()
                    .orElseThrow();
            return new DomainLog(folder, Instant.ofEpochSecond(booted));
        } catch (IOException e) {
            throw new IllegalStateException("every Linux has " + STATISTICS, e);
        }
    }

    /** How a domain that is off went off; {@link PowerState#OFF} when it cannot be told. */
    PowerState lastEnd(String domain) throws IOException {
        var file = folder.resolve(domain + ".log");
        if (!Files.isRegularFile(file)) {
            return PowerState.OFF;
        }
        var matcher = END.matcher(tail(file));
        var end = PowerState.OFF;
        while (matcher.find()) {
            var ended = matcher.group(2) != null
                    && time(matcher.group(1)).filter(bootedAt::isBefore).isPresent();
            end = ended ? state(matcher.group(2)) : PowerState.OFF;
        }
        return end;
    }

    private static PowerState state(String reason) {
        return switch (reason) {
            case "shutdown" -> PowerState.SHUT_DOWN;
            case "destroyed" -> PowerState.DESTROYED;
            case "crashed", "failed" -> PowerState.CRASHED;
            default -> PowerState.OFF;
        };
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text, TIME).toInstant());
        } catch (java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String tail(Path file) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            var bytes = new byte[(int) Math.min(TAIL, in.length())];
            in.seek(in.length() - bytes.length);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
