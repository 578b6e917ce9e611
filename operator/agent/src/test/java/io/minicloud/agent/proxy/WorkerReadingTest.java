package io.minicloud.agent.proxy;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.proxy.WorkerReading.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What HAProxy 3.0 of Debian 13 printed. */
class WorkerReadingTest {
    private static final String INFO = """
            Name: HAProxy
            Pid: 16205
            Stopping: %d
            CurrConns: %d
            Start_time_sec: 1795417086
            """;

    private static final String TABLE = """
            # table: own/figures, type: string, size:1024, used:3
            0x7f3e95578800: key=fixed-responses use=0 exp=0 shard=0 gpc0=1 gpc8=1
            0x7f3e955786c0: key=tg-00000000000000001 use=0 exp=0 shard=0 gpc0=2 gpc1=0 gpc2=1 gpc6=4294967295
            0x7f64b95e4938: key=tg-00000000000000001 use=0 exp=0 shard=0 gpc0=1 gpc1=0 gpc2=0 gpc6=0
            """;

    @Test
    void itsCountersAreThoseOfListenersGroupsAndTheTable() throws IOException {
        var counters = reading(0, 3).counters().entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(counters)
                .containsOnly(
                        entry(new Key("", Count.CONNECTIONS), 6L),
                        entry(new Key("", Count.FAILED_HANDSHAKES), 1L),
                        entry(new Key("", Count.ANSWERED_4XX), 2L),
                        entry(new Key("", Count.ANSWERED_5XX), 2L),
                        entry(new Key("", Count.ROUTED_4XX), 2L),
                        entry(new Key("", Count.ROUTED_5XX), 2L),
                        entry(new Key("tg-00000000000000001", Count.ATTEMPTS), 2L),
                        entry(new Key("tg-00000000000000002", Count.ATTEMPTS), 2L),
                        entry(new Key("tg-00000000000000002", Count.FAILED_ATTEMPTS), 2L),
                        entry(new Key("tg-00000000000000003", Count.FAILED_ATTEMPTS), 1L),
                        entry(new Key("fixed-responses", Count.CHOSEN), 1L),
                        entry(new Key("fixed-responses", Count.OWN_4XX), 1L),
                        entry(new Key("tg-00000000000000001", Count.CHOSEN), 3L),
                        entry(new Key("tg-00000000000000001", Count.TARGET_2XX), 1L),
                        entry(new Key("tg-00000000000000001", Count.MILLISECONDS), 4_294_967_295L));
    }

    @Test
    void itIsOverWhenItWasToldToEndAndNobodyIsConnected() throws IOException {
        assertThat(reading(0, 0).stopping()).isFalse();
        assertThat(reading(0, 0).over()).isFalse();
        assertThat(reading(1, 3).stopping()).isTrue();
        assertThat(reading(1, 3).over()).isFalse();
        assertThat(reading(1, 0).over()).isTrue();
    }

    @Test
    void aProcessIsKnownByItsIdAndItsBegin() throws IOException {
        assertThat(reading(0, 0).id()).isEqualTo("16205/1795417086");
        assertThat(reading(0, 0).startedSeconds()).isEqualTo(1_795_417_086L);
        assertThat(reading(0, 0).servers()).containsKey("tg-00000000000000001/t1");
    }

    private static WorkerReading reading(int stopping, int connections) throws IOException {
        try (var stream = WorkerReadingTest.class.getResourceAsStream("/golden/proxy/figures-stat.csv")) {
            var statistics = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return WorkerReading.of(INFO.formatted(stopping, connections), statistics, TABLE);
        }
    }
}
