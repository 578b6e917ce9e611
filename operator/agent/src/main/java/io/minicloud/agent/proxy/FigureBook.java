package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyStatus;
import io.minicloud.api.host.ProxyTargetGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures of one proxy: what its processes say, of which it stays connected to each until that has nothing more to count. */
final class FigureBook implements AutoCloseable {
    private final Path socket;
    private final FigureLedger ledger;
    private final FigureSums sums;
    private final List<WorkerSession> sessions = new ArrayList<>();
    private final AtomicReference<@Nullable ProxyStatus> told = new AtomicReference<>();
    private @Nullable ProxyStatus health;
    private volatile ProxySpec spec;
    private boolean closed;
    private volatile @Nullable ProxyFigures latest;

    /**
     * An empty book.
     *
     * @param socket of the process that serves now
     * @param begunSeconds what older processes counted before is left out, in seconds since 1970
     * @param spec what the proxy does
     */
    FigureBook(Path socket, long begunSeconds, ProxySpec spec) {
        this.socket = socket;
        this.ledger = new FigureLedger(begunSeconds);
        this.sums = new FigureSums(ledger);
        this.spec = spec;
    }

    /**
     * Says what it does from now on, without waiting for a look.
     *
     * @param before what was last said of its targets; null for nothing
     */
    void wish(ProxySpec spec, @Nullable ProxyStatus before) {
        this.spec = spec;
        told.set(before);
    }

    /** What the last look saw; empty before the first, or when nobody said what the load balancer is called. */
    Optional<ProxyFigures> latest() {
        return Optional.ofNullable(latest);
    }

    /** Reads all its processes, and begins with one that is new. */
    synchronized void look() {
        if (closed) {
            return;
        }
        var readings = read();
        if (readings.values().stream().allMatch(WorkerReading::stopping)) {
            begin(readings);
        }
        var serving = readings.values().stream()
                .filter(reading -> !reading.stopping())
                .findFirst();
        readings.values().forEach(ledger::enter);
        if (serving.isPresent()) {
            ledger.keep(readings.values().stream().map(WorkerReading::id).collect(Collectors.toSet()));
        }
        readings.forEach((session, reading) -> {
            if (reading.over()) {
                end(session);
            }
        });
        latest = figures(spec, serving.orElse(null), readings.values());
    }

    /** Lets go of all processes. */
    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(sessions).forEach(this::end);
    }

    private Map<WorkerSession, WorkerReading> read() {
        var readings = new HashMap<WorkerSession, WorkerReading>();
        for (var session : List.copyOf(sessions)) {
            try {
                readings.put(session, session.read());
            } catch (IOException e) {
                // It ended or hangs: what it counted since the last look nobody will know.
                end(session);
            }
        }
        return readings;
    }

    private void begin(Map<WorkerSession, WorkerReading> readings) {
        try {
            var session = WorkerSession.open(socket);
            sessions.add(session);
            readings.put(session, session.read());
        } catch (IOException e) {
            sessions.stream()
                    .filter(session -> !readings.containsKey(session))
                    .toList()
                    .forEach(this::end);
        }
    }

    private void end(WorkerSession session) {
        sessions.remove(session);
        session.close();
    }

    private @Nullable ProxyFigures figures(
            ProxySpec spec, @Nullable WorkerReading serving, Collection<WorkerReading> readings) {
        if (spec.name() == null) {
            return null;
        }
        var before = told.getAndSet(null);
        health = before == null ? health : before;
        var values = new EnumMap<>(sums.whole());
        if (serving != null) {
            health = new TargetHealth(health).status(spec, serving.servers());
            long clients = readings.stream().mapToLong(WorkerReading::clients).sum();
            long targets = readings.stream().mapToLong(WorkerReading::targets).sum();
            values.put(Figure.ACTIVE_FLOWS, (double) clients);
            values.put(Figure.ACTIVE_CONNECTIONS, (double) (clients + targets));
        }
        var known = health == null ? new ProxyStatus(List.of()) : health;
        var groups = new HashMap<String, Map<Figure, Double>>();
        for (var group : spec.targetGroups()) {
            if (group.name() != null) {
                groups.put(group.name(), group(group, known, serving != null));
            }
        }
        var zone = spec.availabilityZone() == null ? "" : spec.availabilityZone();
        return new ProxyFigures(spec.name(), zone, values, groups);
    }

    private Map<Figure, Double> group(ProxyTargetGroup group, ProxyStatus known, boolean isServing) {
        var figures = sums.group(group, known);
        if (isServing) {
            var id = group.targetGroupId();
            figures.put(Figure.HEALTHY_TARGETS, (double) FigureSums.inState(id, known, TargetHealth.HEALTHY));
            figures.put(Figure.UNHEALTHY_TARGETS, (double) FigureSums.inState(id, known, TargetHealth.UNHEALTHY));
        }
        return figures;
    }
}
