package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FootprintTest {
    private final FakePacketFilter filter = new FakePacketFilter();
    private final Footprint footprint = new Footprint(filter);

    @Test
    void anAddressIsNotTakenForOneThatBeginsOrEndsLikeIt() {
        filter.load("mc-igw-1", "set pairs { elements = { 10.0.1.11 . 203.0.113.50,\n 10.0.1.12 . 203.0.113.6 } }");

        assertThat(footprint.isExchanged("igw-1", Map.of("10.0.1.11", "203.0.113.50", "10.0.1.12", "203.0.113.6")))
                .isTrue();
        assertThat(footprint.isExchanged("igw-1", Map.of("10.0.1.11", "203.0.113.5")))
                .isFalse();
        assertThat(footprint.isExchanged("igw-1", Map.of("0.0.1.12", "203.0.113.6")))
                .isFalse();
        assertThat(footprint.isExchanged("igw-2", Map.of())).isFalse();
    }
}
