package io.minicloud.agent.network;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A dnsmasq of ours. It makes itself a daemon, so it outlives the agent, which finds it again by its pid file, its command line
 * and its namespace.
 *
 * @param place the folder of its files
 * @param namespace the network namespace that it serves in
 */
record DnsmasqProcess(Path place, String namespace) {
    /** The file that it is started with. */
    static final String CONFIGURATION = "dnsmasq.conf";

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /** The process, wherever it is. */
    Optional<Long> pid() {
        return read(pidFile())
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,9}"))
                .filter(pid -> read(Path.of("/proc", pid, "cmdline"))
                        .filter(line ->
                                line.contains(place.resolve(CONFIGURATION).toString()))
                        .isPresent())
                .map(Long::valueOf);
    }

    /** The process, if it is in the namespace that has the name now. */
    Optional<Long> running(NamedNamespaces namespaces) {
        return pid().filter(pid -> namespaces.holds(namespace, pid));
    }

    /** Where it writes its number. */
    Path pidFile() {
        return place.resolve("pid");
    }

    /** By nsenter: {@code ip netns exec} would give it mounts of its own for as long as it lives. */
    void start(Commands commands) {
        commands.require(Command.of(
                        "nsenter",
                        "--net=" + NamedNamespaces.FOLDER.resolve(namespace),
                        "dnsmasq",
                        "--conf-file=" + place.resolve(CONFIGURATION))
                .asUnconfined());
    }

    /** Ends a process, which may have ended by itself. */
    static void stop(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroy();
            try {
                process.onExit().get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                process.destroyForcibly();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
