package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.api.testing.bench.BenchReport;
import io.minicloud.api.testing.bench.Figure;
import io.minicloud.api.testing.bench.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P6 from end to end: a rule of a SecurityGroup is written, and the first packet that it admits reaches a guest. In a VPC of
 * one interface, with 299 VPCs more on the machine, and with 1,000 interfaces; the group has as many rules as AWS gives it by
 * default. The guest listens to nothing: its kernel refuses what reaches it, and what does not reach it gets no answer. The floor
 * is {@code nft} loading all rules of that router. Beside it what an empty VPC takes of memory.
 */
class RuleBench {
    private static final String NAMESPACE = "lab";
    private static final String HOST_NAMESPACE = "minicloud-host-rules";
    private static final int CHANGES = 20;
    private static final int RULES = 60;
    private static final int VPCS = 300;
    private static final int INTERFACES = 1_000;
    private static final int FIRST_PORT = 20_000;
    private static final double ENFORCED_MS = 300;
    private static final double GROWTH = 1.1;
    private static final double NANOS_PER_MS = 1e6;
    private static final double KIB_OF_A_MIB = 1024;

    private static final Duration AT_ONCE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String NETWORK = """
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: AddressPool
            metadata: {name: rules}
            spec: {cidrBlocks: [198.51.100.240/28], mode: Routed}
            ---
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Vpc
            metadata: {name: rules, namespace: lab}
            spec: {cidrBlock: 10.20.0.0/16}
            ---
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Subnet
            metadata: {name: rules, namespace: lab}
            spec: {vpcRef: {name: rules}, cidrBlock: 10.20.0.0/20, availabilityZone: home-1a}
            ---
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: InternetGateway
            metadata: {name: rules, namespace: lab}
            spec: {vpcRef: {name: rules}}
            ---
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: RouteTable
            metadata: {name: rules, namespace: lab}
            spec:
              vpcRef: {name: rules}
              subnetRefs: [{name: rules}]
              routes: [{destinationCidrBlock: 0.0.0.0/0, internetGatewayRef: {name: rules}}]
            ---
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: ElasticIp
            metadata: {name: rules, namespace: lab}
            spec: {addressPoolRef: {name: rules}, instanceRef: {name: guest}}
            """;

    @TempDir
    static Path folder;

    private final BenchReport report = new BenchReport("rules");
    private final Cloud cloud = Cloud.in(folder.resolve("home"), "rules", "100.86.0.0/16");
    private int port = FIRST_PORT;

    @AfterEach
    void end() {
        cloud.hack("hack/down").succeeded();
    }

    @Test
    void aRuleChanges() throws Exception {
        cloud.hack("hack/up").succeeded();
        // Of host objects only the controller makes any.
        try (var client = client("kubeconfig");
                var controller = client("etc/controller.kubeconfig")) {
            var guest = guest(client);
            var alone = measure(client, guest, "1 VPC, 1 interface in it", null);
            vpcs(controller);
            measure(client, guest, VPCS + " VPCs", alone * GROWTH);
            interfaces(controller);
            measure(client, guest, VPCS + " VPCs, %,d interfaces in it".formatted(INTERFACES), ENFORCED_MS);
        }
        report.publish();
    }

    private KubernetesClient client(String kubeconfig) {
        return ApiServer.clientBuilder(
                        Config.fromKubeconfig(cloud.home().resolve(kubeconfig).toFile()))
                .build();
    }

    private String guest(KubernetesClient client) {
        cloud.apply(NETWORK);
        client.resource(group()).serverSideApply();
        cloud.launch("guest", "rules", "securityGroupRefs: [{name: rules}]", "true");
        cloud.kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", "instance/guest", "eip/rules", "--timeout=3m")
                .succeeded();
        var address = cloud.field("eip/rules", ".status.publicIp");
        await().atMost(PATIENCE)
                .until(() -> new Knocks(address, port).answered(AT_ONCE)
                        && !new Knocks(address, port + 1).answered(AT_ONCE));
        return address;
    }

    /** The 95th percentile, in milliseconds, from before a rule is written until a packet has passed by it. */
    private double measure(KubernetesClient client, String guest, String where, Double goal) throws IOException {
        var ours = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        var rules = rulesOfRouter();
        for (var change = 0; change < CHANGES; change++) {
            port++;
            var group = group();
            var start = System.nanoTime();
            client.resource(group).serverSideApply();
            assertThat(new Knocks(guest, port).answered(PATIENCE)).isTrue();
            ours.add((System.nanoTime() - start) / NANOS_PER_MS);
            bare.add(load(rules));
        }
        Files.delete(rules);
        var figure = Figure.low("P6", "rule written until a packet passes, " + where, "ms", Samples.of(ours))
                .byP95()
                .over(Samples.of(bare).p95());
        report.add(goal == null ? figure : figure.aiming(goal));
        return figure.value();
    }

    /** Opens one port to the world, another one each time, beside rules that stay. */
    private SecurityGroup group() {
        var rules = IntStream.range(1, RULES)
                .mapToObj(number ->
                        "{ipProtocol: tcp, fromPort: %1$d, toPort: %1$d, cidrIpv4: 10.0.%1$d.0/24}".formatted(number))
                .collect(Collectors.joining(", "));
        return Serialization.unmarshal("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: SecurityGroup
                metadata: {name: rules, namespace: lab}
                spec:
                  vpcRef: {name: rules}
                  description: what is measured
                  ingress: [%s, {ipProtocol: tcp, fromPort: %2$d, toPort: %2$d, cidrIpv4: 0.0.0.0/0}]
                """.formatted(rules, port), SecurityGroup.class);
    }

    /** What the router of the VPC has, as a script that makes it elsewhere. */
    private Path rulesOfRouter() throws IOException {
        var namespace = "mc-vpc-" + cloud.field("vpc/rules", ".status.vpcId").substring("vpc-".length());
        var listing = cloud.run(PATIENCE, "ip", "netns", "exec", namespace, "nft", "list", "ruleset")
                .succeeded()
                .output();
        return Files.writeString(Files.createTempFile(folder, "rules", ".nft"), listing);
    }

    private double load(Path rules) {
        var run = cloud.run(PATIENCE, "unshare", "--net", "nft", "-f", rules.toString())
                .succeeded();
        return run.took().toNanos() / NANOS_PER_MS;
    }

    /** As the controller would write them, without a cloud above: empty networks of one subnet. */
    private void vpcs(KubernetesClient client) throws Exception {
        var before = Memory.available();
        var networks = IntStream.range(1, VPCS)
                .mapToObj(number -> Serialization.unmarshal("""
                        apiVersion: host.minicloud.io/v1alpha1
                        kind: HostNetwork
                        metadata: {name: vpc-%1$017x, namespace: %2$s}
                        spec:
                          vpcId: vpc-%1$017x
                          cidrBlocks: [10.0.0.0/16]
                          dns: {enabled: true, domain: rules.compute.internal}
                          subnets: [{subnetId: subnet-%1$017x, cidrBlock: 10.0.1.0/24, mtu: 1500}]
                        """.formatted(number, HOST_NAMESPACE), HostNetwork.class))
                .toList();
        try (var ready = new Flood.Count<>(
                client,
                HostNetwork.class,
                HOST_NAMESPACE,
                networks.size(),
                Flood.<HostNetwork>says("Programmed", "True"))) {
            Flood.each(networks, network -> client.resource(network).create());
            ready.await(PATIENCE);
        }
        var servers = new ArrayList<Double>();
        for (var server : cloud.processes("dnsmasq")) {
            try {
                servers.add(Memory.proportional(server) * KIB_OF_A_MIB);
            } catch (NoSuchFileException e) {
                // One that only judged its configuration, and has ended.
                continue;
            }
        }
        report.add(
                Figure.low("P6", "memory of an empty VPC: its dnsmasq, the only process", "KiB", Samples.of(servers)));
        report.add(Figure.low(
                "P6",
                "memory of an empty VPC: all that the machine has less",
                "KiB",
                new Samples((before - Memory.available()) * KIB_OF_A_MIB / networks.size())));
    }

    /** Ports without a guest behind them. */
    private void interfaces(KubernetesClient client) throws Exception {
        var vpc = cloud.field("vpc/rules", ".status.vpcId");
        var subnet = cloud.field("subnet/rules", ".status.subnetId");
        var group = cloud.field("securitygroup/rules", ".status.groupId");
        List<HostInterface> interfaces = IntStream.range(1, INTERFACES)
                .mapToObj(number -> Serialization.unmarshal(
                        """
                        apiVersion: host.minicloud.io/v1alpha1
                        kind: HostInterface
                        metadata: {name: eni-%1$017x, namespace: %2$s}
                        spec:
                          networkInterfaceId: eni-%1$017x
                          vpcId: %3$s
                          subnetId: %4$s
                          macAddress: 02:00:00:00:%5$02x:%6$02x
                          privateIpAddresses: [10.20.%7$d.%8$d]
                          securityGroupIds: [%9$s]
                          sourceDestCheck: true
                          portType: Veth
                        """.formatted(
                                        number,
                                        HOST_NAMESPACE,
                                        vpc,
                                        subnet,
                                        number / 256,
                                        number % 256,
                                        4 + number / 200,
                                        11 + number % 200,
                                        group),
                        HostInterface.class))
                .toList();
        try (var ready = new Flood.Count<>(
                client,
                HostInterface.class,
                HOST_NAMESPACE,
                interfaces.size(),
                Flood.<HostInterface>says("Programmed", "True"))) {
            Flood.each(interfaces, eni -> client.resource(eni).create());
            ready.await(PATIENCE);
        }
    }
}
