package io.minicloud.reconcile.retry;

import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter;
import java.time.Duration;
import java.util.Optional;

/**
 * At most twenty passes over an object in ten seconds. For kinds that hear of what they do themselves: a start that fails
 * is told as any change is, and each telling would begin the next try, past every back-off.
 */
public final class BurstLimiter implements RateLimiter<BurstLimiter.Burst> {
    private static final int PASSES = 20;
    private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();

    @Override
    public Optional<Duration> isLimited(RateLimitState state) {
        return ((Burst) state).pass(System.nanoTime());
    }

    @Override
    public Burst initState() {
        return new Burst();
    }

    /** The passes over one object in the present period. */
    public static final class Burst implements RateLimitState {
        private long begin;
        private int passes;

        private Burst() {}

        /** Counts a pass that may begin now; else says how long it has to wait. */
        synchronized Optional<Duration> pass(long now) {
            if (passes == 0 || now - begin >= PERIOD_NANOS) {
                begin = now;
                passes = 0;
            }
            if (passes == PASSES) {
                return Optional.of(Duration.ofNanos(PERIOD_NANOS - (now - begin)));
            }
            passes++;
            return Optional.empty();
        }
    }
}
