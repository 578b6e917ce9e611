package io.minicloud.reconcile.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.reconcile.event.EventLedger.Entry;
import io.minicloud.reconcile.event.EventLedger.Key;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventLedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Key LOST = new Key("one", Transition.warning("EngineUnavailable", ""));
    private static final Key FOUND = new Key("one", Transition.normal("Ready", ""));

    private final EventLedger ledger = new EventLedger();

    @Test
    void theSameAgainIsCountedOnTheEventThatIsThere() {
        assertThat(ledger.next(LOST, NOW)).contains(new Entry(null, 1));
        ledger.created(LOST, "web.1");

        assertThat(ledger.next(LOST, NOW)).contains(new Entry("web.1", 2));
        assertThat(ledger.next(FOUND, NOW)).contains(new Entry(null, 1));
        assertThat(ledger.next(LOST, NOW)).contains(new Entry("web.1", 3));
    }

    @Test
    void whatCouldNotBeWrittenIsTriedAsNewTheNextTime() {
        ledger.next(LOST, NOW);
        ledger.created(LOST, "web.1");
        ledger.forget(LOST);

        assertThat(ledger.next(LOST, NOW)).contains(new Entry(null, 1));
    }

    @Test
    void anObjectThatFlapsWritesRarelyAndItsCountGoesOn() {
        ledger.next(LOST, NOW);
        ledger.created(LOST, "web.1");
        IntStream.range(1, EventLedger.SHARE)
                .forEach(i -> assertThat(ledger.next(LOST, NOW)).isPresent());

        assertThat(ledger.next(LOST, NOW)).isEmpty();
        assertThat(ledger.next(FOUND, NOW)).isEmpty();
        assertThat(ledger.next(new Key("two", LOST.transition()), NOW)).isPresent();
        var later = NOW.plus(EventLedger.ONE_MORE_EVERY);
        assertThat(ledger.next(LOST, later)).contains(new Entry("web.1", EventLedger.SHARE + 2));
        assertThat(ledger.next(LOST, later)).isEmpty();
    }

    @Test
    void itsMemoryIsBounded() {
        ledger.next(LOST, NOW);
        ledger.created(LOST, "web.1");
        IntStream.range(0, EventLedger.REMEMBERED)
                .forEach(i -> ledger.next(new Key("object-" + i, LOST.transition()), NOW));

        assertThat(ledger.next(LOST, NOW)).contains(new Entry(null, 1));
    }
}
