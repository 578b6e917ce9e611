package io.minicloud.agent.accesslog;

import io.minicloud.agent.proxy.Proxies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of one proxy. What it tells is taken by one thread, what waits is brought to its bucket by another. */
final class ProxyLog {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyLog.class);
    private static final String TESTED = "tested";

    /** Then it waits in the proxy's ring. */
    private static final int LINES = 50_000;

    private final Proxies proxies;
    private final String id;
    private final LogBucket bucket;
    private final LogSpool spool;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>(LINES);
    private final List<LogFollower> followers = new ArrayList<>();
    private final Set<LogFollower> idle = new HashSet<>();
    private LogTarget target;
    private LogNames names;
    private boolean failing;

    ProxyLog(Proxies proxies, String id, LogBucket bucket, LogSpool spool, LogTarget target, LogNames names) {
        this.proxies = proxies;
        this.id = id;
        this.bucket = bucket;
        this.spool = spool;
        this.target = target;
        this.names = names;
    }

    /** From now on it goes there; what waits for another bucket is tried once more. */
    void aim(LogTarget wanted, LogNames known, Instant now) {
        if (!wanted.folder().equals(target().folder())
                || !wanted.log().bucket().equals(target().log().bucket())) {
            finish(now);
        }
        synchronized (this) {
            target = wanted;
            names = known.after(List.of(names));
        }
    }

    /** Hears the process that serves now, and those before it until their last client has gone. */
    synchronized void follow() {
        followers.removeIf(follower -> !follower.isOpen());
        idle.retainAll(followers);
        var serving = proxies.process(id);
        if (serving.isEmpty()) {
            return;
        }
        for (var follower : followers) {
            // Two looks: what was told before the first has come by the second.
            if (follower.process() != serving.getAsLong()
                    && proxies.isIdle(id, follower.process())
                    && !idle.add(follower)) {
                follower.close();
            }
        }
        if (followers.stream().noneMatch(follower -> follower.process() == serving.getAsLong())) {
            try {
                var follower = new LogFollower(proxies.logSocket(id));
                followers.add(follower);
                Thread.ofVirtual().name("access-log-" + id).start(() -> follower.run(this::tell));
            } catch (IOException e) {
                LOG.atDebug().addKeyValue("proxy", id).setCause(e).log("a proxy does not tell of requests yet");
            }
        }
    }

    private void tell(String process, String line) {
        try {
            told.put(process + " " + line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes down what was told. */
    synchronized void take() throws IOException {
        var lines = new ArrayList<String>();
        told.drainTo(lines);
        if (!lines.isEmpty()) {
            spool.append(lines);
        }
    }

    /** Ends an interval. */
    synchronized void rotate(Instant end) throws IOException {
        take();
        spool.rotate(target, names, end);
    }

    /** Brings to the bucket what waits; whether nothing is left. */
    boolean deliver() {
        var to = target();
        try {
            test(to);
            synchronized (this) {
                spool.dropOutside(to.folder());
            }
            for (var file : files()) {
                put(to, file);
            }
            if (failing) {
                failing = false;
                LOG.atInfo().addKeyValue("proxy", id).log("access logs are delivered again");
            }
            return true;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.atWarn()
                        .addKeyValue("proxy", id)
                        .addKeyValue("bucket", to.log().bucket())
                        .log("access logs wait, the bucket does not take them: {}", e.getMessage());
            }
            return false;
        }
    }

    /** Delivers once more what there is, and hears no more. */
    void finish(Instant now) {
        try {
            rotate(now);
            deliver();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("proxy", id).setCause(e).log("the last access log is lost");
        }
    }

    synchronized void close() {
        followers.forEach(LogFollower::close);
        followers.clear();
    }

    private synchronized LogTarget target() {
        return target;
    }

    private synchronized List<Path> files() throws IOException {
        return spool.files();
    }

    /** As AWS does when a log is switched on, so that a person sees at once that it works. */
    private void test(LogTarget to) throws IOException {
        var place = to.log().bucket() + "/" + to.testFile();
        if (spool.noted(TESTED).equals(place)) {
            return;
        }
        var file = Files.createTempFile("access-log-test", "");
        try {
            Files.writeString(file, "Enable AccessLog for ELB: " + to.loadBalancer(), StandardCharsets.US_ASCII);
            bucket.put(to, to.testFile(), file);
        } finally {
            Files.delete(file);
        }
        spool.note(TESTED, place);
    }

    private void put(LogTarget to, Path file) throws IOException {
        try {
            bucket.put(to, spool.key(file), file);
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            LOG.atDebug().addKeyValue("file", file).log("it was dropped meanwhile");
        }
    }
}
