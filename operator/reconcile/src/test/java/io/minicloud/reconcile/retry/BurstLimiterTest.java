package io.minicloud.reconcile.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BurstLimiterTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void twentyPassesMayFollowEachOtherAndTheNextWaitsForTheEndOfTheTenSeconds() {
        var burst = new BurstLimiter().initState();

        assertThat(IntStream.range(0, 20).mapToObj(number -> burst.pass(number)))
                .allMatch(wait -> wait.isEmpty());
        assertThat(burst.pass(4 * SECOND)).contains(Duration.ofSeconds(6));
        assertThat(burst.pass(10 * SECOND)).isEmpty();
    }
}
