package io.minicloud.reconcile.event;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was told already, so that an object that flaps does not flood: the same transition of the same object is one
 * event with a count, and an object that has used up its share writes rarely, while its counts go on. The figures are
 * those of client-go's correlator. Not safe for several threads.
 */
final class EventLedger {
    static final int REMEMBERED = 4096;
    static final int SHARE = 25;
    static final Duration ONE_MORE_EVERY = Duration.ofMinutes(5);

    private final Map<Key, Entry> entries = new Bounded<>();
    private final Map<String, Allowance> allowances = new Bounded<>();

    /**
     * One transition of one object.
     *
     * @param uid the object
     * @param transition what happened to it
     */
    record Key(String uid, Transition transition) {}

    /**
     * An event that is to be written.
     *
     * @param name what the server named it; null when it is still to be created
     * @param count how often it happened
     */
    record Entry(@Nullable String name, int count) {}

    /** What to write of an occurrence; nothing when the object has used up its share. */
    Optional<Entry> next(Key key, Instant now) {
        var entry =
                entries.merge(key, new Entry(null, 1), (before, one) -> new Entry(before.name(), before.count() + 1));
        return allowances.computeIfAbsent(key.uid(), uid -> new Allowance(now)).take(now)
                ? Optional.of(entry)
                : Optional.empty();
    }

    /** An event was created under this name: the count begins. */
    void created(Key key, String name) {
        entries.put(key, new Entry(name, 1));
    }

    /** The event could not be written. */
    void forget(Key key) {
        entries.remove(key);
    }

    private static final class Allowance {
        private int left = SHARE;
        private Instant since;

        Allowance(Instant now) {
            this.since = now;
        }

        boolean take(Instant now) {
            var more = Duration.between(since, now).dividedBy(ONE_MORE_EVERY);
            if (more > 0) {
                left = (int) Math.min(SHARE, left + more);
                since = since.plus(ONE_MORE_EVERY.multipliedBy(more));
            }
            if (left == 0) {
                return false;
            }
            left--;
            return true;
        }
    }

    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        Bounded() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }
}
