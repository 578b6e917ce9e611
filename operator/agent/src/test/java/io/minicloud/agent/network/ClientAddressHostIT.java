package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.container.ContainerLab;
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
import io.minicloud.agent.proxy.Proxies;
import io.minicloud.agent.proxy.ProxyFiles;
import io.minicloud.agent.proxy.ProxyFinding;
import io.minicloud.agent.proxy.ProxyWish;
import io.minicloud.api.host.ProxyAction;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A proxy that speaks with its targets under the addresses of its clients, by the real HAProxy and kernel. What is expected is AWS's
 * word, by hand. Needs root.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html">Client IP
 *     preservation</a>
 */
class ClientAddressHostIT {
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final Rule ALL = new Rule("-1", -1, -1, EVERYWHERE, null);
    private static final String NODE = "10.0.1.21";
    private static final int BESIDE = 81;
    private static final int BEYOND = 82;

    @TempDir
    private static Path home;

    private static ContainerLab containers;

    @TempDir
    private Path run;

    private final Lab lab = new Lab();
    private final World world = new World(lab, null);
    private final String nodePublic = world.publicAddress(21);
    private final Subnet subnetA = new Subnet(lab.id("subnet", "a"), "10.0.1.0/24", 1500);
    private final Subnet subnetB = new Subnet(lab.id("subnet", "b"), "10.0.2.0/24", 1500);
    private final String open = lab.id("sg", "open");
    private final String balancer = lab.id("sg", "balancer");
    private final String targets = lab.id("sg", "targets");
    private final Interface node = lab.eni("1", subnetA.id(), NODE, List.of(balancer), true);
    private final Interface beside = lab.eni("2", subnetA.id(), "10.0.1.31", List.of(targets), true);
    private final Interface beyond = lab.eni("3", subnetB.id(), "10.0.2.31", List.of(targets), true);
    private final Interface near = lab.eni("4", subnetA.id(), "10.0.1.41", List.of(open), true);
    private final Interface far = lab.eni("5", subnetB.id(), "10.0.2.41", List.of(open), true);
    private final OwnerTag owner =
            new OwnerTag(lab.owner().installationId(), lab.owner().hostNamespace(), "hostappliance", lab.run);
    private final Appliance appliance = new Appliance(
            lab.id("elb", "n"),
            owner,
            lab.id("vpc", "v"),
            List.of(new Appliance.Interface(node.id(), node.mac(), node.addresses(), subnetA)),
            null,
            List.of(BESIDE, BEYOND),
            true);
    private final List<Reflector> reflectors = new ArrayList<>();
    private Proxies proxies;
    private int port = 40_000;

    @BeforeAll
    static void open() throws IOException {
        containers = new ContainerLab(home, "lab");
    }

    @AfterAll
    static void close() {
        containers.close();
    }

    @BeforeEach
    void makeTheProxies() {
        proxies = new Proxies(containers.containers(), run);
    }

    @AfterEach
    void cleanUp() throws IOException {
        new PlanExecutor(Checkpoint.NONE).execute("test", proxies.removal(appliance.id(), owner));
        for (var reflector : reflectors) {
            reflector.close();
        }
        world.close();
        lab.close();
    }

    @Test
    void targetsSeeTheClientWhereverBothAre() throws IOException {
        boot(router(false, ALL));

        for (var to : List.of(BESIDE, BEYOND)) {
            assertSeen(lab.guest(near), "10.0.1.41", NODE, to);
            assertSeen(lab.guest(far), "10.0.2.41", NODE, to);
            assertSeen(world.namespace(), world.address(), nodePublic, to);
        }
        assertThat(reflectors).allSatisfy(target -> assertThat(target.seen())
                .containsExactlyInAnyOrder("10.0.1.41", "10.0.2.41", world.address()));
        assertThat(Reflector.ask(lab.entry, lab.guest(near), 41_000, "10.0.2.31", BEYOND))
                .as("without the load balancer")
                .isEqualTo("beyond saw 10.0.1.41:41000");
    }

    /** By flows that both sides track: those of a rule for less than the world. Checks pass by the node's own address. */
    @Test
    void theGroupOfATargetJudgesTheClientAndTheNodeOnlyOfChecks() throws IOException {
        boot(router(true, new Rule("tcp", BESIDE, BEYOND, "10.0.2.0/24", null), node(BESIDE), node(BEYOND)));

        for (var to : List.of(BESIDE, BEYOND)) {
            assertSeen(lab.guest(far), "10.0.2.41", NODE, to);
            assertThat(ask(lab.guest(near), NODE, to)).isEqualTo("nothing");
            assertThat(ask(world.namespace(), nodePublic, to)).isEqualTo("nothing");
        }
        assertThat(reflectors).allSatisfy(target -> assertThat(target.seen()).containsExactly("10.0.2.41"));
    }

    /** AWS: a rule that names the load balancer's group lets its clients in, and does not let them come directly. */
    @Test
    void aRuleThatNamesTheGroupOfTheLoadBalancerLetsItsClientsIn() throws IOException {
        boot(router(false, new Rule("tcp", BESIDE, BEYOND, null, balancer)));

        for (var to : List.of(BESIDE, BEYOND)) {
            assertSeen(lab.guest(near), "10.0.1.41", NODE, to);
            assertSeen(world.namespace(), world.address(), nodePublic, to);
        }
        assertThat(ask(lab.guest(near), "10.0.1.31", BESIDE)).as("directly").isEqualTo("nothing");
        assertThat(ask(lab.guest(near), "10.0.2.31", BEYOND)).as("directly").isEqualTo("nothing");
    }

    /** AWS: the client's group is nothing to the target, since its packet comes from the load balancer. */
    @Test
    void aRuleThatNamesTheGroupOfTheClientDoesNot() throws IOException {
        boot(router(true, new Rule("tcp", BESIDE, BEYOND, null, open), node(BESIDE), node(BEYOND)));

        assertThat(ask(lab.guest(near), NODE, BESIDE)).isEqualTo("nothing");
        assertThat(ask(lab.guest(near), "10.0.1.31", BESIDE)).as("directly").startsWith("beside saw 10.0.1.41:");
    }

    @Test
    void theAclOfATargetsSubnetJudgesTheClient() throws IOException {
        var without = router(true, ALL);
        var denied = new AclEntry(90, false, new Rule("tcp", BEYOND, BEYOND, "10.0.1.41/32", null));
        var rest = new AclEntry(100, true, ALL);
        boot(copy(
                without,
                List.of(new Acl(lab.id("acl", "b"), List.of(subnetB.id()), List.of(denied, rest), List.of(rest)))));

        assertThat(ask(lab.guest(near), NODE, BEYOND)).isEqualTo("nothing");
        assertSeen(lab.guest(near), "10.0.1.41", NODE, BESIDE);
        assertSeen(world.namespace(), world.address(), nodePublic, BEYOND);

        var unanswered = new AclEntry(90, false, new Rule("tcp", 1024, 65535, "10.0.1.41/32", null));
        lab.apply(copy(
                without,
                List.of(new Acl(lab.id("acl", "b"), List.of(subnetB.id()), List.of(rest), List.of(unanswered, rest)))));
        assertThat(ask(lab.guest(near), NODE, BEYOND))
                .as("the answer may not leave")
                .isEqualTo("nothing");
        assertSeen(world.namespace(), world.address(), nodePublic, BEYOND);
    }

    /** AWS: a target that is its own client by way of the load balancer times out. */
    @Test
    void aTargetDoesNotReachItself() throws IOException {
        boot(router(false, ALL));

        assertThat(ask(lab.guest(beside), NODE, BESIDE)).isEqualTo("nothing");
        assertSeen(lab.guest(beside), "10.0.1.31", NODE, BEYOND);
    }

    @Test
    void nobodyElseMaySendUnderAnotherAddressAndNothingIsLeftOfIt() throws IOException {
        var plain = copy(
                router(false, ALL),
                new Routing(
                        router(false, ALL).routing().tables(),
                        router(false, ALL).routing().gateway()));
        boot(plain);
        assertThat(ask(lab.guest(far), NODE, BESIDE)).isEqualTo("nothing");

        lab.apply(router(false, ALL));
        assertSeen(lab.guest(far), "10.0.2.41", NODE, BESIDE);
        assertThat(lab.planFor(router(false, ALL)).describe()).isEmpty();

        lab.apply(plain);
        assertThat(lab.planFor(plain).describe()).isEmpty();
        assertThat(lab.run("ip", "-n", plain.namespace(), "rule", "show")).doesNotContain("fwmark");
        assertThat(lab.dump(plain)).doesNotContain("transparent");
        assertThat(ask(lab.guest(far), NODE, BESIDE)).isEqualTo("nothing");
    }

    private void assertSeen(String client, String as, String address, int to) {
        var name = to == BESIDE ? "beside" : "beyond";
        assertThat(ask(client, address, to))
                .as("%s by way of %s:%d", as, address, to)
                .isEqualTo("%s saw %s:%d", name, as, port);
    }

    private String ask(String client, String address, int to) {
        port++;
        return Reflector.ask(lab.entry, client, port, address, to);
    }

    /** Health checks come from the node. */
    private static Rule node(int port) {
        return new Rule("tcp", port, port, NODE + "/32", null);
    }

    private void boot(Router router) throws IOException {
        lab.apply(router);
        List.of(beside, beyond, near, far).forEach(eni -> lab.boot(router, eni));
        lab.apply(router, appliance);
        assertThat(lab.planFor(appliance).describe()).isEmpty();
        reflectors.add(new Reflector(lab.entry, lab.guest(beside), "beside", BESIDE));
        reflectors.add(new Reflector(lab.entry, lab.guest(beyond), "beyond", BEYOND));
        serve();
    }

    private void serve() {
        var spec = new ProxySpec(
                List.of(listener(BESIDE), listener(BEYOND)),
                List.of(group(BESIDE, "10.0.1.31"), group(BEYOND, "10.0.2.31")),
                60,
                3600,
                false,
                "Append",
                null,
                null);
        var image = containers.containers().image("haproxy").orElseThrow();
        var files = ProxyFiles.of(spec, Map.of());
        var before = new ProxyFinding[1];
        Awaitility.await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
            var wish = new ProxyWish(
                    appliance.id(),
                    owner,
                    appliance.namespace(),
                    image,
                    spec,
                    files,
                    before[0] == null ? null : before[0].status());
            new PlanExecutor(Checkpoint.NONE).execute("test", proxies.plan(wish));
            before[0] = proxies.find(wish);
            assertThat(before[0].state()).as(before[0].message()).isEqualTo(ProxyFinding.State.InForce);
            assertThat(before[0].status().targets())
                    .allMatch(target -> target.state().equals("Healthy"));
        });
    }

    private static ProxyListener listener(int port) {
        var forward = new ProxyAction.Forward(List.of(new ProxyAction.Weighted(id(port), 1)), null);
        return new ProxyListener(port, "TCP", null, null, new ProxyAction(forward, null, null));
    }

    private static ProxyTargetGroup group(int port, String address) {
        return new ProxyTargetGroup(
                id(port),
                "TCP",
                "RoundRobin",
                null,
                null,
                new ProxyTargetGroup.HealthCheck("TCP", null, null, null, 1, 1, 2, 2),
                List.of(new ProxyTargetGroup.Target(address, port, null)),
                null,
                null,
                true);
    }

    private static String id(int number) {
        return "tg-%017x".formatted(number);
    }

    /**
     * The VPC.
     *
     * @param tracked whether the group of the load balancer tracks its flows
     * @param ofTargets what the group of the targets lets in
     */
    private Router router(boolean tracked, Rule... ofTargets) {
        var everything = List.of(ALL);
        var within = List.of(new Rule("tcp", BESIDE, BEYOND, "10.0.0.0/16", null));
        return new Router(
                lab.id("vpc", "v"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(subnetA, subnetB),
                List.of(node, beside, beyond, near, far),
                List.of(
                        new Group(open, everything, everything),
                        new Group(balancer, everything, tracked ? within : everything),
                        new Group(targets, List.of(ofTargets), ofTargets[0].equals(ALL) ? everything : List.of())),
                Map.of(
                        balancer,
                        List.of(new Member(node.id(), NODE)),
                        open,
                        List.of(new Member(near.id(), "10.0.1.41"), new Member(far.id(), "10.0.2.41"))),
                List.of(),
                new Routing(
                        List.of(new Table(
                                lab.id("rtb", "all"),
                                List.of(subnetA.id(), subnetB.id()),
                                List.of(new Route(EVERYWHERE, Target.INTERNET_GATEWAY, null)))),
                        new InternetGateway(lab.id("igw", "g"), Map.of(NODE, nodePublic)),
                        Set.of(node.id())));
    }

    private static Router copy(Router it, List<Acl> acls) {
        return copy(it, acls, it.routing());
    }

    private static Router copy(Router it, Routing routing) {
        return copy(it, it.acls(), routing);
    }

    private static Router copy(Router it, List<Acl> acls, Routing routing) {
        return new Router(
                it.vpcId(),
                it.owner(),
                it.ranges(),
                it.dns(),
                it.link(),
                it.subnets(),
                it.interfaces(),
                it.groups(),
                it.members(),
                acls,
                routing);
    }
}
