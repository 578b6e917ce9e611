package io.minicloud.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.proxy.WorkerReading.Key;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FigureLedgerTest {
    private static final String GROUP = "tg-00000000000000001";
    private static final long BEGUN = 1000;

    private final FigureLedger ledger = new FigureLedger(BEGUN);

    @Test
    void processesThatTakeOverFromEachOtherAreAddedUp() {
        enter("1/1000", 5);
        enter("1/1000", 7);
        enter("2/1010", 0);
        enter("2/1010", 4);
        enter("1/1000", 9);
        assertThat(requests()).isEqualTo(13);
        ledger.keep(Set.of("2/1010"));
        enter("2/1010", 6);
        assertThat(requests()).isEqualTo(15);
    }

    @Test
    void whatIsOlderThanTheAgentCountsFromItsFirstReadingOn() {
        enter("1/999", 500);
        assertThat(requests()).isZero();
        enter("1/999", 503);
        enter("2/1001", 2);
        assertThat(requests()).isEqualTo(5);
    }

    @Test
    void aProcessThatWasOutOfReachForAWhileIsNotCountedTwice() {
        enter("1/1000", 5);
        enter("1/1000", 8);
        assertThat(requests()).isEqualTo(8);
    }

    @Test
    void aNumberOfTheTableMayTurnOver() {
        enter("1/1000", 0xffff_fff0L);
        enter("1/1000", 0x10);
        assertThat(requests()).isEqualTo(0x1_0000_0010L);
    }

    @Test
    void aSumIsThatOfItsRows() {
        ledger.enter(reading(
                "1/1000",
                Map.of(
                        new Key(GROUP, Count.CHOSEN), 1L,
                        new Key("redirects", Count.CHOSEN), 2L,
                        new Key(GROUP, Count.TARGET_2XX), 4L)));
        assertThat(ledger.sum(Count.CHOSEN, FigureTable::isGroup)).isEqualTo(1);
        assertThat(ledger.sum(Count.CHOSEN, row -> true)).isEqualTo(3);
    }

    @Test
    void aDifferenceIsBelievedWhenTwoLooksSaySoAndNeverTakenBack() {
        var believed = new Believed();
        assertThat(believed.of("own", 3)).isZero();
        assertThat(believed.of("own", 4)).isEqualTo(3);
        assertThat(believed.of("own", 2)).isEqualTo(3);
        assertThat(believed.of("own", 5)).isEqualTo(3);
        assertThat(believed.of("own", 5)).isEqualTo(5);
        assertThat(believed.of("other", 1)).isZero();
    }

    private void enter(String process, long requests) {
        ledger.enter(reading(process, Map.of(new Key(GROUP, Count.CHOSEN), requests)));
    }

    private long requests() {
        return ledger.of(GROUP, Count.CHOSEN);
    }

    private static WorkerReading reading(String process, Map<Key, Long> counters) {
        long started = Long.parseLong(process.substring(process.indexOf('/') + 1));
        return new WorkerReading(process, started, false, false, counters, 0, 0, Map.of());
    }
}
