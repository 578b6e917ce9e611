package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart as its users meet it: Helm installs it into a real Kubernetes of one node, and that node is the host. Budget:
 * 600 s, and 100 s for building the release before where nobody has.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HelmE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String SERVER = "10.0.1.10";
    private static final String QEMU = "qemu-system-x86_64";

    /** One of a crowd: two objects, of which the controller makes a third, the default group. */
    private static final String IN_THE_CROWD = """
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Vpc
            metadata: {name: crowd-%1$d, namespace: lab, labels: {crowd: "true"}}
            spec: {cidrBlock: 10.8.0.0/16}
            ---
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Subnet
            metadata: {name: crowd-%1$d, namespace: lab, labels: {crowd: "true"}}
            spec: {vpcRef: {name: crowd-%1$d}, cidrBlock: 10.8.1.0/24, availabilityZone: home-1a}
            """;

    private static final int CROWD = 500;

    private static final String PROVED = "went from 10.0.1.10 to the client over TCP";

    private static final String IN_THE_SHED = """
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Vpc
            metadata: {name: shed, namespace: lab}
            spec: {cidrBlock: 10.9.0.0/16}
            ---
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Subnet
            metadata: {name: shed, namespace: lab}
            spec: {vpcRef: {name: shed}, cidrBlock: 10.9.1.0/24, availabilityZone: home-1d}
            ---
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Instance
            metadata: {name: rake, namespace: lab}
            spec: {imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: shed}}
            """;

    @TempDir
    static Path folder;

    private static Release present;
    private static Cluster cluster;
    private static Cloud host;
    private static @Nullable Cloud shed;

    @BeforeAll
    static void start() {
        var builder = Cloud.in(folder.resolve("builder"), "builder", "100.84.0.0/16");
        present = Release.present(builder);
        var releases = new ArrayList<Release>();
        Release.previous(builder)
                .ifPresentOrElse(
                        releases::add,
                        () -> System.out.println("HelmE2E begins with the present release: this clone has no other"));
        releases.add(present);
        cluster = new Cluster(folder, releases);
        host = cluster.host();
        cluster.install(releases.getFirst());
    }

    @AfterAll
    static void end() {
        try {
            if (shed != null) {
                shed.hack("hack/down").succeeded();
                assertThat(shed.processes()).isEmpty();
            }
        } finally {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void theQuickstartIsProvedByPacketAndByte() {
        assertThat(cluster.quickstart()).contains(PROVED, "was written and read back by curl");
    }

    @Test
    @Order(2)
    void podsComeAndGoAndNoPacketIsLost() {
        var pinger = new Pinger(Duration.ofSeconds(160));
        host.launch("pinger", "b", "", pinger.userData(SERVER));
        awaitConsole(Pinger.BEGUN);
        var guests = host.processes(QEMU);
        var servers = host.processes("dnsmasq");
        assertThat(servers).isNotEmpty();

        cluster.deletePodOfAgent();
        assertThat(cluster.killLeader()).isLessThan(Cluster.TAKE_OVER);
        assertThat(host.processes("dnsmasq")).isEqualTo(servers);
        cluster.upgrade(present, "--set=controller.replicas=1");
        cluster.helm("rollback", "1", "--wait", "--timeout=5m");

        assertThat(host.processes(QEMU)).isEqualTo(guests);
        // Those of the other version read other files, so each was started anew; no guest notices.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(host.processes("dnsmasq")).hasSameSizeAs(servers));
        awaitConsole(Pinger.DONE);
        assertThat(pinger.lost(host.console("pinger"))).isZero();
        host.kubectl("-n", "lab", "delete", "instance/pinger", "--timeout=120s").succeeded();
        cluster.upgrade(present);
    }

    @Test
    @Order(3)
    void helmTestProvesAVpcOfItsOwnAndLeavesNothingOfIt() {
        cluster.helm("test", "--timeout=3m");

        assertThat(host.kubectl("-n", "lab", "get", "vpc,subnet,instance,serviceaccount", "-o", "name")
                        .succeeded()
                        .output())
                .doesNotContain("minicloud-test");
    }

    @Test
    @Order(4)
    void aLeaderThatIsPausedInTheMiddleOfAThousandObjectsNeverActsAgain() {
        var asked = CompletableFuture.runAsync(() -> host.apply(
                IntStream.range(0, CROWD).mapToObj(IN_THE_CROWD::formatted).collect(Collectors.joining("---\n"))));
        await().atMost(PATIENCE)
                .until(() -> asked.isDone() || idsOfTheCrowd("vpcs", "vpcId").size() > CROWD / 10);
        var identity = cluster.lease("holderIdentity");
        var leader = cluster.processOf(identity);

        var paused = Instant.now();
        signal("STOP", leader);
        await().atMost(PATIENCE).until(() -> !Set.of("", identity).contains(cluster.lease("holderIdentity")));
        assertThat(Duration.between(paused, Instant.parse(cluster.lease("acquireTime"))))
                .isLessThan(Cluster.TAKE_OVER);
        signal("CONT", leader);

        await().atMost(Cluster.TAKE_OVER).until(() -> !leader.isAlive());
        assertThat(cluster.lease("holderIdentity")).isNotEqualTo(identity);
        asked.join();
        await().atMost(PATIENCE).until(() -> idsOfTheCrowd("subnets", "vpcId").size() == CROWD);
        assertThat(idsOfTheCrowd("subnets", "vpcId")).doesNotHaveDuplicates();
        assertThat(words("-n", "lab", "get", "securitygroups", "-o", "jsonpath={.items[*].metadata.name}"))
                .filteredOn(name -> name.startsWith("crowd-"))
                .hasSize(CROWD);
        for (var kind : List.of("subnets", "vpcs")) {
            var crowd = "/apis/ec2.minicloud.io/v1alpha1/namespaces/lab/" + kind + "?labelSelector=crowd%3Dtrue";
            host.kubectl("delete", "--raw", crowd).succeeded();
        }
        await().atMost(PATIENCE).until(() -> idsOfTheCrowd("vpcs", "vpcId").isEmpty());
    }

    private static List<String> idsOfTheCrowd(String kind, String id) {
        return words("-n", "lab", "get", kind, "-l", "crowd=true", "-o", "jsonpath={.items[*].status." + id + "}");
    }

    private static List<String> words(String... kubectl) {
        return Stream.of(host.kubectl(kubectl).succeeded().output().split(" "))
                .filter(word -> !word.isBlank())
                .toList();
    }

    private static void signal(String name, ProcessHandle process) {
        host.run(Duration.ofSeconds(10), "kill", "-" + name, Long.toString(process.pid()))
                .succeeded();
    }

    @Test
    @Order(5)
    void withoutApiServerAndKubeletMachinesGoOnAndAfterAllIsRepairedWithoutAHand() throws IOException {
        var pinger = new Pinger(Duration.ofSeconds(40));
        host.launch("pinger", "b", "", pinger.userData(SERVER));
        awaitConsole(Pinger.BEGUN);
        // Which file it is, only the API server knows.
        var console = host.consoleFile("pinger");
        var leader = cluster.processOf(cluster.lease("holderIdentity"));
        var kubelet = new Unit(cluster.node(), "kubelet", "kubelet");
        var apiServer = Unit.apiServer(cluster.node());

        apiServer.hold();
        kubelet.kill();
        try {
            await().atMost(PATIENCE).until(() -> !leader.isAlive());
            await().atMost(PATIENCE).until(() -> Files.readString(console).contains(Pinger.DONE));
            assertThat(pinger.lost(Files.readString(console))).isZero();
        } finally {
            apiServer.release();
        }

        await().atMost(PATIENCE)
                .until(() -> host.kubectl("-n", "lab", "delete", "instance/pinger", "--timeout=120s")
                                .status()
                        == 0);
        assertThat(cluster.quickstart()).contains(PROVED);
    }

    @Test
    @Order(6)
    void afterARebootOfTheNodeAllIsThereAgain() {
        var id = host.field("instance/server", ".status.instanceId");
        var guests = host.processes(QEMU).size();
        cluster.reboot();
        await().atMost(PATIENCE).until(() -> host.processes(QEMU).size() == guests);

        assertThat(cluster.quickstart()).contains(PROVED);
        assertThat(host.field("instance/server", ".status.instanceId")).isEqualTo(id);
    }

    @Test
    @Order(7)
    void whatIsUninstalledAndInstalledAgainFindsEverything() {
        var id = host.field("instance/server", ".status.instanceId");
        var guests = host.processes(QEMU);
        cluster.helm("uninstall", "--wait", "--timeout=5m");
        await().atMost(PATIENCE).until(() -> pods().isEmpty());
        assertThat(host.processes(QEMU)).isEqualTo(guests);

        cluster.install(present);

        assertThat(cluster.quickstart()).contains("was written and read back by curl");
        assertThat(host.field("instance/server", ".status.instanceId")).isEqualTo(id);
        assertThat(host.processes(QEMU)).isEqualTo(guests);
    }

    @Test
    @Order(8)
    void aMachineThatIsNoNodeJoins() throws IOException {
        shed = Cloud.in(folder.resolve("shed"), "shed", "100.84.0.0/16");
        cluster.upgrade(
                present,
                "--set-json=hosts=[%s,{\"name\":\"shed\",\"agent\":\"External\",\"zones\":[\"home-1d\"]}]"
                        .formatted(Cluster.HOST));
        var identity = Files.createFile(folder.resolve("identity.json"));
        host.with("KUBECONFIG", host.home().resolve("kubeconfig").toString())
                .run(
                        Duration.ofMinutes(1),
                        "bash",
                        "-c",
                        "PATH=" + host.home().resolve("bin") + ":$PATH hack/join identity shed >" + identity)
                .succeeded();

        var up = shed.with("KUBECONFIG", host.home().resolve("kubeconfig").toString())
                .hack("hack/up");
        assertThat(up.status()).as("a second controller").isNotZero();
        assertThat(up.output()).contains("hack/join");
        shed.hack("hack/join", identity.toString()).succeeded();

        host.kubectl("wait", "--for=condition=Ready", "--timeout=120s", "host/shed")
                .succeeded();
        for (var part : List.of("tiny-vmlinuz", "tiny-initramfs")) {
            Files.copy(
                    host.home().resolve("images").resolve(part),
                    shed.home().resolve("images").resolve(part));
        }
        host.apply(IN_THE_SHED);
        host.kubectl("-n", "lab", "wait", "--for=condition=Ready", "--timeout=120s", "instance/rake")
                .succeeded();
        assertThat(shed.processes(QEMU)).hasSize(1);
        host.kubectl("-n", "lab", "delete", "--timeout=120s", "instance/rake", "subnet/shed", "vpc/shed")
                .succeeded();
        assertThat(shed.processes(QEMU)).isEmpty();
    }

    /** The commands of the chart's notes, as they are printed, but for the folders of machines that still run. */
    @Test
    @Order(9)
    void whatTheNotesSayRemovesEverything() {
        host.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: SecurityGroup
                metadata: {name: web, namespace: lab}
                spec: {vpcRef: {name: main}, description: in the way of its VPC}
                """);
        var notes = cluster.helm("get notes");
        var commands = notes.substring(notes.indexOf("To remove everything"))
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
        assertThat(commands).hasSizeGreaterThan(5);

        host.with("KUBECONFIG", host.home().resolve("kubeconfig").toString())
                .run(
                        Duration.ofMinutes(8),
                        "bash",
                        "-euo",
                        "pipefail",
                        "-c",
                        "PATH=" + host.home().resolve("bin") + ":$PATH\n" + String.join("\n", commands))
                .succeeded();

        assertThat(host.processes(QEMU)).isEmpty();
        assertThat(shed.processes(QEMU)).isEmpty();
        assertThat(host.kubectl("get", "namespaces,crds", "-o", "name")
                        .succeeded()
                        .output())
                .doesNotContain("minicloud");
        assertThat(host.home().resolve("disks")).isEmptyDirectory();
    }

    private static void awaitConsole(String words) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> host.console("pinger")
                .contains(words));
    }

    private static String pods() {
        return host.kubectl("get", "pods", "-A", "-o", "name").succeeded().output();
    }
}
