package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleRendererTest {
    @Test
    void rulesReadAsAwsMeansThem() {
        assertThat(in(rule("tcp", 80, 80, "0.0.0.0/0", null))).containsExactly("tcp dport 80 goto track_in");
        assertThat(in(rule("17", 5000, 5010, "10.0.0.0/8", null)))
                .containsExactly("ip saddr 10.0.0.0/8 udp dport 5000-5010 goto track_in");
        assertThat(out(rule("icmp", 8, -1, "10.0.0.0/8", null)))
                .containsExactly("ip daddr 10.0.0.0/8 icmp type 8 goto track_out");
        assertThat(out(rule("1", 3, 4, "10.0.0.0/8", null)))
                .containsExactly("ip daddr 10.0.0.0/8 icmp type 3 icmp code 4 goto track_out");
        assertThat(out(rule("50", -1, -1, "10.0.0.0/8", null)))
                .containsExactly("ip daddr 10.0.0.0/8 ip protocol 50 goto track_out");
        assertThat(out(rule("-1", -1, -1, "0.0.0.0/0", null))).containsExactly("goto track_out");
        assertThat(in(rule("-1", -1, -1, null, "sg-0a")))
                .containsExactly("meta mark . ip saddr @sg-0a_members goto track_in");
        assertThat(out(rule("tcp", 22, 22, null, "sg-0a")))
                .containsExactly("ip daddr @sg-0a_addresses tcp dport 22 goto track_out");
    }

    @Test
    void theSamePortsAreOneLineWithoutARangeThatAnotherHolds() {
        assertThat(in(
                        rule("tcp", 22, 22, "10.1.0.0/16", null),
                        rule("tcp", 80, 80, "10.0.0.0/8", null),
                        rule("tcp", 22, 22, "192.0.2.1/32", null),
                        rule("6", 22, 22, "10.0.0.0/8", null),
                        rule("tcp", 22, 22, null, "sg-0a")))
                .containsExactly(
                        "ip saddr { 192.0.2.1/32, 10.0.0.0/8 } tcp dport 22 goto track_in",
                        "meta mark . ip saddr @sg-0a_members tcp dport 22 goto track_in",
                        "ip saddr 10.0.0.0/8 tcp dport 80 goto track_in");
        assertThat(in(rule("tcp", 22, 22, "10.1.0.0/16", null), rule("tcp", 22, 22, "0.0.0.0/0", null)))
                .containsExactly("tcp dport 22 goto track_in");
    }

    @Test
    void openPortsAreThoseOfAllGroupsTogether() {
        var web = new Group(
                "sg-0a",
                List.of(rule("tcp", 8080, 8090, "0.0.0.0/0", null), rule("tcp", 22, 22, "10.0.0.0/8", null)),
                List.of());
        var more = new Group(
                "sg-0b",
                List.of(
                        rule("tcp", 80, 80, "0.0.0.0/0", null),
                        rule("6", 8091, 9000, "0.0.0.0/0", null),
                        rule("tcp", 8085, 8086, "0.0.0.0/0", null),
                        rule("udp", 53, 53, "0.0.0.0/0", null)),
                List.of(rule("-1", -1, -1, "0.0.0.0/0", null)));

        assertThat(OpenPorts.of("tcp", Direction.IN, List.of(web, more)).match())
                .hasValue("tcp dport { 80, 8080-9000 }");
        assertThat(OpenPorts.of("udp", Direction.IN, List.of(web, more)).match())
                .hasValue("udp dport { 53 }");
        assertThat(OpenPorts.of("udp", Direction.IN, List.of(web)).match()).isEmpty();
        assertThat(OpenPorts.of("udp", Direction.OUT, List.of(web, more)).match())
                .hasValue("meta l4proto udp");
        assertThat(OpenPorts.of("tcp", Direction.OUT, List.of(web, more)).isAll())
                .isTrue();
    }

    /** Two halves are as good as one rule for all. */
    @Test
    void allPortsMayComeFromSeveralRules() {
        var halves = new Group(
                "sg-0a",
                List.of(rule("tcp", 0, 1023, "0.0.0.0/0", null), rule("tcp", 1024, 65535, "0.0.0.0/0", null)),
                List.of());

        assertThat(OpenPorts.of("tcp", Direction.IN, List.of(halves)).isAll()).isTrue();
        assertThat(OpenPorts.of("udp", Direction.IN, List.of(halves)).isAll()).isFalse();
    }

    private static List<String> in(Rule... rules) {
        return RuleRenderer.render(Direction.IN, List.of(rules));
    }

    private static List<String> out(Rule... rules) {
        return RuleRenderer.render(Direction.OUT, List.of(rules));
    }

    private static Rule rule(String protocol, int from, int to, @Nullable String range, @Nullable String group) {
        return new Rule(protocol, from, to, range, group);
    }
}
