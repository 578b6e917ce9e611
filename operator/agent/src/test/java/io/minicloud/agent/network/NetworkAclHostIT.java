package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.network.Router.Acl;
import io.minicloud.agent.network.Router.AclEntry;
import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Router.Subnet;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Network ACLs in the real kernel, proved by packets between guests whose groups let everything pass. What is expected is AWS's
 * word, by hand. Needs root.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html">Network ACL basics</a>
 */
class NetworkAclHostIT {
    private static final int HTTP = 80;
    private static final Rule ALL = new Rule("-1", -1, -1, "0.0.0.0/0", null);
    private static final List<AclEntry> OPEN = List.of(new AclEntry(100, true, ALL));

    private final Lab lab = new Lab();
    private final String subnetA = lab.id("subnet", "a");
    private final String subnetB = lab.id("subnet", "b");
    private final String open = lab.id("sg", "open");
    private final Interface client = eni("1", subnetA, "10.0.1.11");
    private final Interface neighbour = eni("2", subnetA, "10.0.1.12");
    private final Interface server = eni("3", subnetB, "10.0.2.11");
    private final Interface bare = lab.eni("4", subnetB, "10.0.2.12", List.of(), true);

    @AfterEach
    void cleanUp() {
        lab.close();
    }

    @Test
    void anAclWithoutEntriesDeniesEverythingAcrossItsBorderAndNothingInside() {
        boot(acl(subnetA, List.of(), List.of()));

        assertThat(connects(client, server, HTTP)).as("out").isFalse();
        assertThat(connects(server, client, HTTP)).as("in").isFalse();
        assertThat(connects(client, neighbour, HTTP)).as("within the subnet").isTrue();
    }

    @Test
    void answersNeedAnEntryOfTheirOwn() {
        var http = List.of(allow(100, tcp(HTTP, HTTP, "0.0.0.0/0")));
        boot(acl(subnetB, http, List.of()));
        assertThat(connects(client, server, HTTP))
                .as("requests come in, answers cannot leave")
                .isFalse();

        apply(acl(subnetB, http, List.of(allow(100, tcp(1024, 65535, "10.0.1.0/24")))));
        assertThat(connects(client, server, HTTP))
                .as("with the ephemeral ports")
                .isTrue();
        assertThat(connects(client, server, HTTP + 1)).as("another port").isFalse();
        apply(acl(subnetB, http, List.of(allow(100, tcp(1024, 1025, "10.0.1.0/24")))));
        assertThat(connects(client, server, HTTP)).as("too few ephemeral ports").isFalse();
    }

    @Test
    void theLowestNumberThatMatchesDecides() {
        boot(acl(
                subnetB,
                List.of(deny(90, tcp(HTTP, HTTP, "10.0.1.11/32")), allow(100, tcp(HTTP, HTTP, "10.0.1.0/24"))),
                OPEN));
        assertThat(connects(client, server, HTTP))
                .as("denied before it is allowed")
                .isFalse();
        assertThat(connects(neighbour, server, HTTP)).as("another address").isTrue();

        apply(acl(
                subnetB,
                List.of(allow(100, tcp(HTTP, HTTP, "10.0.1.0/24")), deny(110, tcp(HTTP, HTTP, "10.0.1.11/32"))),
                OPEN));
        assertThat(connects(client, server, HTTP))
                .as("allowed before it is denied")
                .isTrue();
    }

    /** AWS: a deny takes effect at once, tracked or not, since it is stateless. */
    @Test
    void aDenyEndsFlowsThatAreTracked() throws IOException {
        boot(acl(subnetB, OPEN, OPEN));
        try (var session = Conversation.open(lab.entry, lab.guest(client), lab.guest(server), "10.0.2.11", HTTP)) {
            assertThat(session.goesOn()).isTrue();

            apply(acl(subnetB, List.of(deny(90, tcp(HTTP, HTTP, "10.0.1.0/24")), allow(100, ALL)), OPEN));

            assertThat(session.goesOn()).isFalse();
        }
    }

    @Test
    void outboundIsJudgedByTheSubnetOfTheSender() {
        boot(acl(subnetA, OPEN, List.of(allow(100, tcp(HTTP, HTTP, "10.0.2.0/24")))));

        assertThat(connects(client, server, HTTP)).isTrue();
        assertThat(connects(client, server, HTTP + 1)).isFalse();
        assertThat(connects(server, client, HTTP))
                .as("the other way round answers may not leave")
                .isFalse();
    }

    @Test
    void bothSubnetsJudge() {
        var out = new Acl(lab.id("acl", "a"), List.of(subnetA), OPEN, List.of(allow(100, tcp(1, 100, "0.0.0.0/0"))));
        var in = new Acl(lab.id("acl", "b"), List.of(subnetB), List.of(allow(100, tcp(50, 200, "0.0.0.0/0"))), OPEN);
        boot(List.of(out, in));

        assertThat(connects(client, server, 75)).as("both allow").isTrue();
        assertThat(connects(client, server, 25)).as("only the sender's").isFalse();
        assertThat(connects(client, server, 150)).as("only the receiver's").isFalse();
    }

    /** AWS: a NAT gateway has no security group; network ACLs alone decide on its traffic. */
    @Test
    void beforeAnInterfaceWithoutGroupsStandsTheAclAlone() {
        boot(acl(subnetB, OPEN, OPEN));
        assertThat(connects(client, bare, HTTP)).as("it is reached").isTrue();
        assertThat(connects(bare, client, HTTP)).as("it reaches").isTrue();

        var noHttp = List.of(deny(90, tcp(HTTP, HTTP, "10.0.1.0/24")), allow(100, ALL));
        apply(acl(subnetB, noHttp, OPEN));
        assertThat(connects(client, bare, HTTP)).as("denied on its way in").isFalse();
        assertThat(connects(bare, client, HTTP)).as("out").isTrue();
        apply(acl(subnetB, OPEN, noHttp));
        assertThat(connects(client, bare, HTTP)).as("in").isTrue();
        assertThat(connects(bare, client, HTTP)).as("denied on its way out").isFalse();
    }

    @Test
    void alsoAnInterfaceWithoutGroupsSendsFromItsOwnAddressOnly() {
        boot(List.of());
        lab.run("ip", "-n", lab.guest(bare), "address", "add", "10.0.2.99/32", "dev", "eth0");

        assertThat(lab.reaches(bare, "10.0.2.12", client, "10.0.1.11")).isTrue();
        assertThat(lab.reaches(bare, "10.0.2.99", client, "10.0.1.11")).isFalse();
    }

    private boolean connects(Interface from, Interface to, int port) {
        try (var session = Conversation.open(
                lab.entry, lab.guest(from), lab.guest(to), to.addresses().getFirst(), port)) {
            return session.goesOn();
        } catch (IOException e) {
            return false;
        }
    }

    private void boot(List<Acl> acls) {
        apply(acls);
        var router = router(acls);
        router.interfaces().forEach(eni -> lab.boot(router, eni));
    }

    private void apply(List<Acl> acls) {
        lab.apply(router(acls));
        assertThat(lab.planFor(router(acls)).describe()).isEmpty();
    }

    private List<Acl> acl(String subnet, List<AclEntry> ingress, List<AclEntry> egress) {
        return List.of(new Acl(lab.id("acl", "one"), List.of(subnet), ingress, egress));
    }

    private static AclEntry allow(int number, Rule rule) {
        return new AclEntry(number, true, rule);
    }

    private static AclEntry deny(int number, Rule rule) {
        return new AclEntry(number, false, rule);
    }

    private static Rule tcp(int from, int to, String range) {
        return new Rule("tcp", from, to, range, null);
    }

    private Router router(List<Acl> acls) {
        return new Router(
                lab.id("vpc", "acls"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Subnet(subnetA, "10.0.1.0/24", 1500), new Subnet(subnetB, "10.0.2.0/24", 1500)),
                List.of(client, neighbour, server, bare),
                List.of(new Group(open, List.of(ALL), List.of(ALL))),
                Map.of(),
                acls,
                Routing.LOCAL);
    }

    private Interface eni(String name, String subnet, String address) {
        return lab.eni(name, subnet, address, List.of(open), true);
    }
}
