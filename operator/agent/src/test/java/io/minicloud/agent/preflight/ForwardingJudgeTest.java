package io.minicloud.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.minicloud.agent.network.Ipv4Range;
import io.minicloud.agent.preflight.Obstacle.Keeper;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingJudgeTest {
    private final ForwardingJudge judge =
            new ForwardingJudge(Packet.sent("mcl0123456789a", "eth0", Ipv4Range.parse("100.64.0.0/16")));

    @ParameterizedTest
    @CsvSource({
        "docker.json,DOCKER,iptables,ip,filter,FORWARD",
        "ufw.json,UFW,iptables,ip,filter,FORWARD",
        "firewalld.json,FIREWALLD,nft,inet,firewalld,filter_FORWARD",
        "router.json,NOBODY,nft,inet,filter,forward",
    })
    void findsWhoDrops(String file, Keeper keeper, String program, String family, String table, String chain)
            throws JsonProcessingException {
        assertThat(judge.obstacles(NftRules.parse(Golden.file(file))))
                .containsExactly(new Obstacle(keeper, program, family, table, chain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-opened.json", "ufw-opened.json", "firewalld-opened.json", "kubernetes.json"})
    void findsNothingWhereTheWayIsOpen(String file) throws JsonProcessingException {
        assertThat(judge.obstacles(NftRules.parse(Golden.file(file)))).isEmpty();
    }

    @Test
    void seesWhatNftDoesNot() {
        assertThat(judge.obstacles(legacy("")))
                .containsExactly(new Obstacle(Keeper.DOCKER, "iptables-legacy", "ip", "filter", "FORWARD"));
    }

    @Test
    void wantsBothDirectionsOpen() {
        var there = "-A DOCKER-USER -i mcl+ -j ACCEPT\n";
        var back = "-A DOCKER-USER -o mcl+ -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n";

        assertThat(judge.obstacles(legacy(there))).hasSize(1);
        assertThat(judge.obstacles(legacy(back))).hasSize(1);
        assertThat(judge.obstacles(legacy(there + back))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-s 100.64.0.0/10 -j ACCEPT",
                "! -i docker0 -m comment --comment \"let \\\"all\\\" -j DROP through\" -j ACCEPT",
                "-o eth0 -j ACCEPT",
                "-g open",
                "! -s 10.0.0.0/8 -j open",
            })
    void opensByARuleThatCertainlyMatches(String rule) {
        assertThat(judge.obstacles(plain(rule))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-s 100.64.3.0/24 -j ACCEPT",
                "-p tcp -m tcp --dport 53 -j ACCEPT",
                "-i docker0 -j ACCEPT",
                "! -o eth0 -j ACCEPT",
                "-d 8.8.8.8/32 -j ACCEPT",
                "-j nowhere",
                "-j LOG",
                "-j RETURN",
                "-m mark --mark 0x1 -j open",
            })
    void relyOnNothingThatMayNotMatch(String rule) {
        assertThat(judge.obstacles(plain(rule))).hasSize(1);
    }

    @Test
    void endsAlsoWhereChainsGoRound() {
        var rules = "-P FORWARD ACCEPT\n-N a\n-N b\n-A FORWARD -j a\n-A a -j b\n-A b -j a\n-A FORWARD -j DROP\n";

        assertThat(judge.obstacles(new Ruleset(List.of(IptablesRules.parse(rules)))))
                .hasSize(1);
    }

    @Test
    void listsOnlyTablesThatForward() throws JsonProcessingException {
        assertThat(NftRules.forwarding(Golden.file("router.json")))
                .isEqualTo(Set.of(new NftRules.Name("inet", "filter")));
        assertThat(NftRules.forwarding("{\"nftables\": []}")).isEmpty();
    }

    private static Ruleset legacy(String more) {
        return new Ruleset(List.of(IptablesRules.parse(Golden.file("docker-legacy.txt") + more)));
    }

    /** A firewall that drops, with one rule before that; and one for answers, which are not what is tested. */
    private static Ruleset plain(String rule) {
        return new Ruleset(List.of(IptablesRules.parse("""
                -P FORWARD DROP
                -N open
                -A open -j ACCEPT
                -A FORWARD -i eth0 -j ACCEPT
                -A FORWARD %s
                """.formatted(rule))));
    }
}
