package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.network.Appliance.SourceNat;
import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.agent.network.Routing.Route;
import io.minicloud.agent.network.Routing.Table;
import io.minicloud.agent.network.Routing.Target;
import io.minicloud.agent.process.Command;
import io.minicloud.reconcile.identity.OwnerTag;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * NAT gateways in the real kernel, proved by packets to and from a world beyond the root namespace. What is expected is AWS's word,
 * by hand. Needs root.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html">NAT gateway basics</a>
 */
class NatGatewayHostIT {
    private static final int HTTP = 80;
    private static final int PATIENCE_MS = 1500;
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final String NAT_ADDRESS = "10.0.1.21";
    private static final SourceNat AS_AWS = translating(1024, 65535, 350);

    private final Lab lab = new Lab();
    private final Subnet publicSubnet = new Subnet(lab.id("subnet", "public"), "10.0.1.0/24", 1500);
    private final Subnet privateSubnet = new Subnet(lab.id("subnet", "private"), "10.0.2.0/24", 1500);
    private final String open = lab.id("sg", "open");
    private final World world = new World(lab, null);
    private final String natPublic = world.publicAddress(21);
    private final String webPublic = world.publicAddress(31);
    private final Interface first = lab.eni("1", privateSubnet.id(), "10.0.2.11", List.of(open), true);
    private final Interface second = lab.eni("2", privateSubnet.id(), "10.0.2.12", List.of(open), true);
    private final Interface web = lab.eni("3", publicSubnet.id(), "10.0.1.31", List.of(open), true);
    private final Interface nat = lab.eni("4", publicSubnet.id(), NAT_ADDRESS, List.of(), false);
    private final Router router = router(Map.of(NAT_ADDRESS, natPublic, "10.0.1.31", webPublic));
    private final Appliance gateway = gateway(AS_AWS);

    @AfterEach
    void cleanUp() {
        world.close();
        lab.close();
    }

    @Test
    void whatBeginsInAPrivateSubnetComesFromThePublicAddressOfTheGateway() throws IOException {
        boot(router, gateway);

        assertThat(reachesWorld(first)).as("TCP").isTrue();
        assertThat(seenAtTheEdge(first)).as("UDP").isEqualTo(natPublic);
        assertThat(pings(lab.guest(first), world.address())).as("ICMP").isTrue();
    }

    /** AWS: "it prevents the internet from initiating a connection with those instances". */
    @Test
    void nothingBeginsFromTheOtherSideAndTheGatewayAnswersNobody() {
        boot(router, gateway);

        assertThat(connects(world.namespace(), lab.guest(web), webPublic))
                .as("a machine with a public address")
                .isTrue();
        assertThat(connects(world.namespace(), gateway.namespace(), natPublic))
                .as("the gateway, where something listens")
                .isFalse();
        assertThat(pings(world.namespace(), webPublic)).isTrue();
        assertThat(pings(world.namespace(), natPublic)).isFalse();
        assertThat(connects(world.namespace(), lab.guest(first), "10.0.2.11"))
                .as("a machine behind it")
                .isFalse();

        assertThat(connects(lab.guest(web), lab.guest(first), "10.0.2.11"))
                .as("within the VPC")
                .isTrue();
        assertThat(connects(lab.guest(web), gateway.namespace(), NAT_ADDRESS))
                .as("the gateway, within the VPC")
                .isFalse();
        assertThat(pings(lab.guest(web), NAT_ADDRESS)).isFalse();
    }

    @Test
    void withoutAPublicAddressOfTheGatewayNothingPasses() {
        var without = router(Map.of("10.0.1.31", webPublic));
        boot(without, gateway);
        assertThat(reachesWorld(first)).isFalse();

        lab.apply(router);
        assertThat(reachesWorld(first)).isTrue();
    }

    @Test
    void onlyWhatIsInTheRangesIsForwardedAndWithoutAnyNothing() {
        boot(router, gateway(new SourceNat(List.of("10.0.2.12/32"), 1024, 65535, 350)));
        assertThat(reachesWorld(first)).as("not in the range").isFalse();
        assertThat(reachesWorld(second)).as("in it").isTrue();

        apply(gateway(null));
        assertThat(reachesWorld(second)).as("no translation is wanted").isFalse();
        apply(gateway);
        assertThat(reachesWorld(second)).isTrue();
    }

    /** AWS: a NAT gateway uses ports 1024-65535. */
    @Test
    void flowsComeFromThePortsOfTheGateway() throws IOException {
        boot(router, gateway);
        try (var session = session(first, 999)) {
            assertThat(session.goesOn()).isTrue();
            assertThat(session.seen().getPort()).as("instead of a lower one").isGreaterThanOrEqualTo(1024);
        }

        apply(gateway(translating(2000, 2000, 350)));
        try (var session = session(first, 5000)) {
            assertThat(session.goesOn()).isTrue();
            assertThat(session.seen().getPort()).as("the only one").isEqualTo(2000);
        }
    }

    @Test
    void twoMachinesMaySpeakFromTheSamePortToTheSamePlace() throws IOException {
        boot(router, gateway);

        try (var one = session(first, 5000);
                var other = session(second, 5000)) {
            assertThat(one.goesOn()).isTrue();
            assertThat(other.goesOn()).isTrue();
            assertThat(one.seen().getPort()).isNotEqualTo(other.seen().getPort());
        }
    }

    /** AWS: "When a connection times out, a NAT gateway returns an RST packet to any resources behind the NAT gateway". */
    @Test
    void whoGoesOnAfterTheIdleTimeIsReset() throws IOException {
        boot(router, gateway(translating(1024, 65535, 2)));

        try (var session = session(first, 0)) {
            assertThat(session.goesOn()).as("before").isTrue();
            await("the flow is forgotten").until(() -> !flows().contains(" ESTABLISHED "));

            assertThat(session.isReset()).isTrue();
        }
        assertThat(reachesWorld(first)).as("a new one").isTrue();
    }

    @Test
    void rulesThatAreLoadedAnewEndNoFlow() throws IOException {
        boot(router, gateway);

        try (var session = session(first, 0)) {
            assertThat(session.goesOn()).isTrue();
            lab.run("ip", "netns", "exec", gateway.namespace(), "nft", "delete", "table", "ip", "minicloud");
            apply(gateway);
            assertThat(session.goesOn()).as("after they were deleted").isTrue();

            apply(gateway(translating(3000, 4000, 350)));
            assertThat(session.goesOn()).as("after they were changed").isTrue();
        }
        assertThat(reachesWorld(first)).as("a new one").isTrue();
    }

    @Test
    void whatIsTakenAwayByHandComesBack() {
        boot(router, gateway);
        var inside = gateway.namespace();
        for (var harm : List.of(
                List.of("ip", "netns", "delete", inside),
                List.of("ip", "-n", inside, "link", "delete", "eth0"),
                List.of("ip", "-n", router.namespace(), "link", "delete", nat.port()),
                List.of("ip", "-n", inside, "link", "set", "eth0", "down"),
                List.of("ip", "-n", inside, "address", "flush", "dev", "eth0"),
                List.of("ip", "-n", inside, "route", "delete", "default"),
                List.of("ip", "-n", inside, "route", "add", world.address(), "via", "10.0.1.99"),
                List.of("ip", "netns", "exec", inside, "nft", "flush", "ruleset"),
                List.of("ip", "netns", "exec", inside, "sysctl", "-q", "-w", "net.ipv4.ip_forward=0"))) {
            lab.run(harm.toArray(String[]::new));
            if (harm.contains("delete")) {
                await("what the kernel takes away in its own time").until(this::isWholeOrGone);
            }
            apply(gateway);
            assertThat(reachesWorld(first)).as("after %s", harm).isTrue();
        }
    }

    /** The end in the VPC goes with the one in the gateway, but a moment later. */
    private boolean isWholeOrGone() {
        return lab.links.find(router.namespace(), nat.port()).isPresent()
                == (lab.links.namespaceExists(gateway.namespace())
                        && lab.links.find(gateway.namespace(), "eth0").isPresent());
    }

    private String flows() {
        return lab.commands.require(Command.of("cat", "/proc/net/nf_conntrack").inNamespace(gateway.namespace()));
    }

    private boolean reachesWorld(Interface from) {
        return connects(lab.guest(from), world.namespace(), world.address());
    }

    private Conversation session(Interface from, int port) throws IOException {
        return Conversation.open(lab.entry, lab.guest(from), port, world.namespace(), world.address(), HTTP);
    }

    private boolean connects(String from, String to, String address) {
        try (var session = Conversation.open(lab.entry, from, to, address, HTTP)) {
            return session.goesOn();
        } catch (IOException e) {
            return false;
        }
    }

    /** By an echo request, which Java sends as root. */
    private boolean pings(String from, String address) {
        try {
            return lab.entry.call(from, () -> InetAddress.getByName(address).isReachable(PATIENCE_MS));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * From which address a fresh nonce came to the root namespace, whose answer came back. Beyond it there is another one: nobody
     * there knows the way to a pool that is not part of the LAN.
     */
    private String seenAtTheEdge(Interface from) throws IOException {
        var nonce = UUID.randomUUID().toString();
        try (var there = new DatagramSocket(new InetSocketAddress(world.edge(), 0));
                var here = lab.entry.call(lab.guest(from), () -> new DatagramSocket())) {
            here.setSoTimeout(PATIENCE_MS);
            there.setSoTimeout(PATIENCE_MS);
            var bytes = nonce.getBytes(StandardCharsets.UTF_8);
            here.send(new DatagramPacket(bytes, bytes.length, there.getLocalSocketAddress()));
            var heard = new DatagramPacket(new byte[bytes.length], bytes.length);
            there.receive(heard);
            there.send(heard);
            var answer = new DatagramPacket(new byte[bytes.length], bytes.length);
            here.receive(answer);
            assertThat(new String(answer.getData(), StandardCharsets.UTF_8)).isEqualTo(nonce);
            return heard.getAddress().getHostAddress();
        }
    }

    private void boot(Router router, Appliance gateway) {
        lab.apply(router);
        List.of(first, second, web).forEach(eni -> lab.boot(router, eni));
        apply(gateway);
    }

    private void apply(Appliance appliance) {
        lab.apply(router, appliance);
        assertThat(lab.planFor(appliance).describe()).isEmpty();
    }

    private Appliance gateway(@Nullable SourceNat sourceNat) {
        return new Appliance(
                lab.id("nat", "n"),
                new OwnerTag(lab.owner().installationId(), lab.owner().hostNamespace(), "hostappliance", lab.run),
                router.vpcId(),
                List.of(new Appliance.Interface(nat.id(), nat.mac(), nat.addresses(), publicSubnet)),
                sourceNat,
                List.of());
    }

    private static SourceNat translating(int fromPort, int toPort, int idleSeconds) {
        return new SourceNat(List.of("10.0.0.0/16"), fromPort, toPort, idleSeconds);
    }

    private Router router(Map<String, String> publicAddresses) {
        var everything = List.of(new Rule("-1", -1, -1, EVERYWHERE, null));
        return new Router(
                lab.id("vpc", "v"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(publicSubnet, privateSubnet),
                List.of(first, second, web, nat),
                List.of(new Group(open, everything, everything)),
                Map.of(),
                List.of(),
                new Routing(
                        List.of(
                                table("public", publicSubnet, new Route(EVERYWHERE, Target.INTERNET_GATEWAY, null)),
                                table("private", privateSubnet, new Route(EVERYWHERE, Target.INTERFACE, NAT_ADDRESS))),
                        new InternetGateway(lab.id("igw", "g"), publicAddresses)));
    }

    private Table table(String name, Subnet subnet, Route route) {
        return new Table(lab.id("rtb", name), List.of(subnet.id()), List.of(route));
    }
}
