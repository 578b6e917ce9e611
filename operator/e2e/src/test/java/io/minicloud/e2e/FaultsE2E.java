package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What may die does, on one cloud that runs the quickstart: each test goes on where the one before it ended. What is
 * promised of each fault stands in docs/reliability.md. Budget: 480 s on two cores without KVM.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration A_MINUTE = Duration.ofSeconds(60);
    private static final Duration NOTICED = Duration.ofSeconds(2);
    private static final Duration BACK = Duration.ofSeconds(10);
    private static final String SERVER = "10.0.1.10";
    private static final String ONE_GIB = "blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 1}}]";
    private static final String QEMU = "qemu-system-x86_64";

    @TempDir
    static Path folder;

    private static Cloud cloud;
    private static Machine before;

    @BeforeAll
    static void start() {
        cloud = Cloud.in(folder.resolve("home"), "faults", "100.82.0.0/16");
        before = Machine.observe(cloud);
        cloud.hack("hack/up").succeeded();
    }

    @AfterAll
    static void end() {
        cloud.hack("hack/down").succeeded();
        assertThat(cloud.processes()).isEmpty();
        Machine.observe(cloud).hasNothingMoreThan(before);
    }

    @Test
    @Order(1)
    void aKilledQemuIsNoticedAtOnceAndRecovered() {
        var id = cloud.field("instance/client", ".status.instanceId");
        var address = cloud.field("instance/client", ".status.privateIpAddress");
        var killed = guest("client");
        var gone = Instant.now();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        await().atMost(PATIENCE)
                .until(() -> !told("client", "AutomaticRecovery").isEmpty());
        assertThat(Duration.between(gone, Instant.parse(told("client", "AutomaticRecovery"))))
                .isLessThan(NOTICED);
        awaitReady("instance/client");
        assertThat(guest("client")).isNotEqualTo(killed);
        assertThat(cloud.field("instance/client", ".status.instanceId")).isEqualTo(id);
        assertThat(cloud.field("instance/client", ".status.privateIpAddress")).isEqualTo(address);
    }

    @Test
    @Order(2)
    void aShutdownByTheGuestIsNotUndoneUntilTheSpecChanges() throws IOException {
        cloud.launch("quitter", "b", "", "echo booted; sleep 1; poweroff");
        await().atMost(PATIENCE).until(() -> state("quitter").equals("stopped"));
        assertThat(cloud.field("instance/quitter", ".status.stateReason")).contains("InstanceInitiatedShutdown");
        // As long as a machine that is recovered would take to run again.
        await().during(Duration.ofSeconds(8)).atMost(PATIENCE).until(() -> state("quitter")
                .equals("stopped"));
        assertThat(boots("quitter")).isEqualTo(1);

        power("quitter", "stopped");
        power("quitter", "running");

        await().atMost(PATIENCE).until(() -> boots("quitter") == 2);
        delete("instance/quitter");
    }

    @Test
    @Order(3)
    void noPacketIsLostWhenTheOperatorIsKilled() throws IOException {
        var pinger = new Pinger(Duration.ofSeconds(20));
        cloud.launch("pinger", "b", "", pinger.userData(SERVER));
        awaitConsole("pinger", Pinger.BEGUN);
        var operator = Unit.operator(cloud).processes();
        Unit.operator(cloud).kill();
        await().atMost(PATIENCE)
                .until(() -> Unit.operator(cloud).processes().size() == 1
                        && !Unit.operator(cloud).processes().equals(operator));

        awaitConsole("pinger", Pinger.DONE);
        assertThat(pinger.lost(cloud.console("pinger"))).isZero();
        delete("instance/pinger");
        awaitOperator();
    }

    @Test
    @Order(3)
    void whatAPersonTakesFromANetworkIsBackWithinTenSeconds() throws IOException {
        cloud.launch(
                "walker",
                "b",
                "",
                "while true; do ping -c 1 -W 1 %s >/dev/null && echo alive; sleep 1; done".formatted(SERVER));
        awaitConsole("walker", "alive");
        var router = "mc-" + cloud.field("vpc/main", ".status.vpcId");
        var dnsmasq = cloud.processes("dnsmasq");
        for (var harm : List.of(
                "ip netns delete " + router,
                "ip -n " + router + " link delete $(ip -n " + router
                        + " -o link show type bridge | sed -n 's/^[0-9]*: \\([^:]*\\):.*/\\1/p' | head -1)",
                "ip netns exec " + router + " nft flush ruleset",
                "kill -9 " + dnsmasq.getFirst())) {
            var network = network(router);
            run("sh", "-c", harm);
            await(harm).atMost(BACK).until(() -> network(router).equals(network));
            var alive = count("walker", "alive");
            await(harm).atMost(BACK).until(() -> count("walker", "alive") > alive + 1);
        }
        await().atMost(BACK)
                .until(() -> cloud.processes("dnsmasq").size() == dnsmasq.size()
                        && !cloud.processes("dnsmasq").equals(dnsmasq));
        delete("instance/walker");
    }

    @Test
    @Order(4)
    void theApiServerMayBeGoneForAMinute() throws IOException {
        var pinger = new Pinger(A_MINUTE.plusSeconds(20));
        cloud.launch("pinger", "b", "", pinger.userData(SERVER));
        awaitConsole("pinger", Pinger.BEGUN);
        var console = cloud.consoleFile("pinger");
        var guests = cloud.processes(QEMU);
        var operator = Unit.operator(cloud).processes();
        Unit.apiServer(cloud).hold();
        var gone = Instant.now();
        await().atMost(A_MINUTE.multipliedBy(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> Instant.now().isAfter(gone.plus(A_MINUTE)));
        Unit.apiServer(cloud).release();

        await().atMost(PATIENCE)
                .until(() -> cloud.kubectl("get", "--raw=/readyz").status() == 0);
        applySubnet("after-the-api-server", "10.0.40.0/24");
        awaitReady("subnet/after-the-api-server");
        await().atMost(PATIENCE).until(() -> Files.readString(console).contains(Pinger.DONE));
        assertThat(pinger.lost(cloud.console("pinger"))).isZero();
        assertThat(cloud.processes(QEMU)).isEqualTo(guests);
        assertThat(Unit.operator(cloud).processes()).isEqualTo(operator);
        delete("instance/pinger");
    }

    @Test
    @Order(5)
    void libvirtdMayBeKilled() {
        var guests = cloud.processes(QEMU);
        killLibvirtd();
        assertThat(cloud.processes(QEMU)).isEqualTo(guests);

        power("client", "stopped");
        await().atMost(PATIENCE).until(() -> state("client").equals("stopped"));
        power("client", "running");
        await().atMost(PATIENCE).until(() -> state("client").equals("running"));
        awaitReady("instance/client");
    }

    @Test
    @Order(6)
    void minioMayBeKilled() throws IOException {
        Unit.minio(cloud).kill();
        cloud.apply("""
                apiVersion: s3.minicloud.io/v1alpha1
                kind: Bucket
                metadata: {name: after-minio, namespace: lab}
                spec: {deletionPolicy: Delete}
                """);
        awaitReady("bucket/after-minio");
        // Its proof writes to the bucket of before and reads it back.
        cloud.hack("hack/up").succeeded();
        delete("bucket/after-minio");
    }

    @Test
    @Order(7)
    void aFullDiskIsNamedAndWhatItHeldUpGoesOnWhenThereIsRoom() throws IOException {
        var disks = cloud.home().resolve("disks");
        var ballast = disks.resolve("ballast");
        // Large enough for two disks of 1 GiB, and others have filled it but for 24 MiB.
        run("mount", "-t", "tmpfs", "-o", "size=2g,mode=0711", "minicloud-e2e", disks.toString());
        try {
            run("dd", "if=/dev/zero", "of=" + ballast, "bs=1M", "count=2024");
            // libvirtd sees the mounts that were there when it started.
            killLibvirtd();
            cloud.launch("filler", "b", ONE_GIB, """
                    dd if=/dev/urandom of=/tmp/block bs=1M count=1 2>/dev/null
                        for i in $(seq 40); do cat /tmp/block; done | dd of=/dev/vda bs=1M conv=fsync 2>/dev/null
                        echo filled""");
            awaitSaid("filler", "HostDiskFull");
            assertThat(told("filler", "HostDiskFull")).isNotEmpty();

            // The few pages that a guest cannot use an empty disk could.
            cloud.run(A_MINUTE, "dd", "if=/dev/zero", "of=" + ballast, "bs=4k", "oflag=append", "conv=notrunc");
            cloud.launch("late", "b", ONE_GIB, "echo late");
            awaitSaid("late", "No space left on device");

            Files.delete(ballast);

            awaitConsole("filler", "filled");
            awaitReady("instance/filler");
            awaitConsole("late", "late");
            awaitReady("instance/late");
        } finally {
            cloud.kubectl(
                    "-n", "lab", "delete", "--ignore-not-found", "--timeout=90s", "instance/filler", "instance/late");
            run("umount", "-l", disks.toString());
        }
    }

    @Test
    @Order(8)
    void anOlderEtcdDestroysNothing() throws IOException {
        var data = cloud.home().resolve("etcd");
        var older = folder.resolve("older-etcd");
        Unit.etcd(cloud).hold();
        run("cp", "-a", data.toString(), older.toString());
        Unit.etcd(cloud).release();
        await().atMost(PATIENCE)
                .until(() -> cloud.kubectl("get", "--raw=/readyz").status() == 0);
        cloud.launch("later", "b", "", "echo later");
        awaitConsole("later", "later");
        var domain = domain("later");
        var guests = cloud.processes(QEMU);

        controlPlaneWith(() -> {
            run("rm", "-r", data.toString());
            run("mv", older.toString(), data.toString());
        });

        awaitOperator();
        assertThat(cloud.kubectl("-n", "lab", "get", "instance/later").status()).isNotZero();
        awaitUnknown(domain);
        awaitReady("instance/server");
        assertThat(cloud.processes(QEMU)).isEqualTo(guests);
        cloud.hack("hack/up").succeeded();
        assertThat(cloud.processes(QEMU)).isEqualTo(guests);
    }

    @Test
    @Order(9)
    void anEmptyEtcdDestroysNothing() throws Exception {
        var domain = domain("server");
        var bucket = cloud.field("bucket/lab-files", ".metadata.uid");
        var installation = cloud.kubectl("get", "namespace/minicloud-system", "-o", "jsonpath={.metadata.uid}")
                .succeeded()
                .output()
                .strip();
        var guests = cloud.processes(QEMU);

        controlPlaneWith(() -> run("rm", "-r", cloud.home().resolve("etcd").toString()));

        // Another installation by its id, and the same quickstart anew beside what runs on. Its bucket is there
        // already:
        // that it is the same account's is for the account to say.
        try (var user = Executors.newSingleThreadExecutor()) {
            var taken = user.submit(() -> cloud.hack("hack/up").succeeded());
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                            cloud.field("bucket/lab-files", ".status.conditions"))
                    .contains("minicloud.io/adopt=" + installation));
            var owner = installation + "/lab/bucket/" + bucket;
            cloud.kubectl("-n", "lab", "annotate", "bucket/lab-files", "minicloud.io/adopt=" + owner)
                    .succeeded();
            taken.get();
        }
        assertThat(cloud.processes(QEMU)).containsAll(guests).hasSize(guests.size() + 2);
        awaitUnknown(domain);
    }

    /** Ends the control plane, changes what it remembers, and lets it start again. */
    private static void controlPlaneWith(Runnable change) {
        var units = List.of(Unit.operator(cloud), Unit.apiServer(cloud), Unit.etcd(cloud));
        units.forEach(Unit::hold);
        change.run();
        units.reversed().forEach(Unit::release);
    }

    private static void killLibvirtd() {
        var killed = Unit.libvirtd(cloud).processes();
        Unit.libvirtd(cloud).kill();
        await().atMost(PATIENCE)
                .until(() -> Unit.libvirtd(cloud).processes().size() == 1
                        && !Unit.libvirtd(cloud).processes().equals(killed));
    }

    private static void awaitOperator() {
        await().atMost(PATIENCE).until(cloud::isReady);
    }

    private static void awaitUnknown(String domain) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cloud.kubectl("get", "host/faults", "-o", "jsonpath={.status.unknown}")
                                .output())
                        .contains(domain));
    }

    private static void applySubnet(String name, String range) throws IOException {
        cloud.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Subnet
                metadata: {name: %s, namespace: lab}
                spec: {vpcRef: {name: main}, cidrBlock: %s, availabilityZone: home-1a}
                """.formatted(name, range));
    }

    private static void delete(String object) {
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", object).succeeded();
    }

    private static void power(String instance, String state) {
        cloud.kubectl(
                        "-n",
                        "lab",
                        "patch",
                        "instance/" + instance,
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"state\":\"" + state + "\"}}")
                .succeeded();
    }

    private static String state(String instance) {
        return cloud.field("instance/" + instance, ".status.state");
    }

    private static void awaitSaid(String instance, String words) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cloud.field("instance/" + instance, ".status.conditions"))
                        .contains(words));
    }

    private static void awaitReady(String object) {
        cloud.kubectl("-n", "lab", "wait", "--for=condition=Ready", "--timeout=" + PATIENCE.toSeconds() + "s", object)
                .succeeded();
    }

    private static void awaitConsole(String instance, String words) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> cloud.console(instance)
                .contains(words));
    }

    private static long boots(String instance) {
        return count(instance, "booted");
    }

    /** How often a guest said a word. */
    private static long count(String instance, String word) {
        return cloud.console(instance)
                .lines()
                .filter(line -> line.strip().equals(word))
                .count();
    }

    /** What the router of a VPC consists of; nothing while it is not there. */
    private static String network(String router) {
        return cloud.run(A_MINUTE, "sh", "-c", """
                ip -n %1$s -o link | sed 's/^[0-9]*: \\([^:@]*\\).* \\(master [^ ]*\\).*/\\1 \\2/; s/^[0-9]*: //; s/ <.*//' | sort
                ip -n %1$s rule
                ip netns exec %1$s nft -s list tables | sort
                """.formatted(router)).output();
    }

    /** When a reason was last told of an instance; empty when it never was. */
    private static String told(String instance, String reason) {
        return cloud.kubectl(
                        "-n",
                        "lab",
                        "get",
                        "events.events.k8s.io",
                        "-o",
                        "jsonpath={.items[?(@.reason=='" + reason + "')]['regarding.name','eventTime']}")
                .succeeded()
                .output()
                .lines()
                .filter(line -> line.contains(instance))
                .map(line -> line.replace(instance, "").strip())
                .findFirst()
                .orElse("");
    }

    private static String domain(String instance) {
        var id = cloud.field("instance/" + instance, ".status.instanceId");
        return cloud.kubectl(
                        "-n", "minicloud-host-faults", "get", "hostmachine/" + id, "-o", "jsonpath={.status.domain}")
                .succeeded()
                .output()
                .strip();
    }

    /** The process that runs an instance. */
    private static long guest(String instance) {
        var domain = domain(instance);
        return cloud.processes(QEMU).stream()
                .filter(process -> cloud.commandLine(process).contains("guest=" + domain))
                .findFirst()
                .orElseThrow();
    }

    private static void run(String... command) {
        cloud.run(A_MINUTE, command).succeeded();
    }
}
