package io.minicloud.reconcile.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final int BURST = 3;
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final Pace pace = new Pace(BURST, INTERVAL);
    private final long rested = System.nanoTime() + Duration.ofMinutes(1).toNanos();

    @Test
    void letsABurstThroughAndThenOneInEveryInterval() {
        assertThat(delays(5)).containsExactly(0L, 0L, 0L, INTERVAL.toNanos(), 2 * INTERVAL.toNanos());
    }

    @Test
    void hasItsCreditBackAfterARest() {
        delays(5);

        assertThat(pace.delay(rested + Duration.ofMinutes(1).toNanos())).isZero();
    }

    /** Of some that come at the same moment. */
    private List<Long> delays(int count) {
        return LongStream.range(0, count).map(one -> pace.delay(rested)).boxed().toList();
    }
}
