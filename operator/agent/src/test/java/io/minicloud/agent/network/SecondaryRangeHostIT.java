package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.network.Appliance.SourceNat;
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
import io.minicloud.agent.process.MachineView;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A VPC of two ranges in the real kernel: what holds in the primary one holds in the other and between them. Needs root.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html">VPC CIDR blocks</a>
 */
class SecondaryRangeHostIT {
    private static final int HTTP = 80;
    private static final int PATIENCE_MS = 1500;
    private static final String PRIMARY = "10.0.0.0/16";
    private static final String SECONDARY = "100.64.0.0/16";
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final String NAT_ADDRESS = "10.0.2.21";
    private static final String DOMAIN = "home-1.compute.internal";
    private static final Rule ALL = new Rule("-1", -1, -1, EVERYWHERE, null);
    private static final List<AclEntry> OPEN = List.of(new AclEntry(100, true, ALL));

    @TempDir
    private Path run;

    private final Lab lab = new Lab();
    private final Subnet first = new Subnet(lab.id("subnet", "first"), "10.0.1.0/24", 1500);
    private final Subnet second = new Subnet(lab.id("subnet", "second"), "100.64.1.0/24", 1500);
    private final Subnet exit = new Subnet(lab.id("subnet", "exit"), "10.0.2.0/24", 1500);
    private final Subnet shown = new Subnet(lab.id("subnet", "shown"), "100.64.2.0/24", 1500);
    private final String members = lab.id("sg", "members");
    private final String open = lab.id("sg", "open");
    private final World world = new World(lab, null);
    private final String natPublic = world.publicAddress(21);
    private final String webPublic = world.publicAddress(31);
    private final Interface near = lab.eni("1", first.id(), "10.0.1.11", List.of(members), true);
    private final Interface stranger = lab.eni("2", first.id(), "10.0.1.12", List.of(open), true);
    private final Interface far = lab.eni("3", second.id(), "100.64.1.11", List.of(members), true);
    private final Interface web = lab.eni("4", shown.id(), "100.64.2.31", List.of(open), true);
    private final Interface nat = lab.eni("5", exit.id(), NAT_ADDRESS, List.of(), false);
    private Dnsmasq dnsmasq;

    @BeforeEach
    void boot() throws IOException {
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        dnsmasq = new Dnsmasq(lab.commands, new NamedNamespaces(MachineView.direct()), run);
        apply(List.of());
        var router = router(List.of());
        List.of(near, stranger, far, web).forEach(eni -> lab.boot(router, eni));
    }

    @AfterEach
    void cleanUp() {
        execute(true);
        world.close();
        lab.close();
    }

    @Test
    void groupsAndAclsJudgeBetweenTheRanges() {
        assertThat(lab.reaches(near, far)).as("a member, from range to range").isTrue();
        assertThat(lab.reaches(far, near)).as("and back").isTrue();
        assertThat(lab.reaches(stranger, far)).as("no member").isFalse();
        assertThat(lab.reaches(web, far)).as("no member, within the range").isFalse();
        assertThat(lab.reaches(far, web)).as("the open one, within the range").isTrue();

        apply(around(second, List.of()));
        assertThat(lab.reaches(near, far)).as("an ACL without entries").isFalse();
        apply(around(second, OPEN));
        assertThat(lab.reaches(near, far)).as("an open one").isTrue();
        apply(around(second, List.of(new AclEntry(100, true, new Rule("-1", -1, -1, SECONDARY, null)))));
        assertThat(lab.reaches(near, far))
                .as("one that knows the own range alone")
                .isFalse();
        assertThat(lab.reaches(far, web)).isTrue();
    }

    /** AWS: "For VPCs with multiple CIDR blocks, the IP address of the DNS server is located in the primary CIDR". */
    @Test
    void theResolverIsInThePrimaryRange() throws IOException {
        execute(false);

        assertThat(resolves(near, "10.0.0.2")).isTrue();
        assertThat(resolves(far, "10.0.0.2")).isTrue();
        assertThat(resolves(far, Router.RESOLVER)).isTrue();
        assertThat(resolves(far, "100.64.0.2")).as("the other range's").isFalse();
        assertThat(resolves(far, "100.64.1.2")).as("the subnet's").isFalse();
    }

    @Test
    void aNatGatewayTranslatesBothRanges() {
        lab.apply(router(List.of()), gateway(List.of(PRIMARY)));
        assertThat(reachesWorld(near)).isTrue();
        assertThat(reachesWorld(far)).as("a range that it was not told of").isFalse();

        lab.apply(router(List.of()), gateway(List.of(PRIMARY, SECONDARY)));
        assertThat(reachesWorld(far)).isTrue();
        assertThat(reachesWorld(near)).isTrue();
    }

    @Test
    void anInternetGatewayKnowsTheWayBackToBothRanges() {
        assertThat(connects(lab.guest(web), world.namespace(), world.address()))
                .as("out")
                .isTrue();
        assertThat(connects(world.namespace(), lab.guest(web), webPublic))
                .as("in")
                .isTrue();
        assertThat(connects(world.namespace(), lab.guest(far), "100.64.1.11"))
                .as("without a public address")
                .isFalse();
    }

    @Test
    void aRangeComesAndGoesWhileTheVpcRuns() {
        var before = router(List.of(PRIMARY), List.of());
        lab.apply(before);
        assertThat(lab.planFor(before).describe()).isEmpty();
        assertThat(connects(world.namespace(), lab.guest(web), webPublic))
                .as("without the range there is no way back")
                .isFalse();

        apply(List.of());
        assertThat(connects(world.namespace(), lab.guest(web), webPublic)).isTrue();
    }

    private boolean reachesWorld(Interface from) {
        return connects(lab.guest(from), world.namespace(), world.address());
    }

    private boolean connects(String from, String to, String address) {
        try (var session = Conversation.open(lab.entry, from, to, address, HTTP)) {
            return session.goesOn();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the address of the name {@code near} comes back, asked for by hand. */
    private boolean resolves(Interface from, String server) throws IOException {
        var question = new ByteArrayOutputStream();
        question.writeBytes(HexFormat.of().parseHex("123401000001000000000000"));
        for (var label : ("ip-10-0-1-11." + DOMAIN).split("\\.")) {
            question.write(label.length());
            question.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        question.writeBytes(HexFormat.of().parseHex("0000010001"));
        return lab.entry.call(lab.guest(from), () -> {
            try (var socket = new DatagramSocket()) {
                socket.setSoTimeout(PATIENCE_MS);
                var bytes = question.toByteArray();
                socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(server), 53));
                var answer = new DatagramPacket(new byte[512], 512);
                socket.receive(answer);
                return HexFormat.of()
                        .formatHex(answer.getData(), 0, answer.getLength())
                        .endsWith("0a00010b");
            } catch (IOException e) {
                return false;
            }
        });
    }

    private void execute(boolean remove) {
        var router = router(List.of());
        new PlanExecutor(Checkpoint.NONE)
                .execute("test", remove ? dnsmasq.removal(router.vpcId()) : dnsmasq.plan(router));
    }

    private void apply(List<Acl> acls) {
        lab.apply(router(acls));
        assertThat(lab.planFor(router(acls)).describe()).isEmpty();
    }

    private List<Acl> around(Subnet subnet, List<AclEntry> entries) {
        return List.of(new Acl(lab.id("acl", "one"), List.of(subnet.id()), entries, entries));
    }

    private Appliance gateway(List<String> ranges) {
        return new Appliance(
                lab.id("nat", "n"),
                new OwnerTag(lab.owner().installationId(), lab.owner().hostNamespace(), "hostappliance", lab.run),
                lab.id("vpc", "v"),
                List.of(new Appliance.Interface(nat.id(), nat.mac(), nat.addresses(), exit)),
                new SourceNat(ranges, 1024, 65535, 350),
                List.of());
    }

    private Router router(List<Acl> acls) {
        return router(List.of(PRIMARY, SECONDARY), acls);
    }

    private Router router(List<String> ranges, List<Acl> acls) {
        return new Router(
                lab.id("vpc", "v"),
                lab.owner(),
                ranges,
                new Dns(true, DOMAIN),
                null,
                List.of(first, second, exit, shown),
                List.of(near, stranger, far, web, nat),
                List.of(
                        new Group(members, List.of(new Rule("-1", -1, -1, null, members)), List.of(ALL)),
                        new Group(open, List.of(ALL), List.of(ALL))),
                Map.of(members, List.of(new Member(near.id(), "10.0.1.11"), new Member(far.id(), "100.64.1.11"))),
                acls,
                new Routing(
                        List.of(
                                new Table(
                                        lab.id("rtb", "public"),
                                        List.of(exit.id(), shown.id()),
                                        List.of(new Route(EVERYWHERE, Target.INTERNET_GATEWAY, null))),
                                new Table(
                                        lab.id("rtb", "private"),
                                        List.of(first.id(), second.id()),
                                        List.of(new Route(EVERYWHERE, Target.INTERFACE, NAT_ADDRESS)))),
                        new InternetGateway(
                                lab.id("igw", "g"), Map.of(NAT_ADDRESS, natPublic, "100.64.2.31", webPublic))));
    }
}
