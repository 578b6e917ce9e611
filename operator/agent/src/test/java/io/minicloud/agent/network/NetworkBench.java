package io.minicloud.agent.network;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import io.minicloud.api.testing.bench.BenchReport;
import io.minicloud.api.testing.bench.Figure;
import io.minicloud.api.testing.bench.Samples;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * P1 and P2: TCP through a VPC beside TCP through bridges and a router that were made by hand, in one namespace and without a
 * rule. The two take turns, so that a machine whose speed changes is fair to both. Guests are namespaces at a veth: the
 * path is measured, not an emulated processor. Once in a VPC of three interfaces and their default group, once in one of 1,000
 * interfaces with 100 rules and with ACLs around the subnets.
 *
 * <p>The ways to the world by the internet gateway and by a NAT gateway, beside a router that masquerades.
 *
 * <p>P6, the agent's part: from a changed rule of that large VPC until the kernel has it, beside nft loading the same rules.
 */
class NetworkBench {
    private static final int ROUNDS = 7;
    private static final int CHANGES = 20;
    private static final int INTERFACES = 1_000;
    private static final int RULES = 100;
    private static final double ENFORCED_MS = 300;
    private static final double NANOS_PER_MS = 1e6;
    private static final Rule EVERYTHING = new Rule("-1", -1, -1, "0.0.0.0/0", null);
    private static final String SECONDS = "2";
    private static final String IPERF_PORT = "5201";

    /** Another one: sockperf does not take a port on which connections still end. */
    private static final String SOCKPERF_PORT = "5202";

    private static final double ENOUGH_THROUGHPUT = 0.97;
    private static final double ENOUGH_BEYOND = 0.95;
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final double MICROSECONDS_MORE = 2;
    private static final double GIGA = 1e9;
    private static final Pattern ROUND_TRIP = Pattern.compile("Round trip is ([0-9.]+) usec");

    private final Lab lab = new Lab();
    private final BenchReport report = new BenchReport("network");
    private final List<Process> servers = new ArrayList<>();

    @AfterEach
    void cleanUp() {
        servers.forEach(Process::destroyForcibly);
        lab.close();
    }

    @Test
    void throughputRoundTripAndChange() throws Exception {
        var plain = plain();
        var small = router("small", List.of(), List.of(), 3);
        var vpc = boot(small);
        compare("inside a subnet", vpc.get(0), vpc.get(1), plain.get(0), plain.get(1));
        compare("across subnets", vpc.get(0), vpc.get(2), plain.get(0), plain.get(2));

        var large = large(0);
        var crowd = boot(large);
        var many = ", %,d interfaces and %d rules".formatted(INTERFACES, RULES);
        compare("inside a subnet" + many, crowd.get(0), crowd.get(1), plain.get(0), plain.get(1));
        compare("across subnets" + many + ", ACLs", crowd.get(0), crowd.get(2), plain.get(0), plain.get(2));
        change();
        beyond(small);
        report.publish();
    }

    /**
     * From a guest of the VPC to a machine outside, by the internet gateway and the root namespace, and from another by a NAT
     * gateway too. The floor is one router that masquerades, made by hand.
     */
    private void beyond(Router small) throws Exception {
        var router = named("plain");
        try (var world = new World(lab, null);
                var plainWorld = new World(lab, router)) {
            lab.commands.require(Command.of("nft", "-f", "-")
                    .withStdin("table ip nat { chain out { type nat hook postrouting priority srcnat; oifname "
                            + plainWorld.cable() + " masquerade; }; }")
                    .inNamespace(router));
            var bare = new Guest(named("plain-1-11"), "10.0.1.11");
            var peer = new Guest(world.namespace(), world.address());
            var barePeer = new Guest(plainWorld.namespace(), plainWorld.address());

            var nat = natGateway(small, world);
            var open = guest(small.interfaces().getFirst());
            compareBeyond("by the internet gateway", open, peer, bare, barePeer);
            lab.apply(nat.router(), nat.gateway());
            var hidden = guest(small.interfaces().getLast());
            compareBeyond("by a NAT gateway", hidden, peer, bare, barePeer);
        }
    }

    private record Nat(Router router, Appliance gateway) {}

    /** The VPC with an internet gateway for its first subnet and, in that, a NAT gateway for its second. */
    private Nat natGateway(Router small, World world) {
        var first = small.interfaces().getFirst();
        var last = small.interfaces().getLast();
        var subnet = small.subnets().getFirst();
        var id = lab.id("eni", "nat");
        var address = "10.0.8.99";
        var eni = new Interface(
                id, subnet.id(), Interface.portOf(id), "02:00:00:00:00:99", List.of(address), List.of(), false, null);
        var out = new Table(
                lab.id("rtb", "out"),
                List.of(first.subnetId()),
                List.of(new Route("0.0.0.0/0", Target.INTERNET_GATEWAY, null)));
        var by = new Table(
                lab.id("rtb", "nat"),
                List.of(last.subnetId()),
                List.of(new Route("0.0.0.0/0", Target.INTERFACE, address)));
        var pairs = Map.of(first.addresses().getFirst(), world.publicAddress(9), address, world.publicAddress(10));
        var router = Example.withInterfaces(
                Example.withRouting(
                        small, new Routing(List.of(out, by), new InternetGateway(lab.id("igw", "out"), pairs))),
                Stream.concat(small.interfaces().stream(), Stream.of(eni)).toList());
        lab.apply(router);
        return new Nat(
                router,
                new Appliance(
                        lab.id("nat", "n"),
                        lab.owner(),
                        router.vpcId(),
                        List.of(new Appliance.Interface(id, eni.mac(), eni.addresses(), subnet)),
                        new Appliance.SourceNat(List.of("10.0.0.0/16"), 1024, 65535, 350),
                        List.of()));
    }

    private void compareBeyond(String way, Guest ours, Guest peer, Guest bare, Guest barePeer) throws Exception {
        compare("to the world " + way, ours, peer, bare, barePeer, ENOUGH_BEYOND);
        var rates = new ArrayList<Double>();
        var bareRates = new ArrayList<Double>();
        for (var round = 0; round < ROUNDS; round++) {
            rates.add(connections(ours, peer));
            bareRates.add(connections(bare, barePeer));
        }
        var floor = Samples.of(bareRates).median();
        report.add(Figure.high("P1", "new TCP connections to the world " + way, "1/s", Samples.of(rates))
                .over(floor)
                .aiming(ENOUGH_BEYOND * floor));
    }

    private Guest guest(Interface eni) {
        return new Guest(lab.guest(eni), eni.addresses().getFirst());
    }

    /** Connections a second, each made and ended before the next. */
    private double connections(Guest from, Guest to) throws IOException {
        // The server is closed first, which ends the task that the pool waits for.
        try (var pool = Executors.newVirtualThreadPerTaskExecutor();
                var server = lab.entry.call(to.namespace(), () -> new ServerSocket(0, 100))) {
            pool.submit(() -> {
                while (true) {
                    server.accept().close();
                }
            });
            return lab.entry.call(from.namespace(), () -> {
                var address = new InetSocketAddress(to.address(), server.getLocalPort());
                var start = System.nanoTime();
                var made = 0;
                for (; System.nanoTime() - start < CONNECTING.toNanos(); made++) {
                    try (var socket = new Socket()) {
                        socket.connect(address);
                        socket.getInputStream().read();
                    }
                }
                return made * GIGA / (System.nanoTime() - start);
            });
        }
    }

    /** Each change closes the port of the change before and opens its own. */
    private void change() {
        var renderer = new RulesetRenderer();
        var ours = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        for (var number = 1; number <= CHANGES; number++) {
            var changed = large(number);
            ours.add(millis(() -> lab.apply(changed)));
            var rules = renderer.render(changed);
            bare.add(millis(() -> lab.filter.load(changed.namespace(), rules)));
        }
        report.add(Figure.low(
                        "P6",
                        "changed rule, planned and loaded, %,d interfaces".formatted(INTERFACES),
                        "ms",
                        Samples.of(ours))
                .byP95()
                .over(Samples.of(bare).p95())
                .aiming(ENFORCED_MS));
    }

    private static double millis(Runnable work) {
        var start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS_PER_MS;
    }

    private void compare(String where, Guest ours, Guest ourPeer, Guest bare, Guest barePeer) throws Exception {
        compare(where, ours, ourPeer, bare, barePeer, ENOUGH_THROUGHPUT);
    }

    private void compare(String where, Guest ours, Guest ourPeer, Guest bare, Guest barePeer, double enough)
            throws Exception {
        listen(ourPeer, IPERF_PORT, "iperf3", "-s");
        listen(barePeer, IPERF_PORT, "iperf3", "-s");
        var throughput = new ArrayList<Double>();
        var bareThroughput = new ArrayList<Double>();
        for (var round = 0; round < ROUNDS; round++) {
            throughput.add(throughput(ours, ourPeer));
            bareThroughput.add(throughput(bare, barePeer));
        }
        stop();
        var floor = Samples.of(bareThroughput).median();
        report.add(Figure.high("P1", "TCP throughput " + where, "Gbit/s", Samples.of(throughput))
                .over(floor)
                .aiming(enough * floor));

        listen(ourPeer, SOCKPERF_PORT, "sockperf", "server", "--tcp", "-i", ourPeer.address(), "-p", SOCKPERF_PORT);
        listen(barePeer, SOCKPERF_PORT, "sockperf", "server", "--tcp", "-i", barePeer.address(), "-p", SOCKPERF_PORT);
        var trips = new ArrayList<Double>();
        var bareTrips = new ArrayList<Double>();
        for (var round = 0; round < ROUNDS; round++) {
            trips.add(roundTrip(ours, ourPeer));
            bareTrips.add(roundTrip(bare, barePeer));
        }
        stop();
        var bareTrip = Samples.of(bareTrips).median();
        report.add(Figure.low("P2", "TCP round trip " + where, "us", Samples.of(trips))
                .over(bareTrip)
                .aiming(bareTrip + MICROSECONDS_MORE));
    }

    private double throughput(Guest from, Guest to) throws IOException {
        var told = run(from, "iperf3", "-c", to.address(), "-t", SECONDS, "-J");
        return new ObjectMapper()
                        .readTree(told)
                        .at("/end/sum_received/bits_per_second")
                        .asDouble()
                / GIGA;
    }

    private double roundTrip(Guest from, Guest to) {
        var told = run(
                from,
                "sockperf",
                "ping-pong",
                "--tcp",
                "--full-rtt",
                "-i",
                to.address(),
                "-p",
                SOCKPERF_PORT,
                "-t",
                SECONDS);
        return ROUND_TRIP
                .matcher(told)
                .results()
                .map(match -> Double.parseDouble(match.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(told));
    }

    private String run(Guest guest, String... command) {
        return lab.commands.require(Command.of(command).inNamespace(guest.namespace()));
    }

    private void listen(Guest guest, String port, String... command) throws IOException {
        var words = Stream.concat(Stream.of("ip", "netns", "exec", guest.namespace()), Stream.of(command))
                .toList();
        servers.add(new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        await().until(() -> !run(guest, "ss", "-Hltn", "sport", "=", ":" + port).isBlank());
    }

    private void stop() throws InterruptedException {
        for (var server : servers) {
            server.destroy();
            server.waitFor();
        }
        servers.clear();
    }

    /** A VPC of a thousand interfaces, with as many rules as AWS lets an interface have by default, and ACLs that forbid something. */
    private Router large(int change) {
        var rules = new ArrayList<Rule>();
        for (var port = 1; port < RULES; port++) {
            rules.add(new Rule("tcp", port, port, "10.0.%d.0/24".formatted(port), null));
        }
        rules.add(new Rule("tcp", 10_000 + change, 10_000 + change, "192.0.2.0/24", null));
        var entries = List.of(
                new AclEntry(90, false, new Rule("tcp", 22, 22, "192.0.2.0/24", null)),
                new AclEntry(100, true, EVERYTHING));
        return router(
                "large",
                rules,
                List.of(
                        new Acl(lab.id("acl", "a"), List.of(lab.id("subnet", "large-a")), entries, entries),
                        new Acl(lab.id("acl", "b"), List.of(lab.id("subnet", "large-b")), entries, entries)),
                INTERFACES);
    }

    /** The first two interfaces are in one subnet, the third is in another, the others are in both by turns. */
    private Router router(String name, List<Rule> more, List<Acl> acls, int interfaces) {
        var group = lab.id("sg", name);
        var a = lab.id("subnet", name + "-a");
        var b = lab.id("subnet", name + "-b");
        var enis = IntStream.range(0, interfaces)
                .mapToObj(number -> number == 2 || number > 2 && number % 2 == 0
                        ? eni(name + number, b, "10.0.%d.%d".formatted(16 + number / 200, 11 + number % 200), group)
                        : eni(name + number, a, "10.0.%d.%d".formatted(10 + number / 200, 11 + number % 200), group))
                .toList();
        var ingress = new ArrayList<>(more);
        ingress.add(new Rule("-1", -1, -1, null, group));
        return new Router(
                lab.id("vpc", name),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Subnet(a, "10.0.8.0/21", 1500), new Subnet(b, "10.0.16.0/21", 1500)),
                enis,
                List.of(new Group(group, ingress, List.of(EVERYTHING))),
                Map.of(
                        group,
                        enis.stream()
                                .map(eni -> new Member(eni.id(), eni.addresses().getFirst()))
                                .toList()),
                acls,
                Routing.LOCAL);
    }

    /** Guests at the first three interfaces; the others are in the rules alone. */
    private List<Guest> boot(Router router) {
        lab.apply(router);
        var enis = router.interfaces().subList(0, 3);
        enis.forEach(eni -> lab.boot(router, eni));
        return enis.stream().map(this::guest).toList();
    }

    private Interface eni(String name, String subnet, String address, String group) {
        var id = lab.id("eni", name);
        var mac = "02:" + id.substring(id.length() - 10).replaceAll("(..)(?=.)", "$1:");
        return new Interface(id, subnet, Interface.portOf(id), mac, List.of(address), List.of(group), true, null);
    }

    /** The same by hand. */
    private List<Guest> plain() {
        var router = namespace("plain");
        ip(router, "link", "set", "lo", "up");
        lab.run("ip", "netns", "exec", router, "sysctl", "-qw", "net.ipv4.ip_forward=1");
        for (var subnet = 1; subnet <= 2; subnet++) {
            ip(router, "link", "add", "br" + subnet, "type", "bridge");
            ip(router, "address", "add", "10.0." + subnet + ".1/24", "dev", "br" + subnet);
            ip(router, "link", "set", "br" + subnet, "up");
        }
        return List.of(plainGuest(router, 1, 11), plainGuest(router, 1, 12), plainGuest(router, 2, 11));
    }

    private Guest plainGuest(String router, int subnet, int number) {
        var port = "p" + subnet + "-" + number;
        var guest = namespace("plain-" + subnet + "-" + number);
        var address = "10.0." + subnet + "." + number;
        ip(router, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", guest);
        ip(router, "link", "set", port, "master", "br" + subnet, "up");
        ip(guest, "link", "set", "lo", "up");
        ip(guest, "link", "set", "eth0", "up");
        ip(guest, "address", "add", address + "/24", "dev", "eth0");
        ip(guest, "route", "add", "default", "via", "10.0." + subnet + ".1");
        return new Guest(guest, address);
    }

    private String namespace(String name) {
        var namespace = named(name);
        lab.own(namespace);
        lab.run("ip", "netns", "add", namespace);
        return namespace;
    }

    private String named(String name) {
        return "lab-" + lab.run.substring(0, 8) + "-" + name;
    }

    private void ip(String namespace, String... words) {
        lab.run(Stream.concat(Stream.of("ip", "-n", namespace), Stream.of(words))
                .toArray(String[]::new));
    }

    private record Guest(String namespace, String address) {}
}
