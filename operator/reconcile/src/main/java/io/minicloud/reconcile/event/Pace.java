package io.minicloud.reconcile.event;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets so many through at once and from then on one in every interval; for one thread. */
final class Pace {
    private final long interval;
    private final long credit;
    private long due = System.nanoTime();

    /**
     * A pace.
     *
     * @param burst how many may go at once after a rest
     * @param interval the time that each costs
     */
    Pace(int burst, Duration interval) {
        this.interval = interval.toNanos();
        this.credit = burst * this.interval;
    }

    /** Returns when the next may go. */
    void await() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(delay(System.nanoTime()));
    }

    /** Counts one that goes as soon as it may; how long it has to wait, in nanoseconds. */
    long delay(long now) {
        due = Math.max(due, now - credit) + interval;
        return Math.max(0, due - now);
    }
}
