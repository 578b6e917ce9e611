package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.Operator;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableStatus;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.api.host.HostNetworkStatus;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Registered;
import io.minicloud.controller.ec2.managedprefixlist.ManagedPrefixListReconciler;
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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prefix lists and who names them, against a real API server; the agent and the Instance's reconciler are played by the test. */
class PrefixListStoryApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger ZONES = new AtomicInteger(700);

    private static ApiServer server;
    private static Operator operator;

    private final String host = "h" + UUID.randomUUID().toString().substring(0, 8);
    private final String zone = "home-" + ZONES.incrementAndGet() + "a";
    private String namespace;

    @BeforeAll
    static void start() {
        server = ApiServer.shared();
        server.namespace(Labels.FABRIC_NAMESPACE);
        var settings = new ControllerSettings("installation", "home-1");
        var clock = Clock.systemUTC();
        var executor = new PlanExecutor(Checkpoint.NONE);
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(SharedInformers.of(server.admin()))
                .withCloseClientOnStop(false));
        Registered.with(operator, new AccountReconciler(clock));
        Registered.with(operator, new VpcReconciler(settings, executor, clock));
        Registered.with(operator, new SubnetReconciler(settings, clock));
        Registered.with(operator, new SecurityGroupReconciler(settings, clock));
        Registered.with(operator, new RouteTableReconciler(settings, clock));
        Registered.with(operator, new ManagedPrefixListReconciler(settings, clock));
        Registered.with(operator, new NetworkInterfaceReconciler(settings, executor, clock));
        operator.start();
    }

    @AfterAll
    static void stop() {
        operator.stop();
    }

    @BeforeEach
    void account() {
        namespace = server.freshNamespace("lists");
        server.namespace(hostNamespace());
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
                spec: {zones: [%4$s]}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: main, namespace: %1$s}
                spec: {cidrBlock: 10.0.0.0/16}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Subnet
                metadata: {name: a, namespace: %1$s}
                spec: {vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: %4$s}
                """.formatted(namespace, id, host, zone));
    }

    @Test
    void aListHasItsIdAndSaysThatItWasChanged() {
        list("office", 10, "198.51.100.0/24");

        condition(ManagedPrefixList.class, "office", "Ready", "True", "Accepted");
        var made = get(ManagedPrefixList.class, "office").getStatus();
        assertThat(made.prefixListId()).matches("pl-[0-9a-f]{17}");
        assertThat(made.arn()).matches("arn:aws:ec2:home-1:[0-9]{12}:prefix-list/" + made.prefixListId());
        assertThat(made.ownerId()).isEqualTo(made.arn().split(":")[4]);
        assertThat(made.state()).isEqualTo("create-complete");

        list("office", 10, "198.51.100.0/24", "203.0.113.0/24");

        await().atMost(PATIENCE).untilAsserted(() -> {
            var changed = get(ManagedPrefixList.class, "office").getStatus();
            assertThat(changed.state()).isEqualTo("modify-complete");
            assertThat(changed.prefixListId()).isEqualTo(made.prefixListId());
        });
    }

    @Test
    void whatIsNotInAnAccountIsRefused() {
        var account = namespace;
        namespace = server.freshNamespace("stranger");

        list("office", 10, "198.51.100.0/24");

        condition(ManagedPrefixList.class, "office", "Accepted", "False", "NotAnAccount");
        namespace = account;
        list("office", 10, "198.51.100.0/24");
        condition(ManagedPrefixList.class, "office", "Accepted", "True", "Accepted");
    }

    @Test
    void theRangesOfAListReachTheHostsOfItsGroupsAndSoDoTheirChanges() {
        group("web", "office");
        assertThat(condition(SecurityGroup.class, "web", "Accepted", "False", "PrefixListNotFound")
                        .message())
                .contains("ManagedPrefixList office");
        machine();
        ingress();

        list("office", 10, "198.51.100.0/24", "203.0.113.7/32");

        ingress("198.51.100.0/24", "203.0.113.7/32");
        condition(SecurityGroup.class, "web", "Programmed", "False", "HostNetworkPending");
        programNetwork();
        condition(SecurityGroup.class, "web", "Ready", "True", "Programmed");

        list("office", 10, "192.0.2.0/24");

        ingress("192.0.2.0/24");
        // The host was told and has not answered.
        condition(SecurityGroup.class, "web", "Programmed", "False", "HostNetworkPending");
        programNetwork();
        condition(SecurityGroup.class, "web", "Ready", "True", "Programmed");
    }

    /** AWS: 60 rules of a group in each direction, toward which the maximum size of a list counts. */
    @Test
    void maxEntriesRaisedLaterCountAtOnce() {
        list("office", 60, "198.51.100.0/24");
        group("web", "office");
        machine();
        ingress("198.51.100.0/24");

        list("office", 61, "198.51.100.0/24");

        assertThat(condition(SecurityGroup.class, "web", "Accepted", "False", "RulesPerSecurityGroupLimitExceeded")
                        .message())
                .contains("61", "60", "maxEntries");
        ingress();
        list("office", 60, "198.51.100.0/24");
        ingress("198.51.100.0/24");
        condition(SecurityGroup.class, "web", "Accepted", "True", "Accepted");
    }

    @Test
    void aListThatAGroupNamesStaysUntilTheRuleIsGone() {
        list("office", 10, "198.51.100.0/24");
        list("other", 10, "203.0.113.0/24");
        group("web", "office");
        condition(SecurityGroup.class, "web", "Ready", "True", "NoInterfaces");
        condition(ManagedPrefixList.class, "other", "Ready", "True", "Accepted");
        delete(ManagedPrefixList.class, "other");
        gone(ManagedPrefixList.class, "other");

        delete(ManagedPrefixList.class, "office");

        assertThat(condition(ManagedPrefixList.class, "office", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("the rules of SecurityGroup web");
        assertThat(get(ManagedPrefixList.class, "office").getStatus().state()).isEqualTo("delete-in-progress");
        condition(SecurityGroup.class, "web", "Ready", "True", "NoInterfaces");
        delete(SecurityGroup.class, "web");
        gone(ManagedPrefixList.class, "office");
    }

    @Test
    void theRangesOfAListAreDestinationsOfARoute() {
        table("office", "{destinationPrefixListRef: {name: later}, internetGatewayRef: {name: igw}}");
        condition(RouteTable.class, "office", "Accepted", "False", "PrefixListNotFound");
        list("later", 500, "192.0.2.0/24");
        condition(RouteTable.class, "office", "Accepted", "True", "Accepted");
        group("web", "later");
        machine();
        routed("192.0.2.0/24");

        list("later", 500, "192.0.2.0/25");

        routed("192.0.2.0/25");
        assertThat(get(RouteTable.class, "office").getStatus().routes())
                .extracting(RouteTableStatus.Route::destinationPrefixListId)
                .containsExactly(
                        null, get(ManagedPrefixList.class, "later").getStatus().prefixListId());
        list("later", 501, "192.0.2.0/25");
        condition(RouteTable.class, "office", "Accepted", "False", "RouteLimitExceeded");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        network().orElseThrow().getSpec().routeTables())
                .isEmpty());
    }

    @Test
    void aListThatATableNamesStaysUntilTheRouteIsGone() {
        list("office", 10, "198.51.100.0/24");
        table("office", "{destinationPrefixListRef: {name: office}, internetGatewayRef: {name: igw}}");
        condition(RouteTable.class, "office", "Accepted", "True", "Accepted");

        delete(ManagedPrefixList.class, "office");

        assertThat(condition(ManagedPrefixList.class, "office", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("the routes of RouteTable office");
        table("office", "{destinationCidrBlock: 198.51.100.0/24, internetGatewayRef: {name: igw}}");
        gone(ManagedPrefixList.class, "office");
    }

    private String hostNamespace() {
        return Labels.HOST_NAMESPACE_PREFIX + host;
    }

    private void list(String name, int maxEntries, String... cidrs) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: ManagedPrefixList
                metadata: {name: %s, namespace: %s}
                spec: {addressFamily: IPv4, maxEntries: %d, entries: %s}
                """.formatted(
                        name,
                        namespace,
                        maxEntries,
                        Stream.of(cidrs).map("{cidr: %s}"::formatted).toList()));
    }

    private void group(String name, String list) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: SecurityGroup
                metadata: {name: %s, namespace: %s}
                spec:
                  vpcRef: {name: main}
                  description: for a test
                  ingress: [{ipProtocol: tcp, fromPort: 22, toPort: 22, prefixListRef: {name: %s}}]
                """.formatted(name, namespace, list));
    }

    private void table(String name, String route) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: RouteTable
                metadata: {name: %s, namespace: %s}
                spec: {vpcRef: {name: main}, subnetRefs: [{name: a}], routes: [%s]}
                """.formatted(name, namespace, route));
    }

    /** A machine of the group web on the host. */
    private void machine() {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Instance
                metadata: {name: web, namespace: %1$s}
                spec: {imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: a}}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: web-eth0, namespace: %1$s}
                spec: {subnetRef: {name: a}, attachment: {instanceRef: {name: web}, deviceIndex: 0}, securityGroupRefs: [{name: web}]}
                """.formatted(namespace));
        var placement = new InstanceStatus.Placement(zone, host);
        server.admin()
                .resources(Instance.class)
                .inNamespace(namespace)
                .withName("web")
                .editStatus(instance -> {
                    instance.setStatus(new InstanceStatus(
                            null, null, null, null, null, null, null, null, null, null, null, null, null, placement));
                    return instance;
                });
    }

    /** Awaits that the host lets in by SSH exactly whoever comes from these ranges. */
    private void ingress(String... cidrs) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(network())
                .hasValueSatisfying(network -> assertThat(network.getSpec().securityGroups())
                        .singleElement()
                        .satisfies(group -> assertThat(group.ingress())
                                .containsExactly(Stream.of(cidrs)
                                        .map(cidr -> new HostNetworkSpec.Rule("tcp", 22, 22, cidr, null))
                                        .toArray(HostNetworkSpec.Rule[]::new)))));
    }

    /** Awaits that the host has routes to exactly these ranges; there is no gateway, so what goes there is dropped. */
    private void routed(String... cidrs) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(network())
                .hasValueSatisfying(network -> assertThat(network.getSpec().routeTables())
                        .singleElement()
                        .satisfies(table -> assertThat(table.routes())
                                .containsExactly(Stream.of(cidrs)
                                        .map(cidr -> new HostNetworkSpec.Route(cidr, "Blackhole", null))
                                        .toArray(HostNetworkSpec.Route[]::new)))));
    }

    private Optional<HostNetwork> network() {
        return server.admin().resources(HostNetwork.class).inNamespace(hostNamespace()).list().getItems().stream()
                .findFirst();
    }

    /** The host has done what it was told last. */
    private void programNetwork() {
        var network = network().orElseThrow();
        var generation = network.getMetadata().getGeneration();
        var now = Clock.systemUTC().instant().toString();
        network.setStatus(new HostNetworkStatus(
                List.of(new Condition("Programmed", "True", generation, now, "Programmed", "")),
                generation,
                null,
                null,
                null));
        server.admin().resource(network).updateStatus();
    }

    private <R extends HasMetadata> R get(Class<R> type, String name) {
        return server.admin()
                .resources(type)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private <R extends HasMetadata> void delete(Class<R> type, String name) {
        server.admin().resources(type).inNamespace(namespace).withName(name).delete();
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
