package io.minicloud.agent.proxy;

import io.minicloud.agent.proxy.WorkerReading.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What all processes of a proxy have counted together, however many took over from each other. Nothing in it ever becomes less. */
final class FigureLedger {
    private static final long MODULUS_MASK = 0xffff_ffffL;

    private final long begunSeconds;
    private final Map<String, Map<Key, Long>> seen = new HashMap<>();
    private final Map<Key, Long> totals = new HashMap<>();

    /**
     * An empty ledger.
     *
     * @param begunSeconds what a process that is older counted before it is seen is left out, in seconds since 1970: it was counted by
     *     the agent that was
     */
    FigureLedger(long begunSeconds) {
        this.begunSeconds = begunSeconds;
    }

    /** Enters what a process has counted since it was last entered. */
    void enter(WorkerReading reading) {
        var before = seen.put(reading.id(), reading.counters());
        if (before == null && reading.startedSeconds() < begunSeconds) {
            return;
        }
        reading.counters().forEach((key, now) -> {
            long more = now - (before == null ? 0 : before.getOrDefault(key, 0L));
            totals.merge(key, FigureTable.COLUMNS.contains(key.count()) ? more & MODULUS_MASK : more, Long::sum);
        });
    }

    /** Forgets what other processes said last; what they counted stays. */
    void keep(Set<String> processes) {
        seen.keySet().retainAll(processes);
    }

    /** The sum over some rows. */
    long sum(Count count, Predicate<String> rows) {
        return totals.entrySet().stream()
                .filter(entry -> entry.getKey().count() == count
                        && rows.test(entry.getKey().row()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Of one row. */
    long of(String row, Count count) {
        return totals.getOrDefault(new Key(row, count), 0L);
    }
}
