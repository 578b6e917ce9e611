package io.minicloud.reconcile.event;

import java.time.Duration;

/** Lets so many through at once and from then on one in every interval. */
final class Pace {
    private final long interval;
    private final long credit;
    private long due;

    /**
     * A pace.
     *
     * @param burst how many may go at once after a rest
     * @param interval the time that each costs
     */
    Pace(int burst, Duration interval) {
        this.interval = interval.toNanos();
        this.credit = burst * this.interval;
        this.due = System.nanoTime() - credit;
    }

    /**
     * Counts one that goes as soon as it may.
     *
     * @param now the time, by {@link System#nanoTime()}
     * @return how long it has to wait, in nanoseconds
     */
    synchronized long delay(long now) {
        due = Math.max(due, now - credit) + interval;
        return Math.max(0, due - now);
    }
}
