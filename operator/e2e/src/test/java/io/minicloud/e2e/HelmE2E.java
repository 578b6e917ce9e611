package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
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
 * 480 s.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HelmE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration TAKE_OVER = Duration.ofSeconds(10);
    private static final String SERVER = "10.0.1.10";
    private static final String QEMU = "qemu-system-x86_64";
    private static final String NODE = "tower";

    // What an administrator of the node has before: libvirt. Its state folder is that of the agent, as in the chart's
    // values.
    private static final String PREPARE = """
            set -euo pipefail
            for part in common settings packages tools units cluster engines; do . "hack/lib/$part.sh"; done
            install -d -m 711 "$MINICLOUD_HOME"/{,etc,bin,images,disks,libvirt,run,log}
            remember_settings
            cp "$1/kubeconfig" "$KUBECONFIG_ADMIN"
            cp "$1"/bin/{kubectl,helm} "$BIN/"
            : >"$FOREIGN_MARK"
            start_libvirt
            install -d -o 65532 -g 65532 -m 0750 "$2"
            """;

    private static final String QUICKSTART = """
            set -euo pipefail
            for part in common settings units cluster operator quickstart proof; do . "hack/lib/$part.sh"; done
            remember_installation "$(kube get namespace minicloud-system -o 'jsonpath={.metadata.uid}')"
            apply_quickstart
            prove_network
            prove_bucket
            """;

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

    private static final String HOST = "{\"name\":\"tower\",\"zones\":[\"home-1a\",\"home-1b\",\"home-1c\"]}";

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

    private static Cloud node;
    private static Cloud host;
    private static @Nullable Cloud shed;
    private static Machine before;

    @BeforeAll
    static void start() {
        node = Cloud.in(folder.resolve("node"), NODE, "100.84.0.0/16");
        before = Machine.observe(node);
        var images = images();
        node.run(
                        Duration.ofMinutes(10),
                        "hack/lib/node",
                        "up",
                        images.resolve("operator.tar").toString(),
                        images.resolve("minio.tar").toString())
                .succeeded();
        host = Cloud.in(folder.resolve("home"), NODE, "100.84.0.0/16");
        script(PREPARE, node.home().toString(), folder.resolve("s3").toString());
        helm("install", "--create-namespace", "--wait", "--timeout=5m");
    }

    /** Built once, kept beside the tools. */
    private static Path images() {
        var cache = System.getenv("XDG_CACHE_HOME");
        var images = (cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                .resolve("minicloud/containers");
        node.run(Duration.ofMinutes(10), "hack/containers", images.toString()).succeeded();
        return images;
    }

    @AfterAll
    static void end() {
        try {
            if (shed != null) {
                shed.hack("hack/down").succeeded();
                assertThat(shed.processes()).isEmpty();
            }
            // The cluster goes with all that is stored in it.
            host.hack("hack/down", "--keep-data").succeeded();
        } finally {
            node.run(Duration.ofMinutes(2), "hack/lib/node", "down").succeeded();
        }
        assertThat(host.processes()).isEmpty();
        assertThat(node.processes()).isEmpty();
        Machine.observe(node).hasNothingMoreThan(before);
    }

    @Test
    @Order(1)
    void theQuickstartIsProvedByPacketAndByte() {
        assertThat(script(QUICKSTART).output())
                .contains("went from 10.0.1.10 to the client over TCP", "was written and read back by curl");
    }

    @Test
    @Order(2)
    void helmTestProvesAVpcOfItsOwnAndLeavesNothingOfIt() {
        helm("test", "--timeout=3m");

        assertThat(host.kubectl("-n", "lab", "get", "vpc,subnet,instance,serviceaccount", "-o", "name")
                        .succeeded()
                        .output())
                .doesNotContain("minicloud-test");
    }

    @Test
    @Order(3)
    void podsComeAndGoAndNoPacketIsLost() {
        var pinger = new Pinger(Duration.ofSeconds(90));
        host.launch("pinger", "b", "", pinger.userData(SERVER));
        awaitConsole(Pinger.BEGUN);
        var guests = host.processes(QEMU);
        var servers = host.processes("dnsmasq");
        assertThat(servers).isNotEmpty();

        deletePodOfAgent();
        killLeader();
        helm("upgrade", "--reuse-values", "--set=controller.replicas=1", "--wait", "--timeout=5m");

        assertThat(host.processes(QEMU)).isEqualTo(guests);
        assertThat(host.processes("dnsmasq")).isEqualTo(servers);
        awaitConsole(Pinger.DONE);
        assertThat(pinger.lost(host.console("pinger"))).isZero();
        host.kubectl("-n", "lab", "delete", "instance/pinger", "--timeout=120s").succeeded();
    }

    @Test
    @Order(4)
    void aLeaderThatIsPausedInTheMiddleOfAThousandObjectsNeverActsAgain() {
        var asked = CompletableFuture.runAsync(() -> host.apply(
                IntStream.range(0, CROWD).mapToObj(IN_THE_CROWD::formatted).collect(Collectors.joining("---\n"))));
        await().atMost(PATIENCE)
                .until(() -> asked.isDone() || idsOfTheCrowd("vpcs", "vpcId").size() > CROWD / 10);
        var identity = lease("holderIdentity");
        var leader = processOf(identity);

        var paused = Instant.now();
        signal("STOP", leader);
        await().atMost(PATIENCE).until(() -> !Set.of("", identity).contains(lease("holderIdentity")));
        assertThat(Duration.between(paused, Instant.parse(lease("acquireTime"))))
                .isLessThan(TAKE_OVER);
        signal("CONT", leader);

        await().atMost(TAKE_OVER).until(() -> !leader.isAlive());
        assertThat(lease("holderIdentity")).isNotEqualTo(identity);
        asked.join();
        await().atMost(PATIENCE)
                .until(() -> idsOfTheCrowd("subnets", "subnetId").size() == CROWD);
        assertThat(idsOfTheCrowd("subnets", "vpcId")).hasSize(CROWD).doesNotHaveDuplicates();
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
    void whatIsUninstalledAndInstalledAgainFindsEverything() {
        var id = host.field("instance/server", ".status.instanceId");
        var guests = host.processes(QEMU);
        helm("uninstall", "--wait", "--timeout=5m");
        await().atMost(PATIENCE).until(() -> pods().isEmpty());
        assertThat(host.processes(QEMU)).isEqualTo(guests);

        helm("install", "--wait", "--timeout=5m");

        assertThat(script(QUICKSTART).output()).contains("was written and read back by curl");
        assertThat(host.field("instance/server", ".status.instanceId")).isEqualTo(id);
        assertThat(host.processes(QEMU)).isEqualTo(guests);
    }

    @Test
    @Order(6)
    void aMachineThatIsNoNodeJoins() throws IOException {
        shed = Cloud.in(folder.resolve("shed"), "shed", "100.84.0.0/16");
        helm(
                "upgrade",
                "--reuse-values",
                "--set-json=hosts=[%s,{\"name\":\"shed\",\"agent\":\"External\",\"zones\":[\"home-1d\"]}]"
                        .formatted(HOST),
                "--wait",
                "--timeout=5m");
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

    private static void awaitConsole(String words) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> host.console("pinger")
                .contains(words));
    }

    private static void deletePodOfAgent() {
        var pods = List.of("-n", "minicloud-host-" + NODE, "get", "pods", "-o", "name");
        var old = host.kubectl(pods.toArray(String[]::new)).succeeded().output();
        host.kubectl("-n", "minicloud-host-" + NODE, "delete", old.strip(), "--timeout=120s")
                .succeeded();
        host.kubectl("-n", "minicloud-host-" + NODE, "rollout", "status", "daemonset", "--timeout=120s")
                .succeeded();
        assertThat(host.kubectl(pods.toArray(String[]::new)).succeeded().output())
                .isNotEqualTo(old);
    }

    /** As a crash does: the lease is not given back. The same pod leads on if it is back before the lease has run out. */
    private static void killLeader() {
        var leader = processOf(lease("holderIdentity"));
        var killed = Instant.now();
        leader.destroyForcibly();
        await().atMost(PATIENCE)
                .until(() -> Instant.parse(lease("renewTime")).isAfter(killed.plus(Duration.ofMillis(100))));
        assertThat(Duration.between(killed, Instant.parse(lease("renewTime")))).isLessThan(TAKE_OVER);
    }

    /** The process of the controller with an identity, which is the name of its pod and a number. */
    private static ProcessHandle processOf(String identity) {
        var pod = identity.substring(0, identity.lastIndexOf('-'));
        try (var processes = Files.list(Path.of("/proc"))) {
            var process =
                    processes.filter(folder -> isOf(pod, folder)).findFirst().orElseThrow();
            return ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lease(String field) {
        return host.kubectl(
                        "-n",
                        "minicloud-system",
                        "get",
                        "lease",
                        "minicloud-controller",
                        "-o",
                        "jsonpath={.spec." + field + "}")
                .succeeded()
                .output()
                .strip();
    }

    private static boolean isOf(String pod, Path process) {
        try {
            return Files.readString(process.resolve("environ")).contains("HOSTNAME=" + pod + "\0")
                    && Files.readString(process.resolve("cmdline")).contains("java\0");
        } catch (IOException e) {
            // No process, or it ended meanwhile.
            return false;
        }
    }

    private static String pods() {
        return host.kubectl("get", "pods", "-A", "-o", "name").succeeded().output();
    }

    private static Cloud.Run script(String text, String... arguments) {
        var command = new ArrayList<>(List.of("bash", "-c", text, "script"));
        command.addAll(List.of(arguments));
        return host.run(Duration.ofMinutes(8), command.toArray(String[]::new)).succeeded();
    }

    /** Runs Helm on the release; what installs or upgrades gets the chart and the values of this machine. */
    private static void helm(String verb, String... options) {
        var command = new ArrayList<>(List.of(
                host.home().resolve("bin/helm").toString(),
                "--kubeconfig=" + host.home().resolve("kubeconfig"),
                "--namespace=minicloud-system",
                verb,
                "minicloud"));
        if (verb.equals("install") || verb.equals("upgrade")) {
            command.add("helm/minicloud");
        }
        if (verb.equals("install")) {
            command.addAll(values());
        }
        command.addAll(List.of(options));
        host.run(Duration.ofMinutes(6), command.toArray(String[]::new)).succeeded();
    }

    /** As a rule the first; some sandboxes hide that one, and then a process that PREPARE started does as well. */
    private static String processOfTheMachine() {
        try {
            Files.readSymbolicLink(Path.of("/proc/1/ns/mnt"));
            return "1";
        } catch (IOException hidden) {
            return host.run(Duration.ofSeconds(10), "cat", host.home() + "/run/libvirtd.pid")
                    .succeeded()
                    .output()
                    .strip();
        }
    }

    private static List<String> values() {
        var home = host.home();
        return List.of(
                "--set=agent.machineProcess=" + processOfTheMachine(),
                "--set=agent.home=" + home,
                "--set=agent.libvirtSocket=" + home.resolve("run/libvirt/libvirt-sock"),
                "--set=agent.libvirtLogFolder=" + home.resolve("log/libvirt/qemu"),
                "--set=serviceCidr=100.84.0.0/16",
                "--set=minio.persistence.hostPath=" + folder.resolve("s3"),
                "--set-json=hosts=[{\"name\":\"" + NODE + "\",\"zones\":[\"home-1a\",\"home-1b\",\"home-1c\"]}]",
                "--set-json=accounts=[{\"name\":\"lab\",\"namespace\":\"lab\",\"accountId\":\"111122223333\",\"createNamespace\":true}]");
    }
}
