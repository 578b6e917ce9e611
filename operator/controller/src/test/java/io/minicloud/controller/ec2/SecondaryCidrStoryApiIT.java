package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcStatus.CidrBlockAssociation;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Registered;
import io.minicloud.controller.ec2.networkinterface.NetworkInterfaceReconciler;
import io.minicloud.controller.ec2.routetable.RouteTableReconciler;
import io.minicloud.controller.ec2.securitygroup.SecurityGroupReconciler;
import io.minicloud.controller.ec2.subnet.SubnetReconciler;
import io.minicloud.controller.ec2.vpc.VpcReconciler;
import io.minicloud.controller.organizations.account.AccountReconciler;
import io.minicloud.reconcile.client.SharedInformers;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The secondary ranges of a VPC against a real API server; the agent and the Instance's reconciler are played by the test.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html">VPC CIDR blocks</a>
 */
class SecondaryCidrStoryApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static ApiServer server;
    private static Operator operator;

    private final String host = "h" + UUID.randomUUID().toString().substring(0, 8);
    private String namespace;

    @BeforeAll
    static void start() {
        server = ApiServer.start();
        server.namespace(Labels.FABRIC_NAMESPACE);
        operator = controller();
    }

    @AfterAll
    static void stop() {
        operator.stop();
        server.close();
    }

    @BeforeEach
    void account() {
        namespace = server.freshNamespace("cidr");
        server.namespace(Labels.HOST_NAMESPACE_PREFIX + host);
        var id = String.format("%012d", Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 1_000_000_000_000L));
        server.apply("""
                apiVersion: organizations.minicloud.io/v1alpha1
                kind: Account
                metadata: {name: %1$s}
                spec: {namespace: %1$s, accountId: "%2$s"}
                ---
                apiVersion: host.minicloud.io/v1alpha1
                kind: Host
                metadata: {name: %3$s}
                spec: {zones: [home-1a]}
                """.formatted(namespace, id, host));
    }

    @Test
    void aRangeThatIsAddedIsRoutedAndTakesSubnets() {
        vpc("");
        subnet("a", "10.0.1.0/24");
        table("{destinationCidrBlock: 0.0.0.0/0, networkInterfaceRef: {name: nobody}}");
        subnet("b", "100.64.0.0/25");
        assertThat(condition(Subnet.class, "b", "Accepted", "False", "InvalidSubnetRange")
                        .message())
                .contains("10.0.0.0/16");
        ranges("10.0.0.0/16 associated");
        machine("web", "a");
        routed("10.0.0.0/16");

        vpc("100.64.0.0/24, 10.2.0.0/16");

        condition(Subnet.class, "b", "Accepted", "True", "Accepted");
        ranges("10.0.0.0/16 associated", "100.64.0.0/24 associated", "10.2.0.0/16 associated");
        assertThat(set().get(1).associationId()).matches("vpc-cidr-assoc-[0-9a-f]{17}");
        assertThat(get(Subnet.class, "b").getStatus().availableIpAddressCount()).isEqualTo(123);
        machine("far", "b");
        routed("10.0.0.0/16", "100.64.0.0/24", "10.2.0.0/16");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(network().getSpec().subnets())
                        .extracting(subnet -> subnet.cidrBlock())
                        .containsExactlyInAnyOrder("10.0.1.0/24", "100.64.0.0/25"));
        assertThat(get(NetworkInterface.class, "far-eth0").getStatus().privateIpAddress())
                .startsWith("100.64.0.");
    }

    @Test
    void oneThatCannotBeTakenSaysWhyAndStopsNoOther() {
        vpc("");
        table("{destinationCidrBlock: 10.3.7.0/24, networkInterfaceRef: {name: nobody}}");
        condition(RouteTable.class, "public", "Accepted", "True", "Accepted");
        vpc("192.168.0.0/24, 10.2.0.0/16, 10.3.0.0/16, 100.64.0.0/24, 100.65.0.0/24, 100.66.0.0/24");
        subnet("b", "10.2.1.0/24");

        assertThat(condition(Vpc.class, "main", "Ready", "False", "InvalidVpcRange")
                        .message())
                .contains("192.168.0.0/24");
        condition(Vpc.class, "main", "Accepted", "True", "Accepted");
        condition(Subnet.class, "b", "Ready", "True", "NoInterfaces");
        ranges(
                "10.0.0.0/16 associated",
                "192.168.0.0/24 failed InvalidVpcRange",
                "10.2.0.0/16 associated",
                "10.3.0.0/16 failed InvalidVpcRange",
                "100.64.0.0/24 associated",
                "100.65.0.0/24 associated",
                "100.66.0.0/24 associated");

        vpc("10.2.0.0/16, 10.3.0.0/16, 100.64.0.0/24, 100.65.0.0/24, 100.66.0.0/24, 100.67.0.0/24");

        condition(Vpc.class, "main", "Ready", "False", "InvalidVpcRange");
        ranges(
                "10.0.0.0/16 associated",
                "10.2.0.0/16 associated",
                "10.3.0.0/16 failed InvalidVpcRange",
                "100.64.0.0/24 associated",
                "100.65.0.0/24 associated",
                "100.66.0.0/24 associated",
                "100.67.0.0/24 failed CidrLimitExceeded");

        vpc("10.2.0.0/16, 10.3.0.0/16");
        ranges("10.0.0.0/16 associated", "10.2.0.0/16 associated", "10.3.0.0/16 failed InvalidVpcRange");
        table("{destinationCidrBlock: 10.0.0.0/8, networkInterfaceRef: {name: nobody}}");

        ranges("10.0.0.0/16 associated", "10.2.0.0/16 associated", "10.3.0.0/16 associated");
        condition(Vpc.class, "main", "Ready", "True", "NoInterfaces");
        table("{destinationCidrBlock: 10.3.7.0/24, networkInterfaceRef: {name: nobody}}");
        assertThat(condition(RouteTable.class, "public", "Accepted", "False", "InvalidParameterValue")
                        .message())
                .contains("10.3.7.0/24 lies in 10.3.0.0/16");
    }

    @Test
    void aRangeThatIsTakenOutStaysUntilItsLastSubnetIsGoneAlsoThroughARestart() {
        vpc("10.2.0.0/16, 10.3.0.0/16");
        subnet("b", "10.2.1.0/24");
        condition(Subnet.class, "b", "Ready", "True", "NoInterfaces");
        machine("web", "b");
        routedOnHost("10.0.0.0/16", "10.2.0.0/16", "10.3.0.0/16");

        vpc("");

        assertThat(condition(Vpc.class, "main", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("10.2.0.0/16", "Subnet b");
        ranges("10.0.0.0/16 associated", "10.2.0.0/16 disassociating DependencyViolation");
        routedOnHost("10.0.0.0/16", "10.2.0.0/16");
        subnet("late", "10.2.2.0/24");
        condition(Subnet.class, "late", "Accepted", "False", "InvalidSubnetRange");

        operator.stop();
        operator = controller();

        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: main, namespace: %s}
                spec: {cidrBlock: 10.0.0.0/16, tags: {seen: again}}
                """.formatted(namespace));
        await().atMost(PATIENCE).until(() -> get(Vpc.class, "main")
                .getStatus()
                .observedGeneration()
                .equals(get(Vpc.class, "main").getMetadata().getGeneration()));
        ranges("10.0.0.0/16 associated", "10.2.0.0/16 disassociating DependencyViolation");
        assertThat(network().getSpec().cidrBlocks()).containsExactly("10.0.0.0/16", "10.2.0.0/16");
        condition(Subnet.class, "b", "Accepted", "True", "Accepted");

        delete(Instance.class, "web");
        delete(NetworkInterface.class, "web-eth0");
        delete(Subnet.class, "b");

        gone(Subnet.class, "b");
        ranges("10.0.0.0/16 associated");
        condition(Vpc.class, "main", "Ready", "True", "NoInterfaces");
        condition(Subnet.class, "late", "Accepted", "False", "InvalidSubnetRange");
    }

    @Test
    void aRangeThatIsAskedForAgainIsAssociatedAgain() {
        vpc("10.2.0.0/16");
        subnet("b", "10.2.1.0/24");
        condition(Subnet.class, "b", "Ready", "True", "NoInterfaces");
        vpc("");
        ranges("10.0.0.0/16 associated", "10.2.0.0/16 disassociating DependencyViolation");

        vpc("10.2.0.0/16");

        ranges("10.0.0.0/16 associated", "10.2.0.0/16 associated");
        subnet("late", "10.2.2.0/24");
        condition(Subnet.class, "late", "Ready", "True", "NoInterfaces");
        condition(Vpc.class, "main", "Ready", "True", "NoInterfaces");
    }

    private static Operator controller() {
        var settings = new ControllerSettings("installation", "home-1");
        var clock = Clock.systemUTC();
        var executor = new PlanExecutor(Checkpoint.NONE);
        var started = new Operator(overrider -> overrider
                .withKubernetesClient(SharedInformers.of(server.admin()))
                .withCloseClientOnStop(false));
        Registered.with(started, new AccountReconciler(clock));
        Registered.with(started, new VpcReconciler(settings, executor, clock));
        Registered.with(started, new SubnetReconciler(settings, clock));
        Registered.with(started, new SecurityGroupReconciler(settings, clock));
        Registered.with(started, new RouteTableReconciler(settings, clock));
        Registered.with(started, new NetworkInterfaceReconciler(settings, executor, clock));
        started.start();
        return started;
    }

    private static KubernetesClient client() {
        return server.admin();
    }

    private void vpc(String secondary) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: main, namespace: %s}
                spec: {cidrBlock: 10.0.0.0/16, secondaryCidrBlocks: [%s]}
                """.formatted(namespace, secondary));
    }

    private void subnet(String name, String cidr) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Subnet
                metadata: {name: %s, namespace: %s}
                spec: {vpcRef: {name: main}, cidrBlock: %s, availabilityZone: home-1a}
                """.formatted(name, namespace, cidr));
    }

    private void table(String route) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: RouteTable
                metadata: {name: public, namespace: %s}
                spec: {vpcRef: {name: main}, main: true, routes: [%s]}
                """.formatted(namespace, route));
    }

    /** An instance on the host, with its primary network interface. */
    private void machine(String name, String subnet) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Instance
                metadata: {name: %1$s, namespace: %2$s}
                spec: {imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: %3$s}}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: %1$s-eth0, namespace: %2$s}
                spec: {subnetRef: {name: %3$s}, attachment: {instanceRef: {name: %1$s}, deviceIndex: 0}}
                """.formatted(name, namespace, subnet));
        var placement = new InstanceStatus.Placement("home-1a", host);
        client().resources(Instance.class).inNamespace(namespace).withName(name).editStatus(instance -> {
            instance.setStatus(new InstanceStatus(
                    null, null, null, null, null, null, null, null, null, null, null, null, null, placement));
            return instance;
        });
    }

    private List<CidrBlockAssociation> set() {
        return get(Vpc.class, "main").getStatus().cidrBlockAssociationSet();
    }

    /** Range, state and, of what has one, the reason. */
    private void ranges(String... told) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(get(Vpc.class, "main").getStatus()).isNotNull();
            assertThat(set()).extracting(SecondaryCidrStoryApiIT::told).containsExactly(told);
        });
    }

    private static String told(CidrBlockAssociation entry) {
        var state = entry.cidrBlockState();
        var reason =
                state.statusMessage() == null ? "" : " " + state.statusMessage().split(":")[0];
        return entry.cidrBlock() + " " + state.state() + reason;
    }

    /** The host and the route table know these ranges of the VPC. */
    private void routed(String... ranges) {
        routedOnHost(ranges);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        get(RouteTable.class, "public").getStatus().routes())
                .filteredOn(route -> "local".equals(route.gatewayId()))
                .extracting(RouteTableStatus.Route::destinationCidrBlock)
                .containsExactly(ranges));
    }

    private void routedOnHost(String... ranges) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(network()).isNotNull();
            assertThat(network().getSpec().cidrBlocks()).containsExactly(ranges);
        });
    }

    private HostNetwork network() {
        return client().resources(HostNetwork.class)
                .inNamespace(Labels.HOST_NAMESPACE_PREFIX + host)
                .withName(get(Vpc.class, "main").getStatus().vpcId())
                .get();
    }

    private <R extends HasMetadata> R get(Class<R> type, String name) {
        return client().resources(type).inNamespace(namespace).withName(name).get();
    }

    private <R extends HasMetadata> void delete(Class<R> type, String name) {
        client().resources(type).inNamespace(namespace).withName(name).delete();
    }

    private <R extends HasMetadata> void gone(Class<R> type, String name) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(type, name)).isNull());
    }

    private <R extends CustomResource<?, ? extends Conditioned>> Condition condition(
            Class<R> type, String name, String condition, String status, String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Conditions.find(get(type, name).getStatus(), condition))
                        .as("%s %s %s", type.getSimpleName(), name, condition)
                        .map(found -> found.status() + " " + found.reason())
                        .hasValue(status + " " + reason));
        return Conditions.find(get(type, name).getStatus(), condition).orElseThrow();
    }
}
