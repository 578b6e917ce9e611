package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableStatus;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.ec2.managedprefixlist.ManagedPrefixListReconciler;
import io.minicloud.controller.ec2.routetable.RouteTableReconciler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prefix lists and who names them, against a real API server; the agent and the Instance's reconciler are played by the test. */
class PrefixListStoryApiIT extends AccountStory {

    private static final AtomicInteger ZONES = new AtomicInteger(700);

    private final String zone = "home-" + ZONES.incrementAndGet() + "a";

    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.shared(parts -> List.of(
            new RouteTableReconciler(parts.settings(), parts.clock()),
            new ManagedPrefixListReconciler(parts.settings(), parts.clock())));

    PrefixListStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void account() {
        enrol("lists", zone);
        ec2("Vpc", "main", "cidrBlock: 10.0.0.0/16");
        ec2("Subnet", "a", "vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: " + zone);
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
        namespace = server().freshNamespace("stranger");

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
        program(network().orElseThrow());
        condition(SecurityGroup.class, "web", "Ready", "True", "Programmed");

        list("office", 10, "192.0.2.0/24");

        ingress("192.0.2.0/24");
        // The host was told and has not answered.
        condition(SecurityGroup.class, "web", "Programmed", "False", "HostNetworkPending");
        program(network().orElseThrow());
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

    private void list(String name, int maxEntries, String... cidrs) {
        ec2(
                "ManagedPrefixList",
                name,
                "addressFamily: IPv4, maxEntries: %d, entries: %s"
                        .formatted(
                                maxEntries,
                                Stream.of(cidrs).map("{cidr: %s}"::formatted).toList()));
    }

    private void group(String name, String list) {
        ec2("SecurityGroup", name, """
                vpcRef: {name: main},
                description: for a test,
                ingress: [{ipProtocol: tcp, fromPort: 22, toPort: 22, prefixListRef: {name: %s}}]
                """.formatted(list));
    }

    private void table(String name, String route) {
        ec2("RouteTable", name, "vpcRef: {name: main}, subnetRefs: [{name: a}], routes: [%s]".formatted(route));
    }

    /** A machine of the group web on the host. */
    private void machine() {
        ec2("Instance", "web", "imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: a}");
        ec2("NetworkInterface", "web-eth0", """
                subnetRef: {name: a},
                attachment: {instanceRef: {name: web}, deviceIndex: 0},
                securityGroupRefs: [{name: web}]
                """);
        place("web", zone);
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
        return client().resources(HostNetwork.class).inNamespace(hostNamespace()).list().getItems().stream()
                .findFirst();
    }
}
