package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.network.LanObstacle.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LanRulesTest {
    private final Link home = link("enp1s0", "02:00:00:00:00:01", true, "192.168.1.7/24");
    private final Link other = link("wlan0", "02:00:00:00:00:02", true, "10.9.0.7/24");
    private final LanState there = state(List.of(new DefaultRoute("enp1s0", "192.168.1.1")), home, other);

    @Test
    void theInterfaceIsTheOneThatIsNamedOrThatOfTheDefaultRoute() {
        assertThat(reason("192.168.1.224", null, there)).isNull();
        assertThat(reason("192.168.1.224", "enp1s0", there)).isNull();
        assertThat(reason("10.9.0.224", "wlan0", there)).isNull();
        assertThat(reason("10.9.0.224", null, there)).isEqualTo(Reason.AddressNotOnLink);
        assertThat(reason("192.168.1.224", null, state(List.of(), home))).isEqualTo(Reason.UplinkNotFound);
        assertThat(reason("192.168.1.224", "enp9s0", there)).isEqualTo(Reason.UplinkNotFound);
    }

    @Test
    void nobodysAddressIsTaken() {
        for (var taken : List.of("192.168.1.1", "192.168.1.7", "10.9.0.7", "192.168.1.0", "192.168.1.255")) {
            assertThat(reason(taken, null, there)).as(taken).isEqualTo(Reason.AddressInUse);
        }
        assertThat(reason("192.168.1.70", null, there))
                .as("what only begins like one")
                .isNull();
    }

    /** RFC 3021: a pair of machines has no address for all. */
    @Test
    void ofAPairBothAddressesAreMachines() {
        var pair = link("enp1s0", "02:00:00:00:00:01", true, "192.168.1.6/31");
        assertThat(reason("192.168.1.7", "enp1s0", state(List.of(), pair))).isNull();
    }

    @Test
    void theInterfaceMustBeOneThatIsAskedByArp() {
        assertThat(reason("192.168.1.224", "wg0", state(List.of(), link("wg0", "", true, "192.168.1.7/24"))))
                .isEqualTo(Reason.UplinkNotEthernet);
        assertThat(reason(
                        "192.168.1.224",
                        "enp1s0",
                        state(List.of(), link("enp1s0", "02:00:00:00:00:01", false, "192.168.1.7/24"))))
                .isEqualTo(Reason.UplinkDown);
    }

    @Test
    void onlyWhatMayBeIsGivenToAnybody() {
        var gateway = new InternetGateway(
                "igw-1",
                Map.of("10.0.0.4", "192.168.1.224", "10.0.0.5", "192.168.1.1", "10.0.0.6", "203.0.113.1"),
                Set.of(new LanAddress("192.168.1.224", null), new LanAddress("192.168.1.1", null)));
        var admitted = LanRules.admitted(gateway, there);

        assertThat(admitted.publicAddresses())
                .isEqualTo(Map.of("10.0.0.4", "192.168.1.224", "10.0.0.6", "203.0.113.1"));
        assertThat(LanRules.answered(admitted, there)).containsExactly(new ProxiedAddress("192.168.1.224", "enp1s0"));
    }

    /** What is only not passed on works as soon as it is. */
    @Test
    void whatDoesNotForwardIsSaidAndPreparedAllTheSame() {
        var closed = new LanState(there.links(), there.defaults(), Set.of(), Set.of());
        var gateway = new InternetGateway(
                "igw-1", Map.of("10.0.0.4", "192.168.1.224"), Set.of(new LanAddress("192.168.1.224", null)));

        assertThat(reason("192.168.1.224", null, closed)).isEqualTo(Reason.UplinkNotForwarding);
        assertThat(LanRules.admitted(gateway, closed)).isEqualTo(gateway);
    }

    private static @Nullable Reason reason(String address, @Nullable String uplink, LanState there) {
        return LanRules.obstacle(new LanAddress(address, uplink), there)
                .map(LanObstacle::reason)
                .orElse(null);
    }

    private static LanState state(List<DefaultRoute> defaults, Link... links) {
        return new LanState(
                Stream.of(links).collect(Collectors.toMap(Link::name, link -> link)),
                defaults,
                Stream.of(links).map(Link::name).collect(Collectors.toSet()),
                Set.of());
    }

    private static Link link(String name, String mac, boolean up, String address) {
        return new Link(name, "", null, mac, 1500, up, up, null, false, List.of(address));
    }
}
