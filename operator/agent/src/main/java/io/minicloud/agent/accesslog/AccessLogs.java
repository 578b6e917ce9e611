package io.minicloud.agent.accesslog;

import io.minicloud.agent.proxy.Proxies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access logs of the proxies of this machine. Lines are on disk within a second, a file of them is made at the end of each interval,
 * and waits as long as its bucket takes none.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html">Access logs</a>
 */
public final class AccessLogs implements AutoCloseable {
    /** AWS: a file for each node every five minutes. */
    public static final Duration INTERVAL = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(AccessLogs.class);
    private static final long LOOK_MILLIS = 500;
    private static final long DELIVER_MILLIS = 5_000;

    /** Of each proxy, compressed: hours of thousands of requests a second. */
    private static final long WAITING_BYTES = 512L << 20;

    private final Proxies proxies;
    private final LogBucket bucket;
    private final Path folder;
    private final Duration interval;
    private final Clock clock;
    private final Map<String, ProxyLog> logs = new ConcurrentHashMap<>();
    private final ScheduledExecutorService taking = thread("access-logs");
    private final ScheduledExecutorService delivery = thread("access-log-delivery");
    private Instant next;

    /**
     * The logs of these proxies.
     *
     * @param proxies what tells of requests
     * @param bucket how buckets are reached
     * @param home the state folder; files wait in its folder {@code access-logs}
     * @param interval how often a file is made
     * @param clock the time of intervals
     */
    public AccessLogs(Proxies proxies, LogBucket bucket, Path home, Duration interval, Clock clock) {
        this.proxies = proxies;
        this.bucket = bucket;
        this.folder = home.resolve("access-logs");
        this.interval = interval;
        this.clock = clock;
        this.next = end(clock.instant());
        taking.scheduleWithFixedDelay(this::take, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        long pause = Math.min(DELIVER_MILLIS, interval.toMillis());
        delivery.scheduleWithFixedDelay(this::deliver, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Logs what a proxy tells from now on, or still does; it names a log. */
    public void keep(String id, LogTarget target, LogNames names) {
        var log = logs.get(id);
        if (log == null) {
            try {
                var spool = new LogSpool(folder.resolve(id), WAITING_BYTES);
                logs.put(id, new ProxyLog(proxies, id, bucket, spool, target, names));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            log.aim(target, names, clock.instant());
        }
    }

    /** Logs no more: what is there is tried to be delivered once, and nothing is left. */
    public void forget(String id) {
        var log = logs.remove(id);
        if (log != null) {
            log.finish(clock.instant());
            log.close();
        }
        try {
            LogSpool.delete(folder.resolve(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves everything as it is for the next agent. */
    @Override
    public void close() {
        taking.shutdownNow();
        delivery.shutdownNow();
        logs.values().forEach(ProxyLog::close);
    }

    private void take() {
        var now = clock.instant();
        boolean ended = !now.isBefore(next);
        logs.values()
                .forEach(log -> safely("taken", log, each -> {
                    each.follow();
                    each.take();
                    if (ended) {
                        each.rotate(next);
                    }
                }));
        if (ended) {
            next = end(now);
        }
    }

    private void deliver() {
        logs.values().forEach(log -> safely("delivered", log, ProxyLog::deliver));
    }

    private Instant end(Instant now) {
        long length = interval.toMillis();
        return Instant.ofEpochMilli((now.toEpochMilli() / length + 1) * length);
    }

    /** What a pass over one log may throw. */
    @FunctionalInterface
    private interface Pass {
        void run(ProxyLog log) throws IOException;
    }

    private static void safely(String what, ProxyLog log, Pass pass) {
        try {
            pass.run(log);
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).log("an access log was not {}; it is tried again", what);
        }
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }
}
