package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Member;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.agent.network.Routing.Route;
import io.minicloud.agent.network.Routing.Table;
import io.minicloud.agent.network.Routing.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Several addresses of an interface and several interfaces of a guest in the real kernel, proved by packets. What is expected is
 * AWS's word, by hand. Needs root.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-secondary-ip-addresses.html">Secondary IP
 *     addresses for your EC2 instances</a>
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/scenarios-enis.html">Multiple network interfaces for your
 *     Amazon EC2 instances</a>
 */
class SecondaryAddressHostIT {
    private static final int HTTP = 80;
    private static final int TIMEOUT_MS = 1500;
    private static final String PRIMARY = "10.0.1.11";
    private static final String SECONDARY = "10.0.1.21";
    private static final String SECOND = "10.0.2.11";
    private static final Rule ALL = new Rule("-1", -1, -1, "0.0.0.0/0", null);

    private final Lab lab = new Lab();
    private final String subnetA = lab.id("subnet", "a");
    private final String subnetB = lab.id("subnet", "b");
    private final String open = lab.id("sg", "open");
    private final String closed = lab.id("sg", "closed");
    private final String members = lab.id("sg", "members");
    private final Interface one = lab.eni("1", subnetA, PRIMARY, List.of(open), true);
    private final Interface both = with(one, List.of(open), PRIMARY, SECONDARY);
    private final Interface peer = lab.eni("2", subnetA, "10.0.1.12", List.of(open), true);
    private final Interface far = lab.eni("3", subnetB, "10.0.2.13", List.of(open), true);
    private final Interface strict = lab.eni("4", subnetA, "10.0.1.14", List.of(members), true);
    private final Interface second = lab.eni("5", subnetB, SECOND, List.of(closed), true);

    @AfterEach
    void cleanUp() {
        lab.close();
    }

    @Test
    void everyAddressIsDeliveredAndMaySendUntilItIsTakenAway() {
        boot(both, peer, far);
        own(both, SECONDARY);
        for (var other : List.of(peer, far)) {
            for (var address : List.of(PRIMARY, SECONDARY)) {
                assertThat(receives(other, both, address))
                        .as("%s from %s", address, other.addresses())
                        .isTrue();
                assertThat(sends(both, address, other))
                        .as("%s to %s", address, other.addresses())
                        .isTrue();
            }
        }

        apply(one, peer, far);
        for (var other : List.of(peer, far)) {
            assertThat(receives(other, both, SECONDARY)).as("delivered").isFalse();
            assertThat(sends(both, SECONDARY, other)).as("as a source").isFalse();
            assertThat(receives(other, both, PRIMARY) && sends(both, PRIMARY, other))
                    .as("the primary one")
                    .isTrue();
        }
    }

    @Test
    void nobodyElseMayUseIt() {
        boot(both, peer, far);
        own(peer, SECONDARY);

        assertThat(sends(peer, SECONDARY, far)).as("as a source").isFalse();
        assertThat(receives(far, peer, SECONDARY)).as("delivered").isFalse();
        own(both, SECONDARY);
        assertThat(sends(both, SECONDARY, far) && receives(far, both, SECONDARY))
                .as("whose it is, meanwhile")
                .isTrue();
    }

    /** AWS: a secondary address can be moved to another interface. */
    @Test
    void anAddressThatMovesIsTheOthersAtOnce() {
        boot(both, peer, far);
        own(both, SECONDARY);
        assertThat(receives(far, both, SECONDARY)).isTrue();

        // The old one keeps it, and answers whoever asks.
        own(peer, SECONDARY);
        apply(one, with(peer, List.of(open), "10.0.1.12", SECONDARY), far);
        assertThat(receives(far, peer, SECONDARY)).as("by its new owner").isTrue();
        assertThat(sends(both, SECONDARY, far)).as("by the old one").isFalse();
    }

    @Test
    void itIsJudgedByTheGroupsOfItsInterface() {
        var guarded = with(one, List.of(closed), PRIMARY, SECONDARY);
        boot(guarded, peer, strict);
        own(guarded, SECONDARY);
        assertThat(receives(peer, guarded, SECONDARY)).as("lets nothing in").isFalse();
        assertThat(sends(guarded, SECONDARY, peer)).as("everything out").isTrue();

        apply(both, peer, strict);
        assertThat(receives(peer, both, SECONDARY)).as("another group").isTrue();
        assertThat(sends(both, SECONDARY, strict))
                .as("a member by any of its addresses")
                .isTrue();
        lab.apply(router(Map.of(members, List.of()), Routing.LOCAL, both, peer, strict));
        assertThat(sends(both, SECONDARY, strict)).as("no longer a member").isFalse();
    }

    @Test
    void aFlowEndsWithItsAddressAndNoOther() throws IOException {
        var tracked = with(one, List.of(members), PRIMARY, SECONDARY);
        boot(tracked, peer);
        own(tracked, SECONDARY);
        try (var toPrimary = Conversation.open(lab.entry, lab.guest(peer), lab.guest(tracked), PRIMARY, HTTP);
                var toSecondary = Conversation.open(lab.entry, lab.guest(peer), lab.guest(tracked), SECONDARY, HTTP)) {
            assertThat(toPrimary.goesOn() && toSecondary.goesOn()).isTrue();

            apply(with(one, List.of(members), PRIMARY), peer);
            assertThat(toSecondary.goesOn()).as("to the one that went").isFalse();
            assertThat(toPrimary.goesOn()).as("to the one that stays").isTrue();
        }
    }

    /** AWS: an Elastic IP address is associated with a private address, of which an interface may have several. */
    @Test
    void theWorldKnowsEachAddressByItsOwn() {
        try (var world = new World(lab, null)) {
            // The root namespace itself sees it; beyond it this machine's own address is seen.
            var pairs = Map.of(PRIMARY, world.publicAddress(11), SECONDARY, world.publicAddress(21));
            boot(gateway(pairs), both, peer);
            own(both, SECONDARY);
            for (var pair : pairs.entrySet()) {
                assertThat(seenAs(pair.getKey(), world)).isEqualTo(pair.getValue());
                assertThat(connects(world.namespace(), lab.guest(both), pair.getValue()))
                        .as("in by %s", pair.getValue())
                        .isTrue();
            }

            lab.apply(router(groupMembers(both), gateway(Map.of(PRIMARY, world.publicAddress(11))), both, peer));
            assertThat(seenAs(SECONDARY, world)).as("out, without its own").isEqualTo("nobody");
            assertThat(connects(world.namespace(), lab.guest(both), world.publicAddress(21)))
                    .as("in, without its own")
                    .isFalse();
            assertThat(seenAs(PRIMARY, world)).isEqualTo(world.publicAddress(11));
        }
    }

    /** AWS: traffic that leaves by another interface than that of its source address is dropped; each has its own groups. */
    @Test
    void twoInterfacesOfOneGuestAnswerEachByItsOwnRouter() {
        var opened = with(second, List.of(open), SECOND);
        boot(one, peer, far);
        lab.apply(router(groupMembers(one), Routing.LOCAL, one, peer, far, opened));
        plug(opened);
        assertThat(receives(far, one, SECOND)).as("from its own subnet").isTrue();
        assertThat(receives(peer, one, SECOND))
                .as("the guest answers by the interface that is in the subnet of the sender")
                .isFalse();

        routeBySource();
        assertThat(receives(peer, one, SECOND)).as("by its own router").isTrue();
        assertThat(receives(peer, one, PRIMARY)).as("the first one").isTrue();
        assertThat(receives(far, one, PRIMARY))
                .as("whose answer leaves by the second one, which is in the subnet of the sender")
                .isFalse();

        apply(one, peer, far, second);
        assertThat(receives(peer, one, SECOND)).as("judged by its own group").isFalse();
        assertThat(receives(peer, one, PRIMARY)).as("and the first by its").isTrue();
    }

    /** The second interface of the first guest. */
    private void plug(Interface eni) {
        var router = router(Map.of(), Routing.LOCAL, eni);
        lab.makePort(router, eni);
        lab.run(
                "ip",
                "-n",
                router.namespace(),
                "link",
                "set",
                Port.peerOf(eni.id()),
                "netns",
                lab.guest(one),
                "name",
                "eth1");
        lab.run("ip", "-n", lab.guest(one), "address", "add", SECOND + "/24", "dev", "eth1");
        lab.run("ip", "-n", lab.guest(one), "link", "set", "eth1", "up");
    }

    /** What guests of Amazon Linux do by themselves. */
    private void routeBySource() {
        lab.run("ip", "-n", lab.guest(one), "route", "add", "10.0.2.0/24", "dev", "eth1", "table", "101");
        lab.run(
                "ip",
                "-n",
                lab.guest(one),
                "route",
                "add",
                "default",
                "via",
                "10.0.2.1",
                "dev",
                "eth1",
                "table",
                "101");
        lab.run("ip", "-n", lab.guest(one), "rule", "add", "from", SECOND, "table", "101");
    }

    private boolean receives(Interface from, Interface to, String address) {
        return lab.reaches(from, from.addresses().getFirst(), to, address);
    }

    private boolean sends(Interface from, String source, Interface to) {
        return lab.reaches(from, source, to, to.addresses().getFirst());
    }

    /** As whom the world sees the first guest when it sends from an address. */
    private String seenAs(String source, World world) {
        try (var server = new ServerSocket(0, 1, InetAddress.getByName(world.edge()));
                var client =
                        lab.entry.call(lab.guest(one), () -> connect(source, world.edge(), server.getLocalPort()));
                var heard = server.accept()) {
            assertThat(client.getLocalAddress().getHostAddress()).isEqualTo(source);
            return heard.getInetAddress().getHostAddress();
        } catch (IOException e) {
            return "nobody";
        }
    }

    private static Socket connect(String source, String address, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(source, 0));
            socket.connect(new InetSocketAddress(address, port), TIMEOUT_MS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private boolean connects(String from, String to, String address) {
        try (var session = Conversation.open(lab.entry, from, to, address, HTTP)) {
            return session.goesOn();
        } catch (IOException e) {
            return false;
        }
    }

    private void own(Interface eni, String address) {
        lab.run("ip", "-n", lab.guest(eni), "address", "add", address + "/24", "dev", "eth0");
    }

    private void boot(Interface... enis) {
        boot(Routing.LOCAL, enis);
    }

    private void boot(Routing routing, Interface... enis) {
        var router = router(groupMembers(enis), routing, enis);
        lab.apply(router);
        router.interfaces().forEach(eni -> lab.boot(router, eni));
    }

    private void apply(Interface... enis) {
        var router = router(groupMembers(enis), Routing.LOCAL, enis);
        lab.apply(router);
        assertThat(lab.planFor(router).describe()).isEmpty();
    }

    /** The group that only the members of the open one get into. */
    private Map<String, List<Member>> groupMembers(Interface... enis) {
        return Map.of(
                open,
                List.of(enis).stream()
                        .filter(eni -> eni.groups().contains(open))
                        .flatMap(eni -> eni.addresses().stream().map(address -> new Member(eni.id(), address)))
                        .toList());
    }

    private Routing gateway(Map<String, String> publicAddresses) {
        var toTheWorld = new Route("0.0.0.0/0", Target.INTERNET_GATEWAY, null);
        return new Routing(
                List.of(new Table(lab.id("rtb", "public"), List.of(subnetA), List.of(toTheWorld))),
                new InternetGateway(lab.id("igw", "g"), publicAddresses));
    }

    private Router router(Map<String, List<Member>> groupMembers, Routing routing, Interface... enis) {
        var everything = List.of(ALL);
        return new Router(
                lab.id("vpc", "v"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Subnet(subnetA, "10.0.1.0/24", 1500), new Subnet(subnetB, "10.0.2.0/24", 1500)),
                List.of(enis),
                List.of(
                        new Group(open, everything, everything),
                        new Group(closed, List.of(), everything),
                        new Group(members, List.of(new Rule("-1", -1, -1, null, open)), everything)),
                groupMembers,
                List.of(),
                routing);
    }

    private static Interface with(Interface eni, List<String> groups, String... addresses) {
        return new Interface(
                eni.id(),
                eni.subnetId(),
                eni.port(),
                eni.mac(),
                List.of(addresses),
                groups,
                eni.sourceDestCheck(),
                null);
    }
}
