package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.stage.Agent;
import io.minicloud.agent.stage.CrashPoints;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The world asks this machine for the names of load balancers, from another machine. Needs root. */
class NameServerHostIT {
    private static final String WEB = "web-0123456789.elb.home-1.minicloud";
    private static final int FIRST = 53;
    private static final int SECOND = 54;

    /** As on AWS. */
    private static final int SECONDS_TO_LIVE = 60;

    private final Lab lab = new Lab();
    private final World world = new World(lab, null);
    private final World lan = World.onLan(lab);
    private final String id = lab.id("dns", "outside");
    private final OwnerTag owner = new OwnerTag("lab-" + lab.run, "minicloud-host-lab", "dnsserver", "lab");

    @TempDir
    private Path run;

    private NameServers servers;
    private SharedNames names;

    @BeforeEach
    void open() throws Exception {
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        servers = servers();
        names = new SharedNames(lab.commands, dnsmasq(), daemon());
        lab.own("mc-" + id);
    }

    @AfterEach
    void cleanUp() {
        execute(servers.plan(nobody()));
        lan.close();
        world.close();
        lab.close();
    }

    @Test
    void theWorldIsAnsweredForNamesThatThereAreAndRefusedAllElse() throws Exception {
        execute(names.plan(Map.of(WEB, List.of("203.0.113.4", "203.0.113.5"))));
        execute(servers.plan(routed(FIRST)));
        var server = world.publicAddress(FIRST);

        awaitAnswer(world, server, known("203.0.113.4", "203.0.113.5"));
        assertThat(ask(world, server, "no-" + WEB)).isEqualTo(nothing(DnsAnswer.NO_SUCH_NAME));
        assertThat(ask(world, server, "example.com")).isEqualTo(nothing(DnsAnswer.REFUSED));
        assertThat(ask(world, server, "ip-10-0-1-11.home-1.compute.internal")).isEqualTo(nothing(DnsAnswer.REFUSED));
        assertThat(servers.plan(routed(FIRST)).describe()).isEmpty();

        execute(names.plan(Map.of(WEB, List.of("203.0.113.5"))));
        awaitAnswer(world, server, known("203.0.113.5"));
        execute(names.plan(Map.of()));
        awaitAnswer(world, server, nothing(DnsAnswer.NO_SUCH_NAME));
    }

    @Test
    void nothingElseOfTheMachineIsAtTheAddressAndNothingOfItAtTheMachines() throws Exception {
        execute(names.plan(Map.of(WEB, List.of("203.0.113.4"))));
        execute(servers.plan(routed(FIRST)));
        awaitAnswer(world, world.publicAddress(FIRST), known("203.0.113.4"));

        try (var everywhere = new ServerSocket(0)) {
            assertThat(connects(world.edge(), everywhere.getLocalPort())).isTrue();
            assertThat(connects(world.publicAddress(FIRST), everywhere.getLocalPort()))
                    .isFalse();
        }
        assertThatThrownBy(() -> lab.entry.call(
                        world.namespace(), () -> DnsAnswer.askByTcp(world.edge(), WEB, DnsAnswer.ADDRESS)))
                .hasRootCauseInstanceOf(ConnectException.class);
    }

    @Test
    void addressesComeAndGoWithTheSameProcess() throws Exception {
        execute(names.plan(Map.of(WEB, List.of("203.0.113.4"))));
        execute(servers.plan(routed(FIRST)));
        awaitAnswer(world, world.publicAddress(FIRST), known("203.0.113.4"));
        var process = daemon().running();
        assertThat(process).isPresent();

        execute(servers.plan(routed(SECOND)));

        awaitAnswer(world, world.publicAddress(SECOND), known("203.0.113.4"));
        assertThatThrownBy(() -> ask(world, world.publicAddress(FIRST), WEB)).isNotNull();
        assertThat(daemon().running()).isEqualTo(process);
    }

    @Test
    void whoIsOnTheNetworkOfTheMachineAsksAtAnAddressOfThatNetwork() throws Exception {
        var address = lan.neighbour(FIRST);
        var server = new NameServer(id, owner, Set.of(address), Set.of(new LanAddress(address, lan.cable())));
        execute(names.plan(Map.of(WEB, List.of("203.0.113.4"))));
        assertThatThrownBy(() -> ask(lan, address, WEB)).isNotNull();

        execute(servers.plan(server));

        awaitAnswer(lan, address, known("203.0.113.4"));
        assertThat(servers.plan(server).describe()).isEmpty();
        execute(servers.plan(nobody()));
        assertThat(lab.run("ip", "neigh", "show", "proxy")).doesNotContain(address);
    }

    @Test
    void aKilledOneIsStartedAndWhatIsTakenAwayComesBack() throws Exception {
        execute(names.plan(Map.of(WEB, List.of("203.0.113.4"))));
        execute(servers.plan(routed(FIRST)));
        for (var harm : List.of(
                List.of("kill", "-9", String.valueOf(daemon().running().orElseThrow())),
                List.of("ip", "-n", "mc-" + id, "address", "flush", "dev", "mcedge"),
                List.of("ip", "link", "delete", InternetGateway.atEdge(id)),
                List.of("ip", "netns", "delete", "mc-" + id))) {
            lab.run(harm.toArray(String[]::new));

            await().untilAsserted(() -> {
                execute(servers.plan(routed(FIRST)));
                assertThat(ask(world, world.publicAddress(FIRST), WEB))
                        .as("after %s", harm)
                        .isEqualTo(known("203.0.113.4"));
            });
        }
    }

    @Test
    void aCrashAfterAnyStepIsSurvivedAndNothingIsLeft() throws Exception {
        execute(names.plan(Map.of(WEB, List.of("203.0.113.4"))));

        assertThat(CrashPoints.survivedInOne(this::story))
                .anyMatch(action -> action.startsWith("create network namespace"))
                .anyMatch(action -> action.startsWith("start dnsmasq"))
                .anyMatch(action -> action.startsWith("delete network namespace"));
        assertThat(run.resolve("nameserver")).doesNotExist();
        assertThat(servers.plan(nobody()).isEmpty()).isTrue();
    }

    private List<Object> story(Agent agent) throws Exception {
        var seen = new ArrayList<Object>();
        settle(agent, routed(FIRST, SECOND));
        awaitAnswer(world, world.publicAddress(SECOND), known("203.0.113.4"));
        settle(agent, routed(FIRST));
        seen.add(ask(world, world.publicAddress(FIRST), WEB));
        seen.add(lab.links.list("mc-" + id).keySet());
        settle(agent, nobody());
        await().until(() -> lab.links.find(null, InternetGateway.atEdge(id)).isEmpty());
        seen.add(lab.links.namespaceExists("mc-" + id));
        return seen;
    }

    private void settle(Agent agent, NameServer wanted) throws Exception {
        agent.settle(executor -> {
            executor.execute("test", servers().plan(wanted));
            return true;
        });
    }

    private void awaitAnswer(World asker, String server, DnsAnswer expected) {
        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(ask(asker, server, WEB)).isEqualTo(expected));
    }

    private DnsAnswer ask(World asker, String server, String name) throws Exception {
        var byTcp = lab.entry.call(asker.namespace(), () -> DnsAnswer.askByTcp(server, name, DnsAnswer.ADDRESS));
        assertThat(lab.entry.call(asker.namespace(), () -> DnsAnswer.ask(server, name, DnsAnswer.ADDRESS)))
                .isEqualTo(byTcp);
        return byTcp;
    }

    private boolean connects(String address, int port) throws Exception {
        return lab.entry.call(world.namespace(), () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 1000);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static DnsAnswer known(String... texts) {
        return new DnsAnswer(DnsAnswer.KNOWN, List.of(texts), SECONDS_TO_LIVE);
    }

    private static DnsAnswer nothing(int code) {
        return new DnsAnswer(code, List.of(), 0);
    }

    private NameServer routed(int... last) {
        return new NameServer(
                id, owner, IntStream.of(last).mapToObj(world::publicAddress).collect(Collectors.toSet()), Set.of());
    }

    private NameServer nobody() {
        return routed();
    }

    private NameServers servers() {
        return new NameServers(lab.stack, daemon());
    }

    private NameServerDaemon daemon() {
        return new NameServerDaemon(lab.commands, new NamedNamespaces(MachineView.direct()), dnsmasq(), run, id);
    }

    private Dnsmasq dnsmasq() {
        return new Dnsmasq(lab.commands, new NamedNamespaces(MachineView.direct()), run);
    }

    private static void execute(Plan plan) {
        new PlanExecutor(Checkpoint.NONE).execute("test", plan);
    }
}
