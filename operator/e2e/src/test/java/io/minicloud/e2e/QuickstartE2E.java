package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The story of a newcomer, from {@code hack/up} to {@code hack/down}, told on one cloud: each test goes on where the one
 * before it ended. Budget: 540 s on two cores without KVM.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuickstartE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private static Cloud cloud;
    private static Machine before;
    private static String up;
    private static String object;

    @BeforeAll
    static void start() {
        cloud = Cloud.in(folder.resolve("home"), "e2e", "100.80.0.0/16");
        before = Machine.observe(cloud);
        up = cloud.hack("hack/up").succeeded().output();
    }

    @AfterAll
    static void end() {
        if (Files.exists(folder.resolve("home"))) {
            cloud.hack("hack/down").succeeded();
        }
    }

    @Test
    @Order(1)
    void upProvesTheQuickstartAndSaysWhatIsThere() {
        assertThat(up)
                .containsPattern("network: [0-9a-f]{32} went from 10\\.0\\.1\\.10 to the client over TCP")
                .contains(
                        "network: refused from a forged address, from no member of the group, and from outside the VPC")
                .containsPattern("bucket: [0-9a-f]{32} was written and read back by curl")
                .contains("bucket: refused (403) without a signature, and with a wrong one")
                .containsPattern("instance\\S*/server +True +Running +t3\\.nano +running +10\\.0\\.1\\.10")
                .containsPattern("bucket\\S*/lab-files +True +Available")
                .contains("Three things to try:");
    }

    @Test
    @Order(2)
    void aGuestLearnsFromTheMetadataServiceWhoItIs() {
        assertThat(cloud.console("server"))
                .contains("tiny: instance-id=" + cloud.field("instance/server", ".status.instanceId"))
                .contains("tiny: local-ipv4=10.0.1.10")
                .contains("tiny: hostname=" + cloud.field("instance/server", ".status.privateDnsName"))
                .contains("tiny: mac=" + cloud.field("networkinterface/server-eth0", ".status.macAddress"));
    }

    @Test
    @Order(3)
    void kubectlExplainTellsTheFields() {
        assertThat(cloud.kubectl("explain", "instance.spec").succeeded().output())
                .contains("instanceType", "subnetRef", "userData")
                .doesNotContain("<no description>");
    }

    @Test
    @Order(3)
    void whatTheReadmeShowsWorks() {
        var commands = String.join("\n", ReadmeCommands.whileUp());
        cloud.run(Duration.ofMinutes(6), "bash", "-eu", "-c", commands).succeeded();
    }

    @Test
    @Order(4)
    void aSecondUpChangesNothing() {
        var versions = cloud.versions();
        var processes = cloud.processes();
        cloud.hack("hack/up").succeeded();
        assertThat(cloud.versions()).isEqualTo(versions);
        assertThat(cloud.processes()).isEqualTo(processes);
    }

    @Test
    @Order(5)
    void aKilledOperatorComesBackAndChangesNothing() {
        var versions = cloud.versions();
        var guests = cloud.processes("qemu-system-x86_64");
        var operator = cloud.processes("java");
        assertThat(guests).hasSize(2);
        assertThat(operator).hasSize(1);
        assertThat(ProcessHandle.of(operator.getFirst()).orElseThrow().destroyForcibly())
                .isTrue();
        await().atMost(PATIENCE)
                .until(() -> cloud.processes("java").size() == 1
                        && !cloud.processes("java").equals(operator));
        // Returns when the new one says that it is ready, and proves that packets and bytes still flow.
        cloud.hack("hack/up").succeeded();
        assertThat(cloud.processes("qemu-system-x86_64")).isEqualTo(guests);
        assertThat(cloud.versions()).isEqualTo(versions);
    }

    @Test
    @Order(6)
    void anInstanceStopsAndStartsAsOnAws() {
        var guests = cloud.processes("qemu-system-x86_64");
        power("stopped");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cloud.field("instance/client", ".status.state"))
                .isEqualTo("stopped"));
        assertThat(cloud.processes("qemu-system-x86_64")).hasSize(1).isSubsetOf(guests);
        var address = cloud.field("instance/client", ".status.privateIpAddress");
        power("running");
        cloud.kubectl("-n", "lab", "wait", "--for=condition=Ready", "--timeout=90s", "instance/client")
                .succeeded();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cloud.field("instance/client", ".status.state"))
                .isEqualTo("running"));
        assertThat(cloud.field("instance/client", ".status.privateIpAddress")).isEqualTo(address);
    }

    @Test
    @Order(7)
    void aVpcWithSubnetsWaitsAndSaysWhoIsInTheWay() throws Exception {
        cloud.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: doomed, namespace: lab}
                spec: {cidrBlock: 10.9.0.0/16}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Subnet
                metadata: {name: in-the-way, namespace: lab}
                spec: {vpcRef: {name: doomed}, cidrBlock: 10.9.1.0/24, availabilityZone: home-1a}
                """);
        cloud.kubectl("-n", "lab", "wait", "--for=condition=Ready", "--timeout=60s", "subnet/in-the-way")
                .succeeded();
        cloud.kubectl("-n", "lab", "delete", "--wait=false", "vpc/doomed").succeeded();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cloud.field("vpc/doomed", ".status.conditions"))
                .contains("DependencyViolation", "in-the-way"));
        cloud.kubectl("-n", "lab", "delete", "--timeout=60s", "subnet/in-the-way")
                .succeeded();
        cloud.kubectl("-n", "lab", "wait", "--for=delete", "--timeout=60s", "vpc/doomed")
                .succeeded();
    }

    @Test
    @Order(8)
    void threeTiersLetInOnlyTheTierBeforeThem() {
        cloud.kubectl("apply", "-f", "docs/examples/three-tiers.yaml").succeeded();
        hears("web", "web app nobody");
        hears("app", "web app database");
        hears("database", "nobody nobody database");
        assertThat(cloud.console("web")).doesNotContain("heard web app database");

        cloud.kubectl("apply", "-f", "docs/examples/network-acl-ephemeral.yaml").succeeded();
        hears("web", "web nobody nobody");
        cloud.kubectl("-n", "lab", "patch", "networkacl/forgetful", "--type=json", "-p", """
                        [{"op": "add", "path": "/spec/egress/-", "value": {"ruleNumber": 110, "protocol": "tcp",
                          "ruleAction": "allow", "cidrBlock": "0.0.0.0/0", "portRange": {"from": 1024, "to": 65535}}}]""")
                .succeeded();
        hears("web", "web app nobody");
        cloud.kubectl("delete", "-f", "docs/examples/network-acl-ephemeral.yaml")
                .succeeded();

        cloud.kubectl("-n", "lab", "patch", "securitygroup/database", "--type=merge", "-p", """
                        {"spec": {"ingress": [{"ipProtocol": "tcp", "fromPort": 5432, "toPort": 5432, "cidrIpv4": "10.0.1.20/32"}]}}""")
                .succeeded();
        hears("web", "web app database");
        hears("app", "web app nobody");
        assertThat(cloud.field("securitygroup/database", ".status.conditions[?(@.type==\"Ready\")].reason"))
                .isEqualTo("Programmed");

        cloud.kubectl("apply", "-f", "docs/examples/network-acl.yaml").succeeded();
        hears("web", "web app nobody");
        cloud.kubectl("delete", "-f", "docs/examples/network-acl.yaml").succeeded();
        hears("web", "web app database");

        cloud.kubectl("-n", "lab", "delete", "--wait=false", "securitygroup/web")
                .succeeded();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cloud.field("securitygroup/web", ".status.conditions"))
                .contains("DependencyViolation", "NetworkInterface web-eth0", "the rules of SecurityGroup app"));
        cloud.kubectl("delete", "--timeout=90s", "-f", "docs/examples/three-tiers.yaml")
                .succeeded();
    }

    @Test
    @Order(8)
    void aPublicSubnetIsReachedAndAPrivateOneIsNot() throws Exception {
        cloud.kubectl("apply", "-f", "docs/examples/public-subnet.yaml").succeeded();
        var web = publicIp("web");
        await().atMost(PATIENCE).until(() -> fetch(web).strip().equals("web and app and database"));

        // An address alone makes no subnet public.
        elasticIp("app", "shop-app");
        assertThat(fetch(publicIp("app"))).isEmpty();

        cloud.kubectl("apply", "-f", "docs/examples/hairpin.yaml").succeeded();
        says("shop-neighbour", "hairpin: 10.0.1.10:80 said web");
        says("shop-neighbour", "hairpin: 10.0.1.10:8080 said web");
        says("shop-neighbour", "hairpin: " + web + ":80 said web");
        says("shop-neighbour", "hairpin: 10.0.1.10:8080 said web");
        assertThat(cloud.console("shop-neighbour"))
                .as("a rule that names a group, and a public address")
                .doesNotContain(web + ":8080 said");
        cloud.kubectl("delete", "--timeout=90s", "-f", "docs/examples/hairpin.yaml")
                .succeeded();

        try (var world = new Visitors()) {
            cloud.launch("visitor", "shop-public", "", "until wget -q -O - " + world.url() + "; do sleep 1; done");
            elasticIp("visitor", "visitor");
            assertThat(world.next(PATIENCE)).isEqualTo(publicIp("visitor"));
        }

        cloud.kubectl("-n", "lab", "delete", "routetable/shop-public").succeeded();
        await().atMost(PATIENCE).until(() -> fetch(web).isEmpty());
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "elasticip/app", "elasticip/visitor", "instance/visitor")
                .succeeded();
        cloud.kubectl("delete", "--timeout=120s", "--ignore-not-found", "-f", "docs/examples/public-subnet.yaml")
                .succeeded();
    }

    @Test
    @Order(8)
    void aPrivateSubnetReachesOutByItsNatGatewayAndIsNotReached() throws Exception {
        cloud.kubectl("apply", "-f", "docs/examples/nat-gateway.yaml").succeeded();
        cloud.kubectl("-n", "lab", "wait", "--for=condition=Ready", "--timeout=90s", "natgateway/depot")
                .succeeded();
        try (var world = new Visitors()) {
            cloud.launch(
                    "caller",
                    "depot-private",
                    "",
                    "(while sleep 1; do timeout 5 wget -q -O - " + world.url() + "; done) & nc -ll -p 80 -e echo in");
            assertThat(world.next(PATIENCE)).isEqualTo(publicIp("depot-nat"));
            assertThat(fetch(publicIp("depot-nat"))).as("the other way").isEmpty();

            cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "natgateway/depot")
                    .succeeded();
            await().atMost(PATIENCE)
                    .until(() -> world.next(Duration.ofSeconds(5)).equals("null"));
        }
        assertThat(cloud.field("routetable/depot-private", ".status.routes")).contains("blackhole");
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "instance/caller").succeeded();
        cloud.kubectl("delete", "--timeout=120s", "--ignore-not-found", "-f", "docs/examples/nat-gateway.yaml")
                .succeeded();
    }

    @Test
    @Order(8)
    void aNatInstanceTranslatesOnlyWithItsSourceDestinationCheckOff() throws Exception {
        cloud.kubectl("apply", "-f", "docs/examples/nat-instance.yaml").succeeded();
        var nat = publicIp("cabin-nat");
        try (var world = new Visitors()) {
            cloud.launch(
                    "caller",
                    "cabin-private",
                    "",
                    "while sleep 1; do timeout 5 wget -q -O - " + world.url() + "; done &");
            assertThat(world.next(PATIENCE)).isEqualTo(nat);

            sourceDestCheck("cabin-nat", true);
            await().atMost(PATIENCE)
                    .until(() -> world.next(Duration.ofSeconds(5)).equals("null"));

            sourceDestCheck("cabin-nat", false);
            assertThat(world.next(PATIENCE)).isEqualTo(nat);
        }
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "instance/caller").succeeded();
        cloud.kubectl("delete", "--timeout=120s", "--ignore-not-found", "-f", "docs/examples/nat-instance.yaml")
                .succeeded();
    }

    @Test
    @Order(8)
    void anInterfaceOfOnesOwnIsUnpluggedAndPluggedWhileItsMachineRuns() {
        cloud.kubectl("apply", "-f", "docs/examples/network-interface.yaml").succeeded();
        cloud.kubectl("-n", "lab", "wait", "--for=condition=Ready", "--timeout=90s", "networkinterface/desk-back")
                .succeeded();
        cloud.launch("neighbour", "desk-rear", "", """
                while sleep 1; do
                      ping -c 1 -W 2 10.0.2.10 >/dev/null && echo neighbour: heard || echo neighbour: nothing
                    done &""");
        says("neighbour", "neighbour: heard");
        var guests = cloud.processes("qemu-system-x86_64");

        cloud.kubectl("-n", "lab", "patch", "eni/desk-back", "--type=json", "-p", """
                        [{"op": "remove", "path": "/spec/attachment"}]""")
                .succeeded();
        says("neighbour", "neighbour: nothing");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cloud.field("eni/desk-back", ".status.state"))
                .isEqualTo("available"));
        assertThat(cloud.console("desk-one")).contains("tiny: eth1-address=10.0.2.10/24", "tiny: eth1-gone");

        cloud.kubectl("-n", "lab", "patch", "eni/desk-back", "--type=merge", "-p", """
                        {"spec": {"attachment": {"instanceRef": {"name": "desk-one"}, "deviceIndex": 1}}}""")
                .succeeded();
        says("neighbour", "neighbour: heard");
        assertThat(cloud.processes("qemu-system-x86_64")).isEqualTo(guests);
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "instance/neighbour")
                .succeeded();
        cloud.kubectl("delete", "--timeout=120s", "--ignore-not-found", "-f", "docs/examples/network-interface.yaml")
                .succeeded();
    }

    @Test
    @Order(8)
    void aVaultIsReachedByItsBastionAlone() {
        cloud.kubectl("apply", "-f", "docs/examples/bastion.yaml").succeeded();
        var bastion = publicIp("bastion");
        await().atMost(PATIENCE).until(() -> greeting(bastion).equals("welcome to the vault"));

        cloud.launch("intruder", "bank-public", "", """
                while sleep 1; do
                      for door in 10.0.2.10 10.0.1.10; do
                        echo "intruder: $door said $(timeout 3 nc $door 22 </dev/null || echo nothing)"
                      done
                    done &""");
        says("intruder", "intruder: 10.0.1.10 said welcome to the vault");
        says("intruder", "intruder: 10.0.2.10 said nothing");
        assertThat(cloud.console("intruder")).doesNotContain("intruder: 10.0.2.10 said welcome");

        // The quickstart's server has the bastion's address, in another VPC.
        assertThat(cloud.field("instance/server", ".status.privateIpAddress"))
                .isEqualTo(cloud.field("instance/bastion", ".status.privateIpAddress"));
        cloud.kubectl("-n", "lab", "patch", "securitygroup/bastion", "--type=merge", "-p", """
                        {"spec": {"ingress": []}}""")
                .succeeded();
        await().atMost(PATIENCE).until(() -> greeting(bastion).isEmpty());
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "instance/intruder")
                .succeeded();
        cloud.kubectl("delete", "--timeout=120s", "--ignore-not-found", "-f", "docs/examples/bastion.yaml")
                .succeeded();
    }

    @Test
    @Order(8)
    void aLoadBalancerServesAWebTier() throws Exception {
        var tier = new WebTier(cloud, folder);
        tier.obeysItsRules();
        tier.releasesByWeightAndKeepsItsMembers();
        tier.speaksTheTlsOfItsPolicy();
        tier.isClosedOtherwise();
        tier.losesNoRequestWhileItsTargetsChange();
        tier.followsItsServers();
        tier.comesBackWhenItsProgramIsKilled();
        tier.isFoundByNameWhereItServes();
        tier.staysWhileItIsProtected();
        tier.delete();
    }

    @Test
    @Order(8)
    void anInternalLoadBalancerHandsOnWhoAsks() {
        var inside = new InternalService(cloud);
        inside.showsEachServerWhoAsks();
        inside.turnsGuestsAway();
        inside.delete();
    }

    @Test
    @Order(8)
    void aDiskThatNobodyKnowsIsAdoptedWithItsBytes() throws Exception {
        var nonce = UUID.randomUUID().toString();
        keeper("printf %s " + nonce + " | dd of=/dev/vda conv=fsync 2>/dev/null; echo kept");
        await().atMost(PATIENCE).ignoreExceptions().until(() -> cloud.console("keeper")
                .contains("kept"));
        var disk = cloud.field("volume/keeper-root", ".status.volumeId");
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "instance/keeper").succeeded();
        // The volume outlives its instance; what is deleted now is the last object that knows of the disk.
        cloud.kubectl("-n", "lab", "delete", "--timeout=60s", "volume/keeper-root")
                .succeeded();
        cloud.kubectl("annotate", "host/e2e", "adopt.minicloud.io/" + disk + "=lab/keeper-root")
                .succeeded();

        keeper("echo \"found=$(head -c 36 /dev/vda)\"");

        await().atMost(PATIENCE).ignoreExceptions().until(() -> cloud.console("keeper")
                .contains("found=" + nonce));
        assertThat(cloud.field("volume/keeper-root", ".status.volumeId")).isNotEqualTo(disk);
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "instance/keeper").succeeded();
        cloud.kubectl("-n", "lab", "delete", "--timeout=60s", "volume/keeper-root")
                .succeeded();
    }

    @Test
    @Order(8)
    void anAccountIsToldHowItGetsItsKeysAndGoesWithItsNamespace() throws Exception {
        cloud.apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: class}
                ---
                apiVersion: organizations.minicloud.io/v1alpha1
                kind: Account
                metadata: {name: class}
                spec: {namespace: class, accountId: "222233334444"}
                ---
                apiVersion: s3.minicloud.io/v1alpha1
                kind: Bucket
                metadata: {name: class-files, namespace: class}
                spec: {deletionPolicy: Delete}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: main, namespace: class}
                spec: {cidrBlock: 10.0.0.0/16}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Subnet
                metadata: {name: a, namespace: class}
                spec: {vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: home-1a}
                """);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cloud.kubectl("-n", "class", "get", "bucket/class-files", "-o", "yaml")
                                .output())
                        .contains("SecretsForbidden", "run hack/up again"));

        cloud.hack("hack/up").succeeded();
        cloud.kubectl("-n", "class", "wait", "--for=condition=Ready", "--timeout=60s", "bucket/class-files", "subnet/a")
                .succeeded();

        cloud.kubectl("delete", "--timeout=90s", "namespace/class", "account/class")
                .succeeded();
    }

    @Test
    @Order(9)
    void keptDataIsThereAfterDownAndUp() throws Exception {
        object = UUID.randomUUID().toString();
        bucket().putObject(PutObjectArgs.builder().bucket("lab-files").object("kept").stream(
                        new ByteArrayInputStream(object.getBytes(StandardCharsets.UTF_8)), (long) object.length(), -1L)
                .build());
        var instance = cloud.field("instance/server", ".status.instanceId");
        cloud.hack("hack/down", "--keep-data").succeeded();
        assertThat(cloud.processes()).isEmpty();
        Machine.observe(cloud).hasNothingMoreThan(before);

        cloud.hack("hack/up").succeeded();
        assertThat(cloud.field("instance/server", ".status.instanceId")).isEqualTo(instance);
        try (var stored = bucket().getObject(GetObjectArgs.builder()
                .bucket("lab-files")
                .object("kept")
                .build())) {
            assertThat(new String(stored.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(object);
        }
    }

    @Test
    @Order(10)
    void downLeavesNothing() {
        cloud.hack("hack/down").succeeded();
        assertThat(cloud.processes()).isEmpty();
        assertThat(cloud.home()).doesNotExist();
        Machine.observe(cloud).hasNothingMoreThan(before);
    }

    /** An instance with a root volume of its own that outlives it. */
    private static void keeper(String command) {
        cloud.launch(
                "keeper",
                "a",
                "blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 1, deleteOnTermination: false}}]",
                command);
    }

    private static void elasticIp(String name, String instance) {
        cloud.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: ElasticIp
                metadata: {name: %s, namespace: lab}
                spec: {instanceRef: {name: %s}}
                """.formatted(name, instance));
    }

    /** The address of an ElasticIp that is in force. */
    private static String publicIp(String name) {
        cloud.kubectl("-n", "lab", "wait", "--for=condition=Ready", "--timeout=90s", "elasticip/" + name)
                .succeeded();
        return cloud.field("elasticip/" + name, ".status.publicIp");
    }

    /** What a web server says to this machine; nothing when it does not answer. */
    private static String fetch(String address) {
        return cloud.run(
                        Duration.ofSeconds(10),
                        "sh",
                        "-c",
                        "curl -s --noproxy '*' --max-time 3 http://" + address + "/ || true")
                .output();
    }

    /** What the port for SSH of a machine says to this one; nothing when it is closed. */
    private static String greeting(String address) {
        return cloud.run(
                        Duration.ofSeconds(10),
                        "timeout",
                        "3",
                        "bash",
                        "-c",
                        "exec 3<>/dev/tcp/" + address + "/22 && cat <&3")
                .output()
                .lines()
                .filter(line -> line.startsWith("welcome"))
                .findFirst()
                .orElse("");
    }

    private static void sourceDestCheck(String instance, boolean on) {
        cloud.kubectl(
                        "-n",
                        "lab",
                        "patch",
                        "instance/" + instance,
                        "--type=merge",
                        "-p",
                        "{\"spec\": {\"sourceDestCheck\": %s}}".formatted(on))
                .succeeded();
    }

    /** Waits until an instance says a line that begins so, from now on. */
    private static void says(String instance, String line) {
        var before = new AtomicInteger(-1);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            var said = cloud.console(instance)
                    .lines()
                    .filter(other -> other.strip().startsWith(line))
                    .count();
            before.compareAndSet(-1, (int) said);
            return said > before.get();
        });
    }

    /** Waits until the last that a tier told is this. */
    private static void hears(String tier, String heard) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> cloud.console(tier)
                .lines()
                .filter(line -> line.startsWith("tiers: "))
                .reduce((earlier, later) -> later)
                .filter(line -> line.strip().endsWith(" heard " + heard))
                .isPresent());
    }

    private static void power(String state) {
        cloud.kubectl(
                        "-n",
                        "lab",
                        "patch",
                        "instance/client",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"state\":\"" + state + "\"}}")
                .succeeded();
    }

    private static MinioClient bucket() {
        return MinioClient.builder()
                .endpoint(cloud.field("bucket/lab-files", ".status.endpoint"))
                .region("home-1")
                .credentials(key("AWS_ACCESS_KEY_ID"), key("AWS_SECRET_ACCESS_KEY"))
                .build();
    }

    private static String key(String name) {
        var value = cloud.field("secret/lab-files-owner-key", ".data." + name);
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }
}
