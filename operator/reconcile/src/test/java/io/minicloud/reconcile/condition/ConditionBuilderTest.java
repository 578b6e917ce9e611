package io.minicloud.reconcile.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.Condition;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionBuilderTest {
    private static final Clock EARLY = Clock.fixed(Instant.parse("2026-11-21T10:00:00.123Z"), ZoneOffset.UTC);
    private static final Clock LATE = Clock.fixed(Instant.parse("2026-11-21T11:00:00Z"), ZoneOffset.UTC);

    private enum Reason {
        Valid,
        NotYet
    }

    @Test
    void everyConditionIsThereFromTheFirstPass() {
        var conditions = new ConditionBuilder(null, 1L, EARLY).build();

        assertThat(conditions).extracting(Condition::type).containsExactly("Accepted", "Programmed", "Ready");
        assertThat(conditions).extracting(Condition::status).containsOnly("Unknown");
        assertThat(conditions).extracting(Condition::reason).containsOnly("Pending");
    }

    @Test
    void anUnchangedStatusKeepsItsTransitionTime() {
        var before = accepted(null, EARLY, Reason.Valid);
        var after = accepted(before, LATE, Reason.NotYet);

        assertThat(after.getFirst().lastTransitionTime()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(after.getFirst().reason()).isEqualTo("NotYet");
    }

    @Test
    void aChangedStatusGetsANewTransitionTime() {
        var before = accepted(null, EARLY, Reason.Valid);
        var after = new ConditionBuilder(before, 2L, LATE)
                .isFalse(ConditionType.ACCEPTED, Reason.NotYet, "")
                .build();

        assertThat(after.getFirst().lastTransitionTime()).isEqualTo("2026-11-21T11:00:00Z");
        assertThat(after.getFirst().observedGeneration()).isEqualTo(2L);
    }

    @Test
    void whatIsKeptIsSaidAgain() {
        var before = accepted(null, EARLY, Reason.Valid);
        var after = new ConditionBuilder(before, 2L, LATE)
                .keep(ConditionType.ACCEPTED)
                .keep("Other")
                .build();

        assertThat(after.getFirst())
                .isEqualTo(new Condition("Accepted", "True", 2L, "2026-11-21T10:00:00Z", "Valid", ""));
        assertThat(after.getLast())
                .isEqualTo(new Condition("Other", "Unknown", 2L, "2026-11-21T11:00:00Z", "Pending", ""));
    }

    private static List<Condition> accepted(List<Condition> previous, Clock clock, Reason reason) {
        return new ConditionBuilder(previous, 1L, clock)
                .isTrue(ConditionType.ACCEPTED, reason, "")
                .build();
    }
}
