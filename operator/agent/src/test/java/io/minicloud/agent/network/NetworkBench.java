package io.minicloud.agent.network;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Member;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.agent.process.Command;
import io.minicloud.api.testing.bench.BenchReport;
import io.minicloud.api.testing.bench.Figure;
import io.minicloud.api.testing.bench.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * P1 and P2: TCP through a VPC beside TCP through bridges and a router that were made by hand, in one namespace and without a
 * rule. The two take turns, so that a machine whose speed changes is fair to both. Guests are namespaces at a veth: the
 * path is measured, not an emulated processor.
 */
class NetworkBench {
    private static final int ROUNDS = 7;
    private static final String SECONDS = "2";
    private static final String IPERF_PORT = "5201";

    /** Another one: sockperf does not take a port on which connections still end. */
    private static final String SOCKPERF_PORT = "5202";

    private static final double ENOUGH_THROUGHPUT = 0.97;
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
    void throughputAndRoundTrip() throws Exception {
        var vpc = vpc();
        var plain = plain();
        compare("inside a subnet", vpc.get(0), vpc.get(1), plain.get(0), plain.get(1));
        compare("across subnets", vpc.get(0), vpc.get(2), plain.get(0), plain.get(2));
        report.publish();
    }

    private void compare(String where, Guest ours, Guest ourPeer, Guest bare, Guest barePeer) throws Exception {
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
                .aiming(ENOUGH_THROUGHPUT * floor));

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

    /** Two guests of one subnet and one of another, as a VPC has them. */
    private List<Guest> vpc() {
        var group = lab.id("sg", "default");
        var a = lab.id("subnet", "a");
        var b = lab.id("subnet", "b");
        var enis = List.of(
                eni("1", a, "10.0.1.11", group), eni("2", a, "10.0.1.12", group), eni("3", b, "10.0.2.11", group));
        var everything = List.of(new Rule("-1", -1, -1, "0.0.0.0/0", null));
        var router = new Router(
                lab.id("vpc", "bench"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Subnet(a, "10.0.1.0/24", 1500), new Subnet(b, "10.0.2.0/24", 1500)),
                enis,
                List.of(new Group(group, List.of(new Rule("-1", -1, -1, null, group)), everything)),
                Map.of(
                        group,
                        enis.stream()
                                .map(eni -> new Member(eni.id(), eni.addresses().getFirst()))
                                .toList()));
        lab.apply(router);
        enis.forEach(eni -> lab.boot(router, eni));
        return enis.stream()
                .map(eni -> new Guest(lab.guest(eni), eni.addresses().getFirst()))
                .toList();
    }

    private Interface eni(String number, String subnet, String address, String group) {
        var id = lab.id("eni", number);
        return new Interface(
                id,
                subnet,
                Interface.portOf(id),
                "02:00:00:00:00:0" + number,
                List.of(address),
                List.of(group),
                true,
                null);
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
        var namespace = "lab-" + lab.run.substring(0, 8) + "-" + name;
        lab.own(namespace);
        lab.run("ip", "netns", "add", namespace);
        return namespace;
    }

    private void ip(String namespace, String... words) {
        lab.run(Stream.concat(Stream.of("ip", "-n", namespace), Stream.of(words))
                .toArray(String[]::new));
    }

    private record Guest(String namespace, String address) {}
}
