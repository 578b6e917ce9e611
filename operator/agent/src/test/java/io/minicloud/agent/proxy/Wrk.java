package io.minicloud.agent.proxy;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run of wrk: as many requests as are answered, on connections that are kept.
 *
 * @param perSecond requests
 * @param p99Micros of the time to an answer
 * @param processorMicros for each request, of the processes that were looked at
 */
record Wrk(double perSecond, double p99Micros, double processorMicros) {
    private static final String CONNECTIONS = "16";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern RATE = Pattern.compile("Requests/sec: *([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99% +([0-9.]+)(us|ms|s)");
    private static final Pattern ERRORS = Pattern.compile("Socket errors|Non-2xx");
    private static final Map<String, Double> MICROS = Map.of("us", 1.0, "ms", 1e3, "s", 1e6);
    private static final double NANOS_PER_MICRO = 1e3;

    /**
     * A run.
     *
     * @param pids whose processor time is counted, with that of their children
     * @throws IllegalStateException when a request failed
     */
    static Wrk run(String url, int seconds, List<Long> pids) {
        long before = processorNanos(pids);
        var told = new SystemCommands(MachineView.direct())
                .require(Command.of(
                                "wrk",
                                "-t",
                                "1",
                                "-c",
                                CONNECTIONS,
                                "-d",
                                seconds + "s",
                                "--timeout",
                                "10s",
                                "--latency",
                                url)
                        .withTimeout(PATIENCE));
        double used = processorNanos(pids) - before;
        if (ERRORS.matcher(told).find()) {
            throw new IllegalStateException(told);
        }
        var p99 = P99.matcher(told).results().findFirst().orElseThrow();
        return new Wrk(
                number(RATE, told),
                Double.parseDouble(p99.group(1)) * MICROS.get(p99.group(2)),
                used / NANOS_PER_MICRO / number(REQUESTS, told));
    }

    /** The processor time of processes and their children until now. */
    static long processorNanos(List<Long> pids) {
        return pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToLong(process -> nanos(Path.of("/proc", Long.toString(process.pid()), "task")))
                .sum();
    }

    private static long nanos(Path tasks) {
        try (var all = Files.list(tasks)) {
            long sum = 0;
            for (var task : all.toList()) {
                sum += Long.parseLong(
                        Files.readString(task.resolve("schedstat")).split(" ")[0]);
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double number(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> Double.parseDouble(match.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(text));
    }
}
