package io.minicloud.reconcile.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.minicloud.api.common.Condition;
import io.minicloud.api.organizations.Account;
import io.minicloud.api.organizations.AccountStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailureStatusTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T11:00:00Z"), ZoneOffset.UTC);
    private static final String BEFORE = "2026-11-21T10:00:00Z";

    private final FailureStatus failures = new FailureStatus(CLOCK);
    private final Exception failure = new IllegalStateException("create disk vol-1", new Exception("No space left"));

    @Test
    void anObjectWithoutAStatusSaysWhy() {
        var patch = failures.of(account(null), failure).orElseThrow();

        assertThat(patch.getMetadata().getName()).isEqualTo("lab");
        assertThat(patch.getStatus().observedGeneration()).isEqualTo(3);
        assertThat(patch.getStatus().conditions())
                .extracting(Condition::type, Condition::status, Condition::reason, Condition::message)
                .contains(
                        tuple("Programmed", "False", "Failed", "No space left"),
                        tuple("Ready", "Unknown", "Pending", ""));
    }

    @Test
    void whatWasKnownStays() {
        var ready = new Condition("Ready", "True", 3L, BEFORE, "Available", "");
        var own = new Condition("Creating", "True", 3L, BEFORE, "Creating", "");
        var programmed = new Condition("Programmed", "True", 3L, BEFORE, "Programmed", "");
        var last = new AccountStatus(List.of(programmed, ready, own), 3L, "arn", null);

        var status = failures.of(account(last), failure).orElseThrow().getStatus();

        assertThat(status.arn()).isEqualTo("arn");
        assertThat(status.conditions()).contains(ready, own).doesNotContain(programmed);
    }

    @Test
    void theSameIsSaidOnce() {
        var once = failures.of(account(null), failure).orElseThrow();

        assertThat(failures.of(account(once.getStatus()), failure)).isEmpty();
    }

    private static Account account(@Nullable AccountStatus status) {
        var account = new Account();
        account.getMetadata().setName("lab");
        account.getMetadata().setGeneration(3L);
        account.setStatus(status);
        return account;
    }
}
