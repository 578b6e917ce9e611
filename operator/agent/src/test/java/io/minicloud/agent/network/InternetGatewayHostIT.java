package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.network.Router.Acl;
import io.minicloud.agent.network.Router.AclEntry;
import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Member;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.agent.network.Routing.Route;
import io.minicloud.agent.network.Routing.Table;
import io.minicloud.agent.network.Routing.Target;
import io.minicloud.agent.process.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Internet gateways and route tables in the real kernel, proved by packets to and from a world beyond the root namespace. What is
 * expected is AWS's word, by hand. Needs root.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html">Internet gateways</a>
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html">Example routing options</a>
 */
class InternetGatewayHostIT {
    private static final int HTTP = 80;
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final Rule ALL = new Rule("-1", -1, -1, EVERYWHERE, null);
    private static final Route DEFAULT_ROUTE = new Route(EVERYWHERE, Target.INTERNET_GATEWAY, null);

    private final Lab lab = new Lab();
    private final String subnetA = lab.id("subnet", "a");
    private final String subnetB = lab.id("subnet", "b");
    private final String open = lab.id("sg", "open");
    private final String members = lab.id("sg", "members");
    private final World world = new World(lab, null);
    private final Interface web = eni("1", subnetA, "10.0.1.11", open, true);
    private final Interface plain = eni("2", subnetA, "10.0.1.12", open, true);
    private final Interface hidden = eni("3", subnetB, "10.0.2.11", open, true);
    private final Interface strict = eni("4", subnetA, "10.0.1.14", members, true);

    @AfterEach
    void cleanUp() {
        world.close();
        lab.close();
    }

    @Test
    void onlyWhatHasAPublicAddressReachesTheWorldAndIsReached() {
        boot(vpc(Map.of("10.0.1.11", world.publicAddress(11)), DEFAULT_ROUTE));

        assertThat(reachesWorld(web)).as("with a public address").isTrue();
        assertThat(worldReaches(world.publicAddress(11), web))
                .as("by its public address")
                .isTrue();
        assertThat(reachesWorld(plain)).as("without one").isFalse();
        assertThat(worldReaches(world.publicAddress(12), plain))
                .as("an address of nobody's")
                .isFalse();
        assertThat(worldReaches("10.0.1.11", web)).as("by its private address").isFalse();
    }

    @Test
    void aSubnetIsPublicByItsRouteAlone() {
        boot(vpc(Map.of("10.0.1.11", world.publicAddress(11), "10.0.2.11", world.publicAddress(13)), DEFAULT_ROUTE));

        assertThat(reachesWorld(hidden)).as("a public address without a route").isFalse();
        assertThat(worldReaches(world.publicAddress(13), hidden))
                .as("nothing comes back")
                .isFalse();
        assertThat(connects(lab.guest(web), lab.guest(hidden), "10.0.2.11"))
                .as("the local route")
                .isTrue();
    }

    @Test
    void theLongestPrefixWinsAndABlackholeSwallows() {
        var blackhole = new Route(world.network(), Target.BLACKHOLE, null);
        boot(vpc(Map.of("10.0.1.11", world.publicAddress(11)), DEFAULT_ROUTE, blackhole));
        assertThat(reachesWorld(web)).as("a longer prefix leads nowhere").isFalse();

        apply(vpc(
                Map.of("10.0.1.11", world.publicAddress(11)),
                new Route(EVERYWHERE, Target.BLACKHOLE, null),
                new Route(world.address() + "/32", Target.INTERNET_GATEWAY, null)));
        assertThat(reachesWorld(web)).as("a longer prefix leads there").isTrue();
    }

    /** AWS: traffic to a public address of the own VPC leaves by the gateway, so a group that names a group does not match. */
    @Test
    void byThePublicAddressOfANeighbourTheSenderIsTheWorld() {
        var pairs = Map.of("10.0.1.11", world.publicAddress(11), "10.0.1.14", world.publicAddress(14));
        boot(vpc(pairs, DEFAULT_ROUTE));
        assertThat(connects(lab.guest(web), lab.guest(strict), "10.0.1.14"))
                .as("a member by the private address")
                .isTrue();
        assertThat(connects(lab.guest(web), lab.guest(strict), world.publicAddress(14)))
                .as("a member by the public address")
                .isFalse();

        apply(withRule(vpc(pairs, DEFAULT_ROUTE), new Rule("tcp", HTTP, HTTP, world.publicAddress(11) + "/32", null)));
        assertThat(connects(lab.guest(web), lab.guest(strict), world.publicAddress(14)))
                .as("a rule that names the sender's public address")
                .isTrue();
        assertThat(connects(lab.guest(web), lab.guest(web), world.publicAddress(11)))
                .as("itself by its own public address")
                .isTrue();
    }

    @Test
    void whatLosesItsAddressLosesItsFlows() throws IOException {
        boot(vpc(Map.of("10.0.1.11", world.publicAddress(11)), DEFAULT_ROUTE));
        try (var out = Conversation.open(lab.entry, lab.guest(web), world.namespace(), world.address(), HTTP);
                var in = Conversation.open(
                        lab.entry, world.namespace(), lab.guest(web), world.publicAddress(11), HTTP)) {
            apply(vpc(
                    Map.of("10.0.1.11", world.publicAddress(11), "10.0.1.12", world.publicAddress(12)), DEFAULT_ROUTE));
            assertThat(out.goesOn() && in.goesOn())
                    .as("another's address is none of theirs")
                    .isTrue();

            apply(vpc(Map.of("10.0.1.11", world.publicAddress(21)), DEFAULT_ROUTE));
            assertThat(out.goesOn()).as("out by the old address").isFalse();
            assertThat(in.goesOn()).as("in by the old address").isFalse();
        }
        assertThat(worldReaches(world.publicAddress(21), web))
                .as("by the new one")
                .isTrue();
        assertThat(worldReaches(world.publicAddress(11), web))
                .as("by the old one")
                .isFalse();
    }

    /** AWS: a NAT instance needs its source/destination check disabled. */
    @Test
    void aNatInstancePassesOnOnlyWithItsCheckLifted() {
        var pairs = Map.of("10.0.1.11", world.publicAddress(11));
        var privateTable = table("private", subnetB, new Route(EVERYWHERE, Target.INTERFACE, "10.0.1.11"));
        boot(vpc(web, pairs, table("public", subnetA, DEFAULT_ROUTE), privateTable));
        lab.run("ip", "netns", "exec", lab.guest(web), "sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        lab.commands.require(Command.of("nft", "-f", "-")
                .withStdin("table ip nat { chain out { type nat hook postrouting priority srcnat; masquerade; }; }")
                .inNamespace(lab.guest(web)));
        assertThat(reachesWorld(hidden)).as("with the check").isFalse();

        var unchecked = eni("1", subnetA, "10.0.1.11", open, false);
        apply(vpc(unchecked, pairs, table("public", subnetA, DEFAULT_ROUTE), privateTable));
        assertThat(reachesWorld(hidden)).as("without it").isTrue();
    }

    @Test
    void theAclOfASubnetStandsBetweenItAndTheWorld() {
        var everything = List.of(new AclEntry(100, true, ALL));
        var noWeb =
                List.of(new AclEntry(90, false, new Rule("tcp", HTTP, HTTP, EVERYWHERE, null)), everything.getFirst());
        var it = vpc(Map.of("10.0.1.11", world.publicAddress(11)), DEFAULT_ROUTE);
        boot(withAcl(it, everything, noWeb));
        assertThat(reachesWorld(web)).as("denied on its way out").isFalse();
        assertThat(worldReaches(world.publicAddress(11), web))
                .as("in, with answers from that port")
                .isTrue();

        apply(withAcl(it, noWeb, everything));
        assertThat(reachesWorld(web)).as("out").isTrue();
        assertThat(worldReaches(world.publicAddress(11), web))
                .as("denied on its way in")
                .isFalse();
    }

    @Test
    void noWayLeadsToTheWorldByTheLinkLocalRange() {
        boot(vpc(Map.of("10.0.1.11", world.publicAddress(11)), DEFAULT_ROUTE));
        lab.run("ip", "-n", world.namespace(), "address", "add", "169.254.7.7/32", "dev", "eth0");
        lab.run("ip", "route", "add", "169.254.7.7/32", "via", world.address());
        try {
            assertThat(connects(lab.guest(web), world.namespace(), "169.254.7.7"))
                    .isFalse();
        } finally {
            lab.run("ip", "route", "delete", "169.254.7.7/32");
        }
    }

    @Test
    void whatIsTakenAwayByHandComesBack() {
        var it = vpc(Map.of("10.0.1.11", world.publicAddress(11)), DEFAULT_ROUTE);
        boot(it);
        var gateway = it.routing().gateway();
        for (var harm : List.of(
                List.of("ip", "netns", "delete", gateway.namespace()),
                List.of("ip", "link", "delete", gateway.atEdge()),
                List.of("ip", "-n", it.namespace(), "link", "delete", "mcigw"),
                List.of("ip", "route", "delete", world.publicAddress(11)),
                List.of("ip", "-n", it.namespace(), "rule", "delete", "priority", "1000"),
                List.of("ip", "-n", gateway.namespace(), "route", "delete", "default"),
                List.of("ip", "-n", gateway.namespace(), "neigh", "flush", "nud", "permanent"),
                List.of("nft", "delete", "table", "ip", "minicloud"),
                List.of("ip", "netns", "exec", gateway.namespace(), "nft", "flush", "ruleset"))) {
            lab.run(harm.toArray(String[]::new));
            apply(it);
            assertThat(reachesWorld(web)).as("after %s", harm).isTrue();
            assertThat(worldReaches(world.publicAddress(11), web))
                    .as("after %s", harm)
                    .isTrue();
        }
    }

    @Test
    void aGatewayThatIsDetachedIsGoneAtOnce() {
        var it = vpc(Map.of("10.0.1.11", world.publicAddress(11)), DEFAULT_ROUTE);
        boot(it);
        lab.apply(Example.withRouting(it, new Routing(it.routing().tables(), null)));

        assertThat(reachesWorld(web)).isFalse();
        assertThat(worldReaches(world.publicAddress(11), web)).isFalse();
    }

    private boolean reachesWorld(Interface from) {
        return connects(lab.guest(from), world.namespace(), world.address());
    }

    private boolean worldReaches(String address, Interface to) {
        return connects(world.namespace(), lab.guest(to), address);
    }

    private boolean connects(String from, String to, String address) {
        try (var session = Conversation.open(lab.entry, from, to, address, HTTP)) {
            return session.goesOn();
        } catch (IOException e) {
            return false;
        }
    }

    private void boot(Router router) {
        apply(router);
        router.interfaces().forEach(eni -> lab.boot(router, eni));
    }

    private void apply(Router router) {
        lab.apply(router);
        assertThat(lab.planFor(router).describe()).isEmpty();
    }

    private Router vpc(Map<String, String> publicAddresses, Route... routes) {
        return vpc(web, publicAddresses, table("public", subnetA, routes));
    }

    private Router vpc(Interface first, Map<String, String> publicAddresses, Table... tables) {
        var everything = List.of(ALL);
        return new Router(
                lab.id("vpc", "v"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Subnet(subnetA, "10.0.1.0/24", 1500), new Subnet(subnetB, "10.0.2.0/24", 1500)),
                List.of(first, plain, hidden, strict),
                List.of(
                        new Group(open, everything, everything),
                        new Group(members, List.of(new Rule("-1", -1, -1, null, open)), everything)),
                Map.of(open, List.of(new Member(web.id(), "10.0.1.11"))),
                List.of(),
                new Routing(List.of(tables), new InternetGateway(lab.id("igw", "g"), publicAddresses)));
    }

    private Router withRule(Router it, Rule rule) {
        var groups = new ArrayList<>(it.groups());
        groups.removeIf(group -> group.id().equals(members));
        groups.add(new Group(members, List.of(rule), List.of(ALL)));
        return Example.withGroups(it, groups);
    }

    private Router withAcl(Router it, List<AclEntry> ingress, List<AclEntry> egress) {
        return Example.withAcls(it, List.of(new Acl(lab.id("acl", "a"), List.of(subnetA), ingress, egress)));
    }

    private Table table(String name, String subnet, Route... routes) {
        return new Table(lab.id("rtb", name), List.of(subnet), List.of(routes));
    }

    private Interface eni(String name, String subnet, String address, String group, boolean check) {
        return lab.eni(name, subnet, address, List.of(group), check);
    }
}
