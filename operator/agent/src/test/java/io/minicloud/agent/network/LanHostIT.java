package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.network.LanObstacle.Reason;
import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.agent.network.Routing.Route;
import io.minicloud.agent.network.Routing.Table;
import io.minicloud.agent.network.Routing.Target;
import io.minicloud.agent.process.Command;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Public addresses that are a part of a network on which the machine is: whoever is on it knows no route to them, so that only an
 * answer to ARP brings a packet here. Needs root.
 */
class LanHostIT {
    private static final int HTTP = 80;
    private static final int ASSOCIATED = 50;
    private static final int ANOTHER = 51;
    private static final int NOBODYS = 52;
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final String STRANGER = "02:00:00:00:00:99";
    private static final Rule ALL = new Rule("-1", -1, -1, EVERYWHERE, null);

    private final Lab lab = new Lab();
    private final World lan = World.onLan(lab);
    private final String subnet = lab.id("subnet", "a");
    private final String open = lab.id("sg", "open");
    private final String shut = lab.id("sg", "shut");
    private final Interface web = lab.eni("1", subnet, "10.0.1.11", List.of(open), true);
    private final Interface strict = lab.eni("2", subnet, "10.0.1.12", List.of(shut), true);
    private final InternetGateway gateway = gateway(Map.of("10.0.1.11", ASSOCIATED));

    @AfterEach
    void cleanUp() {
        execute(new LanRemoval(lab.stack).plan(gateway.id()));
        lan.close();
        lab.close();
    }

    @Test
    void whoIsOnTheNetworkReachesItsAddressesAndNoOthers() throws IOException {
        boot(gateway(Map.of("10.0.1.11", ASSOCIATED, "10.0.1.12", ANOTHER)));

        try (var in = Conversation.open(lab.entry, lan.namespace(), lab.guest(web), address(ASSOCIATED), HTTP)) {
            assertThat(in.goesOn()).isTrue();
            assertThat(in.seen().getAddress().getHostAddress()).isEqualTo(lan.address());
        }
        assertThat(neighbours()).containsEntry(address(ASSOCIATED), mac());
        assertThat(lanReaches(ANOTHER, strict)).as("its group lets nobody in").isFalse();
        assertThat(neighbours()).as("though it is there").containsEntry(address(ANOTHER), mac());
        assertThat(lanReaches(NOBODYS, web)).isFalse();
        assertThat(neighbours()).as("nobody answers for it").doesNotContainKey(address(NOBODYS));
    }

    @Test
    void itsOwnAddressIsWhatTheNetworkSeesOfIt() throws IOException {
        boot(gateway);
        try (var out = Conversation.open(lab.entry, lab.guest(web), lan.namespace(), lan.address(), HTTP)) {
            assertThat(out.goesOn()).isTrue();
            assertThat(out.seen().getAddress().getHostAddress()).isEqualTo(address(ASSOCIATED));
        }
    }

    /** The counterpart: of what no network knows a way back to, the network sees the machine's own address. */
    @Test
    void whatIsNoPartOfTheNetworkStaysMasquerading() throws IOException {
        boot(new InternetGateway(
                gateway.id(),
                Map.of("10.0.1.11", lan.publicAddress(ASSOCIATED), "10.0.1.12", address(ANOTHER)),
                lan(ANOTHER)));
        try (var out = Conversation.open(lab.entry, lab.guest(web), lan.namespace(), lan.address(), HTTP)) {
            assertThat(out.seen().getAddress().getHostAddress()).isEqualTo(lan.edge());
        }
    }

    @Test
    void theNetworkIsToldWhoHasAnAddressNowAndThatNobodyHasTheOldOne() {
        boot(gateway);
        remember(address(ANOTHER), STRANGER);

        apply(gateway(Map.of("10.0.1.11", ANOTHER)));

        await("an unasked word").until(() -> mac().equals(neighbours().get(address(ANOTHER))));
        assertThat(lanReaches(ANOTHER, web)).isTrue();
        assertThat(lanReaches(ASSOCIATED, web)).isFalse();
        assertThat(neighbours()).doesNotContainKey(address(ASSOCIATED));
    }

    @Test
    void aMachineThatPassesOnPacketsIsToldNothingElse() {
        var before = settings();
        boot(gateway);
        assertThat(settings()).isEqualTo(before).contains("proxy_arp = 0");
        assertThat(lanReaches(ASSOCIATED, web)).isTrue();
    }

    @Test
    void whatIsTakenAwayByHandComesBack() {
        boot(gateway);
        var expected = Set.of(new ProxiedAddress(address(ASSOCIATED), lan.cable()));
        for (var harm : List.of(
                List.of("ip", "neigh", "delete", "proxy", address(ASSOCIATED), "dev", lan.cable()),
                List.of("nft", "delete", "table", "ip", gateway.atEdge()),
                List.of("ip", "route", "delete", address(ASSOCIATED)),
                List.of("ip", "netns", "delete", gateway.namespace()),
                List.of("ip", "link", "set", lan.cable(), "down"))) {
            assertThat(new ArpTable().answersFor(expected))
                    .as("before %s", harm)
                    .isTrue();
            lab.run(harm.toArray(String[]::new));
            lab.run("ip", "link", "set", lan.cable(), "up");
            apply(gateway);
            assertThat(lanReaches(ASSOCIATED, web)).as("after %s", harm).isTrue();
        }
        lab.run("ip", "neigh", "delete", "proxy", address(ASSOCIATED), "dev", lan.cable());
        assertThat(new ArpTable().answersFor(expected)).isFalse();
    }

    @Test
    void whatIsGoneAnswersNoMore() {
        boot(gateway);
        assertThat(lanReaches(ASSOCIATED, web)).isTrue();

        execute(new LanRemoval(lab.stack).plan(gateway.id()));

        forget(address(ASSOCIATED));
        assertThat(lanReaches(ASSOCIATED, web)).isFalse();
        assertThat(neighbours()).doesNotContainKey(address(ASSOCIATED));
        assertThat(new LanRemoval(lab.stack).plan(gateway.id()).describe()).isEmpty();
    }

    @Test
    void whatIsInTheWayIsSaidAndNothingIsTaken() {
        assertThat(obstacle(lan.neighbour(ASSOCIATED), lan.cable())).isNull();
        assertThat(obstacle(lan.neighbour(ASSOCIATED), "no-such-link")).isEqualTo(Reason.UplinkNotFound);
        assertThat(obstacle(lan.publicAddress(ASSOCIATED), lan.cable())).isEqualTo(Reason.AddressNotOnLink);
        assertThat(obstacle(lan.edge(), lan.cable())).isEqualTo(Reason.AddressInUse);
        assertThat(obstacle(lan.neighbour(255), lan.cable())).isEqualTo(Reason.AddressInUse);
        assertThat(obstacle("127.0.0.2", "lo")).isEqualTo(Reason.UplinkNotEthernet);
        var defaults = lab.stack.routes().defaults();
        assertThat(obstacle(
                        defaults.isEmpty() ? lan.address() : defaults.getFirst().router(), null))
                .as("the interface of the default route, and the router at its other end")
                .isEqualTo(defaults.isEmpty() ? Reason.UplinkNotFound : Reason.AddressInUse);
        lab.run("sysctl", "-q", "-w", "net.ipv4.conf." + lan.cable() + ".forwarding=0");
        assertThat(obstacle(lan.neighbour(ASSOCIATED), lan.cable())).isEqualTo(Reason.UplinkNotForwarding);
        lab.run("ip", "link", "set", lan.cable(), "down");
        assertThat(obstacle(lan.neighbour(ASSOCIATED), lan.cable())).isEqualTo(Reason.UplinkDown);
    }

    @Test
    void anAddressThatIsRefusedIsNobodysAndTheOthersWork() {
        boot(new InternetGateway(
                gateway.id(),
                Map.of("10.0.1.11", address(ASSOCIATED), "10.0.1.12", lan.publicAddress(ANOTHER)),
                Set.of(
                        new LanAddress(address(ASSOCIATED), lan.cable()),
                        new LanAddress(lan.publicAddress(ANOTHER), lan.cable()))));

        assertThat(lab.run("ip", "route", "show", lan.publicAddress(ANOTHER))).isEmpty();
        assertThat(lanReaches(ASSOCIATED, web)).isTrue();
    }

    private void boot(InternetGateway wanted) {
        apply(wanted);
        var router = router(wanted);
        router.interfaces().forEach(eni -> lab.boot(router, eni));
    }

    private void apply(InternetGateway wanted) {
        lab.apply(router(wanted));
        assertThat(lab.planFor(router(wanted)).describe()).isEmpty();
    }

    private boolean lanReaches(int last, Interface to) {
        try (var session = Conversation.open(lab.entry, lan.namespace(), lab.guest(to), address(last), HTTP)) {
            return session.goesOn();
        } catch (IOException e) {
            return false;
        }
    }

    private @Nullable Reason obstacle(String address, @Nullable String uplink) {
        return new LanObserver(lab.stack)
                .obstacle(new LanAddress(address, uplink))
                .map(LanObstacle::reason)
                .orElse(null);
    }

    /** Whom the one on the network knows, and by which MAC address. */
    private Map<String, String> neighbours() {
        return lab.run("ip", "-n", lan.namespace(), "-4", "neigh", "show")
                .lines()
                .map(line -> line.split("\\s+"))
                .filter(words -> words.length > 4 && words[3].equals("lladdr"))
                .collect(Collectors.toMap(words -> words[0], words -> words[4]));
    }

    private void remember(String address, String mac) {
        ip("neigh", "replace", address, "lladdr", mac, "dev", "eth0", "nud", "stale");
    }

    private void forget(String address) {
        ip("neigh", "delete", address, "dev", "eth0");
    }

    private void ip(String... words) {
        var command = new ArrayList<>(List.of("ip", "-n", lan.namespace()));
        command.addAll(List.of(words));
        lab.run(command.toArray(String[]::new));
    }

    /** The MAC address of the machine on the network. */
    private String mac() {
        return lab.links.find(null, lan.cable()).orElseThrow().mac();
    }

    private String settings() {
        return lab.commands.require(Command.of(
                "sh",
                "-c",
                "sysctl -a 2>/dev/null | grep -E 'net.ipv4.(conf|neigh).(all|default|%s)\\.'".formatted(lan.cable())));
    }

    private String address(int last) {
        return lan.neighbour(last);
    }

    private InternetGateway gateway(Map<String, Integer> pairs) {
        var addresses = new HashMap<String, String>();
        pairs.forEach((inside, last) -> addresses.put(inside, address(last)));
        return new InternetGateway(
                lab.id("igw", "g"), addresses, lan(pairs.values().toArray(Integer[]::new)));
    }

    private Set<LanAddress> lan(Integer... last) {
        var all = new HashSet<LanAddress>();
        for (int each : last) {
            all.add(new LanAddress(address(each), lan.cable()));
        }
        return all;
    }

    private Router router(InternetGateway wanted) {
        var everything = List.of(ALL);
        return new Router(
                lab.id("vpc", "v"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Subnet(subnet, "10.0.1.0/24", 1500)),
                List.of(web, strict),
                List.of(new Group(open, everything, everything), new Group(shut, List.of(), everything)),
                Map.of(),
                List.of(),
                new Routing(
                        List.of(new Table(
                                lab.id("rtb", "r"),
                                List.of(subnet),
                                List.of(new Route(EVERYWHERE, Target.INTERNET_GATEWAY, null)))),
                        wanted));
    }

    private static void execute(Plan plan) {
        new PlanExecutor(Checkpoint.NONE).execute("test", plan);
    }
}
