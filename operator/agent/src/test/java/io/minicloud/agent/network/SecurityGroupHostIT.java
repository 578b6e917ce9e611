package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Member;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Router.Subnet;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Security groups in the real kernel, proved by packets. What is expected is AWS's word, by hand. Needs root.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html">Amazon EC2
 *     security group connection tracking</a>
 */
class SecurityGroupHostIT {
    private static final int SSH = 22;
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final Rule ALL = new Rule("-1", -1, -1, EVERYWHERE, null);

    private final Lab lab = new Lab();
    private final String subnet = lab.id("subnet", "a");
    private final String clients = lab.id("sg", "clients");
    private final String servers = lab.id("sg", "servers");
    private final String more = lab.id("sg", "more");
    private final Interface client = eni("1", "10.0.1.11", List.of(clients));
    private final Interface server = eni("2", "10.0.1.12", List.of(servers, more));

    @AfterEach
    void cleanUp() {
        lab.close();
    }

    @Test
    void onlyWhatARuleNamesComesIn() {
        boot(in(tcp(80, 90, "10.0.1.11/32"), new Rule("udp", 53, 53, "10.0.1.0/24", null)));

        assertThat(connects(80)).as("first port").isTrue();
        assertThat(connects(90)).as("last port").isTrue();
        assertThat(connects(79)).as("below").isFalse();
        assertThat(connects(91)).as("above").isFalse();
        assertThat(connects(53)).as("the port of another protocol").isFalse();
        assertThat(pings()).as("another protocol").isFalse();

        apply(in(tcp(80, 90, "10.0.1.12/32")));
        assertThat(connects(80)).as("a range that the sender is not in").isFalse();
        apply(in(new Rule("-1", -1, -1, "10.0.1.11/32", null)));
        assertThat(connects(4711)).as("all protocols").isTrue();
        assertThat(pings()).as("all protocols").isTrue();
    }

    @Test
    void aGroupInARuleMeansItsMembers() {
        boot(in(new Rule("tcp", SSH, SSH, null, clients)));

        assertThat(connects(SSH)).as("a member").isTrue();
        apply(in(new Rule("tcp", SSH, SSH, null, servers)));
        assertThat(connects(SSH)).as("a member of another group").isFalse();
    }

    @Test
    void whatAnyOfSeveralGroupsAcceptsIsAccepted() {
        boot(List.of(
                group(servers, List.of(tcp(80, 80, EVERYWHERE)), List.of()),
                group(more, List.of(tcp(443, 443, "10.0.0.0/8")), List.of()),
                group(clients, List.of(), List.of(ALL))));

        assertThat(connects(80)).isTrue();
        assertThat(connects(443)).isTrue();
        assertThat(connects(SSH)).isFalse();
    }

    @Test
    void egressIsJudgedAtTheSender() {
        boot(groups(List.of(ALL), List.of(ALL), List.of(tcp(80, 80, "10.0.1.12/32"))));

        assertThat(connects(80)).isTrue();
        assertThat(connects(81)).isFalse();
        apply(groups(List.of(ALL), List.of(ALL), List.of(new Rule("tcp", 81, 81, null, servers))));
        assertThat(connects(80)).isFalse();
        assertThat(connects(81)).as("to the members of a group").isTrue();
        apply(groups(List.of(ALL), List.of(ALL), List.of()));
        assertThat(connects(81)).as("without any rule").isFalse();
    }

    @Test
    void icmpIsByTypeAndCode() {
        boot(in(new Rule("icmp", 8, 1, "10.0.1.0/24", null)));
        assertThat(pings()).as("another code").isFalse();
        apply(in(new Rule("icmp", 3, -1, "10.0.1.0/24", null)));
        assertThat(pings()).as("another type").isFalse();
        apply(in(new Rule("icmp", 8, 0, EVERYWHERE, null)));
        assertThat(pings()).as("echo request, code 0").isTrue();
        apply(in());
        assertThat(pings())
                .as("one that began before the rule went: ICMP is always tracked")
                .isTrue();
    }

    @Test
    void everyTypeIsMinusOne() {
        boot(in(new Rule("1", -1, -1, "10.0.1.0/24", null)));

        assertThat(pings()).isTrue();
    }

    /** AWS: "An untracked flow of traffic is immediately interrupted if the rule that enables the flow is removed." */
    @Test
    void aFlowThatARuleForEverybodyAdmitsEndsWithTheRule() throws IOException {
        boot(in(tcp(SSH, SSH, EVERYWHERE)));
        try (var session = session()) {
            assertThat(session.goesOn()).isTrue();

            apply(in());

            assertThat(session.goesOn()).isFalse();
        }
    }

    /** AWS: without an open outbound rule the flow is tracked. */
    @Test
    void itOutlivesTheRuleWhereAnswersAreNotFree() throws IOException {
        boot(groups(List.of(tcp(SSH, SSH, EVERYWHERE)), List.of(), List.of(ALL)));
        try (var session = session()) {
            assertThat(session.goesOn()).as("answers need no rule").isTrue();

            apply(groups(List.of(), List.of(), List.of(ALL)));

            assertThat(session.goesOn()).isTrue();
            assertThat(connects(SSH)).as("a new one").isFalse();
        }
    }

    @Test
    void aFlowThatARangeAdmitsOutlivesTheRule() throws IOException {
        boot(in(tcp(SSH, SSH, "10.0.1.11/32")));
        try (var session = session()) {
            apply(in());

            assertThat(session.goesOn()).isTrue();
            assertThat(connects(SSH)).as("a new one").isFalse();
        }
    }

    @Test
    void aFlowThatAGroupAdmitsOutlivesTheRule() throws IOException {
        boot(in(new Rule("tcp", SSH, SSH, null, clients)));
        try (var session = session()) {
            apply(in());

            assertThat(session.goesOn()).isTrue();
        }
    }

    /** The other way round: who begins is untracked when everything may come in to it. */
    @Test
    void anOpenRuleOutwardsEndsItsFlowsToo() throws IOException {
        var everybody = List.of(ALL);
        boot(List.of(
                group(servers, List.of(tcp(SSH, SSH, "10.0.1.11/32")), everybody),
                group(more, List.of(), List.of()),
                group(clients, everybody, List.of(tcp(SSH, SSH, EVERYWHERE)))));
        try (var session = session()) {
            assertThat(session.goesOn()).isTrue();

            apply(List.of(
                    group(servers, List.of(tcp(SSH, SSH, "10.0.1.11/32")), everybody),
                    group(more, List.of(), List.of()),
                    group(clients, everybody, List.of())));

            assertThat(session.goesOn()).isFalse();
        }
    }

    /** An unrelated change of rules: the ruleset is replaced under a flow. */
    @Test
    void anUnrelatedChangeEndsNoFlow() throws IOException {
        boot(in(tcp(SSH, SSH, EVERYWHERE)));
        try (var session = session()) {
            for (int port = 1000; port < 1005; port++) {
                apply(in(tcp(SSH, SSH, EVERYWHERE), tcp(port, port, EVERYWHERE)));
                assertThat(session.goesOn()).isTrue();
            }
        }
    }

    private Conversation session() throws IOException {
        return Conversation.open(lab.entry, lab.guest(client), lab.guest(server), "10.0.1.12", SSH);
    }

    private boolean connects(int port) {
        try (var session = Conversation.open(lab.entry, lab.guest(client), lab.guest(server), "10.0.1.12", port)) {
            return session.goesOn();
        } catch (IOException e) {
            return false;
        }
    }

    /** By an echo request, which Java sends as root. */
    private boolean pings() {
        try {
            return lab.entry.call(
                    lab.guest(client), () -> InetAddress.getByName("10.0.1.12").isReachable(1500));
        } catch (IOException e) {
            return false;
        }
    }

    private void boot(List<Group> groups) {
        apply(groups);
        var router = router(groups);
        router.interfaces().forEach(eni -> lab.boot(router, eni));
    }

    private void apply(List<Group> groups) {
        lab.apply(router(groups));
    }

    /** The servers let in what is said here and everything out; the clients nothing in and everything out: AWS's defaults. */
    private List<Group> in(Rule... ingress) {
        return groups(List.of(ingress), List.of(ALL), List.of(ALL));
    }

    private List<Group> groups(List<Rule> ingress, List<Rule> egress, List<Rule> clientEgress) {
        return List.of(
                group(servers, ingress, egress),
                group(more, List.of(), List.of()),
                group(clients, List.of(), clientEgress));
    }

    private static Group group(String id, List<Rule> ingress, List<Rule> egress) {
        return new Group(id, ingress, egress);
    }

    private static Rule tcp(int from, int to, String range) {
        return new Rule("tcp", from, to, range, null);
    }

    private Router router(List<Group> groups) {
        return new Router(
                lab.id("vpc", "groups"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Subnet(subnet, "10.0.1.0/24", 1500)),
                List.of(client, server),
                groups,
                Map.of(
                        servers, List.of(new Member(server.id(), "10.0.1.12")),
                        clients, List.of(new Member(client.id(), "10.0.1.11"))));
    }

    private Interface eni(String name, String address, List<String> groups) {
        return lab.eni(name, subnet, address, groups, true);
    }
}
