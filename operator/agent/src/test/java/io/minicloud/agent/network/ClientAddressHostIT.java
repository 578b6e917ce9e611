package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.container.ContainerLab;
import io.minicloud.agent.network.Router.Acl;
import io.minicloud.agent.network.Router.AclEntry;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.proxy.Proxies;
import io.minicloud.agent.proxy.ProxyFiles;
import io.minicloud.agent.proxy.ProxyFinding;
import io.minicloud.agent.proxy.ProxyWish;
import io.minicloud.api.host.ProxyAction;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final Rule ALL = BalancerVpc.ALL;
    private static final String NODE = BalancerVpc.NODE;
    private static final int BESIDE = 81;
    private static final int BEYOND = 82;

    @TempDir
    private static Path home;

    private static ContainerLab containers;

    @TempDir
    private Path run;

    private final BalancerVpc vpc = new BalancerVpc();
    private final Lab lab = vpc.lab;
    private final World world = vpc.world;
    private final Appliance appliance = vpc.appliance(List.of(BESIDE, BEYOND), true);
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
        new PlanExecutor(Checkpoint.NONE).execute("test", proxies.removal(appliance.id(), vpc.owner));
        for (var reflector : reflectors) {
            reflector.close();
        }
        vpc.close();
    }

    @Test
    void targetsSeeTheClientWhereverBothAre() throws IOException {
        boot(router(false, ALL));

        for (var to : List.of(BESIDE, BEYOND)) {
            assertSeen(lab.guest(vpc.near), "10.0.1.41", NODE, to);
            assertSeen(lab.guest(vpc.far), "10.0.2.41", NODE, to);
            assertSeen(world.namespace(), world.address(), vpc.nodePublic, to);
        }
        assertThat(reflectors).allSatisfy(target -> assertThat(target.seen())
                .containsExactlyInAnyOrder("10.0.1.41", "10.0.2.41", world.address()));
        assertThat(Reflector.ask(lab.entry, lab.guest(vpc.near), 41_000, "10.0.2.31", BEYOND))
                .as("without the load balancer")
                .isEqualTo("beyond saw 10.0.1.41:41000");
    }

    /** By flows that both sides track: those of a rule for less than the world. Checks pass by the node's own address. */
    @Test
    void theGroupOfATargetJudgesTheClientAndTheNodeOnlyOfChecks() throws IOException {
        boot(router(true, new Rule("tcp", BESIDE, BEYOND, "10.0.2.0/24", null), node(BESIDE), node(BEYOND)));

        for (var to : List.of(BESIDE, BEYOND)) {
            assertSeen(lab.guest(vpc.far), "10.0.2.41", NODE, to);
            assertThat(ask(lab.guest(vpc.near), NODE, to)).isEqualTo("nothing");
            assertThat(ask(world.namespace(), vpc.nodePublic, to)).isEqualTo("nothing");
        }
        assertThat(reflectors).allSatisfy(target -> assertThat(target.seen()).containsExactly("10.0.2.41"));
    }

    /** AWS: a rule that names the load balancer's group lets its clients in, and does not let them come directly. */
    @Test
    void aRuleThatNamesTheGroupOfTheLoadBalancerLetsItsClientsIn() throws IOException {
        boot(router(false, new Rule("tcp", BESIDE, BEYOND, null, vpc.balancer)));

        for (var to : List.of(BESIDE, BEYOND)) {
            assertSeen(lab.guest(vpc.near), "10.0.1.41", NODE, to);
            assertSeen(world.namespace(), world.address(), vpc.nodePublic, to);
        }
        assertThat(ask(lab.guest(vpc.near), "10.0.1.31", BESIDE)).as("directly").isEqualTo("nothing");
        assertThat(ask(lab.guest(vpc.near), "10.0.2.31", BEYOND)).as("directly").isEqualTo("nothing");
    }

    /** AWS: the client's group is nothing to the target, since its packet comes from the load balancer. */
    @Test
    void aRuleThatNamesTheGroupOfTheClientDoesNot() throws IOException {
        boot(router(true, new Rule("tcp", BESIDE, BEYOND, null, vpc.open), node(BESIDE), node(BEYOND)));

        assertThat(ask(lab.guest(vpc.near), NODE, BESIDE)).isEqualTo("nothing");
        assertThat(ask(lab.guest(vpc.near), "10.0.1.31", BESIDE)).as("directly").startsWith("beside saw 10.0.1.41:");
    }

    @Test
    void theAclOfATargetsSubnetJudgesTheClient() throws IOException {
        var without = router(true, ALL);
        var denied = new AclEntry(90, false, new Rule("tcp", BEYOND, BEYOND, "10.0.1.41/32", null));
        var rest = new AclEntry(100, true, ALL);
        boot(BalancerVpc.copy(
                without,
                List.of(new Acl(lab.id("acl", "b"), List.of(vpc.subnetB.id()), List.of(denied, rest), List.of(rest))),
                without.routing()));

        assertThat(ask(lab.guest(vpc.near), NODE, BEYOND)).isEqualTo("nothing");
        assertSeen(lab.guest(vpc.near), "10.0.1.41", NODE, BESIDE);
        assertSeen(world.namespace(), world.address(), vpc.nodePublic, BEYOND);

        var unanswered = new AclEntry(90, false, new Rule("tcp", 1024, 65535, "10.0.1.41/32", null));
        lab.apply(BalancerVpc.copy(
                without,
                List.of(new Acl(
                        lab.id("acl", "b"), List.of(vpc.subnetB.id()), List.of(rest), List.of(unanswered, rest))),
                without.routing()));
        assertThat(ask(lab.guest(vpc.near), NODE, BEYOND))
                .as("the answer may not leave")
                .isEqualTo("nothing");
        assertSeen(world.namespace(), world.address(), vpc.nodePublic, BEYOND);
    }

    /** AWS: a target that is its own client by way of the load balancer times out. */
    @Test
    void aTargetDoesNotReachItself() throws IOException {
        boot(router(false, ALL));

        assertThat(ask(lab.guest(vpc.beside), NODE, BESIDE)).isEqualTo("nothing");
        assertSeen(lab.guest(vpc.beside), "10.0.1.31", NODE, BEYOND);
    }

    @Test
    void nobodyElseMaySendUnderAnotherAddressAndNothingIsLeftOfIt() throws IOException {
        var plain = BalancerVpc.copy(
                router(false, ALL),
                List.of(),
                new Routing(
                        router(false, ALL).routing().tables(),
                        router(false, ALL).routing().gateway()));
        boot(plain);
        assertThat(ask(lab.guest(vpc.far), NODE, BESIDE)).isEqualTo("nothing");

        lab.apply(router(false, ALL));
        assertSeen(lab.guest(vpc.far), "10.0.2.41", NODE, BESIDE);
        assertThat(lab.planFor(router(false, ALL)).describe()).isEmpty();

        lab.apply(plain);
        assertThat(lab.planFor(plain).describe()).isEmpty();
        assertThat(lab.run("ip", "-n", plain.namespace(), "rule", "show")).doesNotContain("fwmark");
        assertThat(lab.dump(plain)).doesNotContain("transparent");
        assertThat(ask(lab.guest(vpc.far), NODE, BESIDE)).isEqualTo("nothing");
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
        vpc.boot(router, appliance);
        assertThat(lab.planFor(appliance).describe()).isEmpty();
        reflectors.add(new Reflector(lab.entry, lab.guest(vpc.beside), "beside", BESIDE));
        reflectors.add(new Reflector(lab.entry, lab.guest(vpc.beyond), "beyond", BEYOND));
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
                null,
                null);
        var image = containers.containers().image("haproxy").orElseThrow();
        var files = ProxyFiles.of(spec, Map.of());
        var before = new ProxyFinding[1];
        Awaitility.await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
            var wish = new ProxyWish(
                    appliance.id(),
                    vpc.owner,
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

    private Router router(boolean tracked, Rule... ofTargets) {
        return vpc.router(tracked ? new Rule("tcp", BESIDE, BEYOND, "10.0.0.0/16", null) : ALL, ofTargets);
    }
}
