package io.minicloud.reconcile.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndlessRetryTest {
    @Test
    void neverGivesUpAndNeverWaitsLongerThanTheCap() {
        var execution = new EndlessRetry().initExecution();

        var delays = Stream.generate(execution::nextDelay).limit(1000).toList();

        assertThat(delays).allSatisfy(delay -> assertThat(delay)
                .hasValueSatisfying(ms -> assertThat(ms).isBetween(1L, (long) EndlessRetry.MAX_INTERVAL_MS)));
    }
}
