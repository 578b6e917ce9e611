package io.minicloud.controller.elbv2.targetgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.elbv2.TargetGroupStatus.Target;
import io.minicloud.api.elbv2.TargetGroupStatus.TargetHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrainingTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration DELAY = Duration.ofSeconds(300);

    @Test
    void whatIsTakenOutDrainsAsLongAsTheDelay() {
        var draining = Draining.of(List.of(healthy("one"), healthy("two")), List.of(registered("two")), DELAY, NOW);

        assertThat(draining).singleElement().satisfies(target -> {
            assertThat(target.target().id()).isEqualTo("one");
            assertThat(target.state()).isEqualTo("draining");
            assertThat(target.reason()).isEqualTo("Target.DeregistrationInProgress");
            assertThat(target.address()).isEqualTo("10.0.0.1");
            assertThat(target.drainsUntil()).isEqualTo("2026-11-21T10:05:00Z");
        });
        assertThat(Draining.next(draining, NOW)).contains(DELAY);
        assertThat(Draining.next(List.of(healthy("one")), NOW)).isEmpty();
    }

    /** A shorter delay is for those that are taken out later. */
    @Test
    void itsEndStaysWhateverTheDelayBecomes() {
        var draining = Draining.of(List.of(healthy("one")), List.of(), DELAY, NOW);

        assertThat(Draining.of(draining, List.of(), Duration.ZERO, NOW.plusSeconds(299)))
                .isEqualTo(draining);
        assertThat(Draining.of(draining, List.of(), DELAY, NOW.plusSeconds(300)))
                .isEmpty();
    }

    @Test
    void whatIsRegisteredAgainDoesNotDrain() {
        var draining = Draining.of(List.of(healthy("one")), List.of(), DELAY, NOW);

        assertThat(Draining.of(draining, List.of(registered("one")), DELAY, NOW))
                .isEmpty();
    }

    @Test
    void withoutADelayOrAnAddressNothingDrains() {
        assertThat(Draining.of(List.of(healthy("one")), List.of(), Duration.ZERO, NOW))
                .isEmpty();
        assertThat(Draining.of(List.of(health("one", "unused", null)), List.of(), DELAY, NOW))
                .isEmpty();
    }

    private static TargetHealth healthy(String id) {
        return health(id, "healthy", "10.0.0.1");
    }

    private static TargetHealth health(String id, String state, @Nullable String address) {
        return new TargetHealth(new Target(id, 80, "a"), state, null, null, address, null);
    }

    private static Registered registered(String id) {
        return new Registered(new Target(id, 80, "a"), "10.0.0.1", null);
    }
}
