package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the figures of proxies, by a look at each a second and one before its process is replaced. A proxy that hangs holds up nobody:
 * each is looked at by a thread of its own, and who asks gets what the last look saw.
 */
public final class FigureWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FigureWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Proxies proxies;
    private final long begunSeconds;
    private final Map<String, FigureBook> books = new ConcurrentHashMap<>();
    private final Looks looks = new Looks();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("figure-watch").daemon().factory());

    /**
     * A watch of these; {@link #keep} says of which.
     *
     * @param clock by which a process that began before now is known
     */
    public FigureWatch(Proxies proxies, Clock clock) {
        this(proxies, clock, INTERVAL);
    }

    /** The same, with the time between two looks. */
    FigureWatch(Proxies proxies, Clock clock, Duration interval) {
        this.proxies = proxies;
        this.begunSeconds = clock.instant().getEpochSecond();
        proxies.beforeReload(this::look);
        timer.scheduleWithFixedDelay(this::lookAtAll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Gathers those of a proxy from now on, or still does.
     *
     * @param before what was last said of its targets; null for nothing
     */
    public void keep(String id, ProxySpec spec, @Nullable ProxyStatus before) {
        books.computeIfAbsent(id, any -> new FigureBook(proxies.worker(id), begunSeconds, spec))
                .wish(spec, before);
    }

    /** Gathers no more, and forgets what was. */
    public void forget(String id) {
        var book = books.remove(id);
        if (book != null) {
            // It may wait for a look.
            looks.execute(book::close);
        }
    }

    /** Those of all proxies, as the last looks saw them. */
    public List<ProxyFigures> figures() {
        return books.values().stream()
                .map(FigureBook::latest)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        looks.close();
        books.values().forEach(FigureBook::close);
    }

    private void lookAtAll() {
        books.keySet().forEach(id -> looks.begin(id, () -> look(id)));
    }

    private void look(String id) {
        var book = books.get(id);
        if (book == null) {
            return;
        }
        try {
            book.look();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("appliance", id).setCause(e).log("the figures of a proxy were not read");
        }
    }
}
