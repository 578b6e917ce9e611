package io.minicloud.controller.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.InternetGatewaySpec;
import io.minicloud.api.ec2.InternetGatewayStatus;
import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.ManagedPrefixListSpec;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceSpec;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableSpec;
import io.minicloud.api.ec2.RouteTableStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.SubnetSpec;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.internetgateway.InternetGateways;
import io.minicloud.controller.ipam.Ipv4Range;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * By hand, after https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html and the pages below it, and
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html.
 */
class RouteTablesTest {
    private static final String WORLD = "0.0.0.0/0";
    private static final RouteTableStatus.Route LOCAL =
            new RouteTableStatus.Route("10.0.0.0/16", null, "local", null, null, null, "active", "CreateRouteTable");
    private static final List<Subnet> SUBNETS = List.of(subnet("a"), subnet("b"));

    private final List<String> ranges = new ArrayList<>(List.of("10.0.0.0/16"));
    private final Map<String, InternetGateway> gateways = new HashMap<>();
    private final Map<String, NetworkInterface> interfaces = new HashMap<>();
    private final Map<String, Instance> instances = new HashMap<>();
    private final Map<String, ManagedPrefixList> lists = new HashMap<>();
    private final Map<String, NatGateway> natGateways = new HashMap<>();

    /** AWS: "every route table contains a local route for communication within the VPC. This route is added by default". */
    @Test
    void everyTableHasTheLocalRouteAndHostsKnowItWithoutBeingTold() {
        var empty = table("empty", spec(null, List.of("a")));

        var judged = tables(empty).judge(empty);

        assertThat(judged.routes()).containsExactly(LOCAL);
        assertThat(judged.table().routes()).isEmpty();
        assertThat(judged.main()).isFalse();
    }

    /** AWS: a subnet that is not explicitly associated is implicitly associated with the main route table. */
    @Test
    void subnetsThatNoneNamesHaveTheMainOne() {
        var main = table("main", spec(true, null));
        var own = table("own", spec(null, List.of("a")));

        var tables = tables(main, own);

        assertThat(tables.judge(main).main()).isTrue();
        assertThat(tables.judge(main).table().subnetIds()).containsExactly(id("subnet", "b"));
        assertThat(tables.judge(main).subnetIds()).isEmpty();
        assertThat(tables.judge(own).table().subnetIds()).containsExactly(id("subnet", "a"));
        assertThat(tables.judge(own).subnetIds()).containsExactly(id("subnet", "a"));
        assertThat(tables.compiled())
                .extracting(HostNetworkSpec.RouteTable::routeTableId)
                .containsExactly(id("rtb", "main"), id("rtb", "own"));
    }

    /** AWS: "you can explicitly associate a subnet with the main route table, even if it's already implicitly associated". */
    @Test
    void theMainOneMayNameSubnetsToo() {
        var main = table("main", spec(true, List.of("a")));

        var judged = tables(main).judge(main);

        assertThat(judged.subnetIds()).containsExactly(id("subnet", "a"));
        assertThat(judged.table().subnetIds()).containsExactlyInAnyOrder(id("subnet", "a"), id("subnet", "b"));
    }

    @Test
    void withoutAMainTableASubnetThatNoneNamesHasNone() {
        var own = table("own", spec(null, List.of("a")));

        assertThat(tables(own).compiled()).singleElement().satisfies(table -> assertThat(table.subnetIds())
                .containsExactly(id("subnet", "a")));
    }

    /** AWS: "a subnet can only be associated with one route table at a time". */
    @Test
    void ofTwoThatNameASubnetTheOlderHasIt() {
        var younger = created("2026-01-02T00:00:00Z", table("first-by-name", spec(null, List.of("a", "b"))));
        var older = created("2026-01-01T00:00:00Z", table("second-by-name", spec(null, List.of("a"))));

        var tables = tables(younger, older);

        assertThat(tables.judge(older).subnetIds()).containsExactly(id("subnet", "a"));
        assertThat(tables.judge(younger).subnetIds()).containsExactly(id("subnet", "b"));
        assertThat(fault(tables, older)).isEqualTo("none");
        assertThat(fault(tables, younger))
                .startsWith("ResourceAlreadyAssociated")
                .contains("Subnet a", "RouteTable second-by-name");
    }

    @Test
    void whoHasASubnetKeepsItAgainstAnOlderOneThatNamesItLater() {
        var younger = created("2026-01-02T00:00:00Z", table("younger", spec(null, List.of("a"))));
        var older = created("2026-01-01T00:00:00Z", table("older", spec(null, List.of("a"))));
        younger.setStatus(had(false, List.of(id("subnet", "a"))));

        assertThat(tables(younger, older).judge(younger).subnetIds()).containsExactly(id("subnet", "a"));
        assertThat(fault(tables(younger, older), older)).startsWith("ResourceAlreadyAssociated");
    }

    @Test
    void aVpcHasOneMainTable() {
        var first = created("2026-01-01T00:00:00Z", table("first", spec(true, null)));
        var second = created("2026-01-02T00:00:00Z", table("second", spec(true, List.of("a"))));

        var tables = tables(second, first);

        assertThat(tables.judge(first).main()).isTrue();
        assertThat(tables.judge(second).main()).isFalse();
        assertThat(tables.judge(second).table().subnetIds()).containsExactly(id("subnet", "a"));
        assertThat(fault(tables, second))
                .startsWith("ResourceAlreadyAssociated")
                .contains("RouteTable first");
        second.setStatus(had(true, List.of()));
        assertThat(tables(second, first).judge(second).main()).isTrue();
    }

    @Test
    void aMissingSubnetIsWaitedFor() {
        var own = table("own", spec(null, List.of("c", "a")));

        assertThat(fault(tables(own), own)).startsWith("SubnetNotFound").contains("Subnet c", "Vpc main");
        assertThat(tables(own).judge(own).subnetIds()).containsExactly(id("subnet", "a"));
    }

    @Test
    void anAttachedGatewayIsATarget() {
        gateway("igw", "main");
        var table = table("public", toGateway(WORLD, "igw"));

        assertThat(tables(table).judge(table).table().routes())
                .containsExactly(new HostNetworkSpec.Route(WORLD, "InternetGateway", null));
        assertThat(tables(table).judge(table).routes())
                .containsExactly(
                        LOCAL,
                        new RouteTableStatus.Route(
                                WORLD, null, id("igw", "igw"), null, null, null, "active", "CreateRoute"));
        assertThat(fault(tables(table), table)).isEqualTo("none");
    }

    /** AWS: blackhole "indicates that the route's target isn't available (for example, the gateway isn't attached)". */
    @Test
    void aGatewayThatIsGoneIsABlackholeAndNoFault() {
        var table = table("public", toGateway(WORLD, "igw"));
        blackhole(table, null, "InternetGateway igw does not exist");

        gateway("igw", null);
        blackhole(table, id("igw", "igw"), "InternetGateway igw is not attached to Vpc main");

        gateway("first", "main");
        gateway("igw", "main");
        created("2026-01-01T00:00:00Z", gateways.get("first"));
        created("2026-01-02T00:00:00Z", gateways.get("igw"));
        blackhole(table, id("igw", "igw"), "InternetGateway igw is not attached to Vpc main");

        gateways.remove("first");
        assertThat(tables(table).judge(table).blackholes()).isEmpty();
        gateways.get("igw").getMetadata().setDeletionTimestamp("2026-01-03T00:00:00Z");
        blackhole(table, id("igw", "igw"), "InternetGateway igw is being deleted");
    }

    /** AWS: a gateway is not detached while the VPC has mapped public addresses. */
    @Test
    void aGatewayThatIsToGoIsATargetWhileItIsAttached() {
        gateway("igw", "main");
        var igw = gateways.get("igw");
        igw.setStatus(new InternetGatewayStatus(
                null,
                1L,
                null,
                null,
                null,
                List.of(new InternetGatewayStatus.Attachment(id("vpc", "main"), "available")),
                null));
        igw.getMetadata().setDeletionTimestamp("2026-01-03T00:00:00Z");
        var table = table("public", toGateway(WORLD, "igw"));

        assertThat(tables(table).judge(table).blackholes()).isEmpty();
        assertThat(tables(table).judge(table).table().routes())
                .containsExactly(new HostNetworkSpec.Route(WORLD, "InternetGateway", null));
    }

    /** AWS: "route table rtb-… and network gateway igw-… belong to different networks" (InvalidParameterValue). */
    @Test
    void aTargetOfAnotherVpcIsRefusedAndTakesNoOtherRouteWithIt() {
        gateway("igw", "main");
        gateway("foreign", "other");
        eni("stranger", null, "vpc-other", "10.9.0.4", "tower");
        var table = table(
                "public",
                new RouteTableSpec.Route("192.0.2.0/24", null, new LocalRef("foreign"), null, null, null),
                new RouteTableSpec.Route("198.51.100.0/24", null, null, new LocalRef("stranger"), null, null),
                new RouteTableSpec.Route(WORLD, null, new LocalRef("igw"), null, null, null));

        assertThat(fault(tables(table), table))
                .startsWith("InvalidParameterValue")
                .contains("192.0.2.0/24", "InternetGateway foreign belongs to Vpc other", "Vpc main");
        assertThat(tables(table).judge(table).table().routes())
                .extracting(HostNetworkSpec.Route::target)
                .containsExactly("Blackhole", "Blackhole", "InternetGateway");
    }

    @Test
    void aNetworkInterfaceIsATargetByItsAddress() {
        eni("router", null, id("vpc", "main"), "10.0.1.9", "tower");
        var table = table("private", new RouteTableSpec.Route(WORLD, null, null, new LocalRef("router"), null, null));

        assertThat(tables(table).judge(table).table().routes())
                .containsExactly(new HostNetworkSpec.Route(WORLD, "NetworkInterface", "10.0.1.9"));
        assertThat(tables(table).judge(table).routes())
                .last()
                .isEqualTo(new RouteTableStatus.Route(
                        WORLD, null, null, id("eni", "router"), null, null, "active", "CreateRoute"));
    }

    @Test
    void anInterfaceWithoutAddressOrPortIsABlackhole() {
        var table = table("private", new RouteTableSpec.Route(WORLD, null, null, new LocalRef("router"), null, null));
        blackhole(table, null, "NetworkInterface router does not exist");

        eni("router", null, null, null, null);
        blackhole(table, null, "NetworkInterface router has no address yet");

        eni("router", null, id("vpc", "main"), "10.0.1.9", null);
        blackhole(table, null, "NetworkInterface router has no port on a host");
    }

    @Test
    void anInstanceIsATargetByItsPrimaryInterfaceWhileItRuns() {
        var table = table("private", new RouteTableSpec.Route(WORLD, null, null, null, new LocalRef("nat"), null));
        blackhole(table, null, "Instance nat does not exist");

        instance("nat", "running");
        blackhole(table, null, "Instance nat has no network interface yet");

        eni("nat-eth0", "nat", id("vpc", "main"), "10.0.1.9", "tower");
        assertThat(tables(table).judge(table).table().routes())
                .containsExactly(new HostNetworkSpec.Route(WORLD, "NetworkInterface", "10.0.1.9"));
        assertThat(tables(table).judge(table).routes())
                .last()
                .isEqualTo(new RouteTableStatus.Route(
                        WORLD, null, null, id("eni", "nat-eth0"), id("i", "nat"), null, "active", "CreateRoute"));

        instance("nat", "stopped");
        blackhole(table, null, "Instance nat is stopped");
        instances.get("nat").getMetadata().setDeletionTimestamp("2026-01-03T00:00:00Z");
        blackhole(table, null, "Instance nat is being deleted");
    }

    /** The range of the VPC itself and what lies in it; AWS allows ranges of whole subnets there, and we not yet. */
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/16", "10.0.1.0/24", "10.0.255.255/32"})
    void aRouteWithinTheVpcIsRefusedAndLeftOut(String destination) {
        gateway("igw", "main");
        var table = table(
                "public",
                new RouteTableSpec.Route(destination, null, new LocalRef("igw"), null, null, null),
                new RouteTableSpec.Route(WORLD, null, new LocalRef("igw"), null, null, null));

        assertThat(fault(tables(table), table))
                .startsWith("InvalidParameterValue")
                .contains(destination, "10.0.0.0/16", "not offered yet");
        assertThat(tables(table).judge(table).table().routes())
                .extracting(HostNetworkSpec.Route::destinationCidrBlock)
                .containsExactly(WORLD);
        assertThat(tables(table).judge(table).routes()).hasSize(2);
    }

    /** AWS: "When you associate a CIDR block with your VPC, a route is automatically added to your VPC route tables". */
    @Test
    void eachRangeOfTheVpcHasALocalRouteAndNoOther() {
        gateway("igw", "main");
        ranges.add("100.64.0.0/24");
        var table = table(
                "public",
                toGateway("100.64.0.128/25", "igw"),
                toGateway("100.64.1.0/24", "igw"),
                toGateway(WORLD, "igw"));

        assertThat(tables(table).judge(table).routes())
                .extracting(route -> route.destinationCidrBlock() + " " + route.origin())
                .containsExactly(
                        "10.0.0.0/16 CreateRouteTable",
                        "100.64.0.0/24 CreateRouteTable",
                        "100.64.1.0/24 CreateRoute",
                        WORLD + " CreateRoute");
        assertThat(fault(tables(table), table))
                .startsWith("InvalidParameterValue")
                .contains("100.64.0.128/25 lies in 100.64.0.0/24");
    }

    /** AWS: the most specific route wins, so a wider one takes nothing from the local one. */
    @ParameterizedTest
    @ValueSource(strings = {WORLD, "10.0.0.0/8", "10.0.0.0/15", "10.1.0.0/16", "9.255.255.255/32"})
    void aRouteAroundTheVpcOrBesideItIsTaken(String destination) {
        gateway("igw", "main");
        var table = table("public", toGateway(destination, "igw"));

        assertThat(fault(tables(table), table)).isEqualTo("none");
    }

    /** AWS: RouteLimitExceeded, "You've reached the limit on the number of routes that you can add to a route table". */
    @Test
    void whatIsBeyondTheQuotaIsLeftOut() {
        gateway("igw", "main");
        var routes = IntStream.range(0, 3)
                .mapToObj(number -> toGateway("192.0." + number + ".0/24", "igw"))
                .toArray(RouteTableSpec.Route[]::new);
        var table = table("public", routes);
        var tables = new RouteTables(List.of(table), SUBNETS, targets(), destinations(2));

        assertThat(fault(tables, table)).startsWith("RouteLimitExceeded").contains("has 3 routes and may have 2");
        assertThat(tables.judge(table).table().routes())
                .extracting(HostNetworkSpec.Route::destinationCidrBlock)
                .containsExactly("192.0.0.0/24", "192.0.1.0/24");
    }

    /** AWS: DescribeRouteTables tells of one route, with the id of the list. */
    @Test
    void aRouteToAPrefixListIsARouteToEachOfItsRanges() {
        gateway("igw", "main");
        list("office", 10, "198.51.100.0/24", "203.0.113.7/32");
        var table = table("public", toGatewayFromList("office", "igw"));

        assertThat(destinations(table)).containsExactly("198.51.100.0/24", "203.0.113.7/32");
        assertThat(tables(table).judge(table).routes())
                .containsExactly(
                        LOCAL,
                        new RouteTableStatus.Route(
                                null, id("pl", "office"), id("igw", "igw"), null, null, null, "active", "CreateRoute"));
        assertThat(fault(tables(table), table)).isEqualTo("none");
        gateways.clear();
        assertThat(tables(table).judge(table).table().routes())
                .extracting(HostNetworkSpec.Route::target)
                .containsExactly("Blackhole", "Blackhole");
        assertThat(tables(table).judge(table).blackholes())
                .containsExactly("ManagedPrefixList office is a blackhole: InternetGateway igw does not exist");
    }

    @Test
    void aMissingPrefixListIsWaitedForAndTakesNoOtherRouteWithIt() {
        gateway("igw", "main");
        var table = table("public", toGatewayFromList("office", "igw"), toGateway(WORLD, "igw"));

        assertThat(destinations(table)).containsExactly(WORLD);
        assertThat(tables(table).judge(table).resolution()).isInstanceOf(Resolution.Waiting.class);
        assertThat(fault(tables(table), table)).startsWith("PrefixListNotFound").contains("ManagedPrefixList office");
    }

    /** AWS: longest prefix, then static routes, then prefix list routes; of two lists it takes either. */
    @Test
    void aRouteToARangeGoesBeforeThatToAListAndTheFirstListBeforeTheNext() {
        gateway("igw", "main");
        eni("router", null, id("vpc", "main"), "10.0.1.9", "tower");
        list("first", 10, "192.0.2.0/24", "198.51.100.0/24");
        list("second", 10, "198.51.100.0/24", "203.0.113.0/24");
        var table = table(
                "public",
                toGatewayFromList("first", "igw"),
                new RouteTableSpec.Route(null, new LocalRef("second"), null, new LocalRef("router"), null, null),
                new RouteTableSpec.Route("192.0.2.0/24", null, null, new LocalRef("router"), null, null));

        assertThat(tables(table).judge(table).table().routes())
                .containsExactlyInAnyOrder(
                        new HostNetworkSpec.Route("192.0.2.0/24", "NetworkInterface", "10.0.1.9"),
                        new HostNetworkSpec.Route("198.51.100.0/24", "InternetGateway", null),
                        new HostNetworkSpec.Route("203.0.113.0/24", "NetworkInterface", "10.0.1.9"));
        assertThat(fault(tables(table), table)).isEqualTo("none");
    }

    @Test
    void ofTwoRoutesToAListTheFirstIsTaken() {
        gateway("igw", "main");
        list("office", 10, "198.51.100.0/24");
        var table = table(
                "public",
                toGatewayFromList("office", "igw"),
                new RouteTableSpec.Route(null, new LocalRef("office"), null, new LocalRef("router"), null, null));

        assertThat(tables(table).judge(table).table().routes())
                .containsExactly(new HostNetworkSpec.Route("198.51.100.0/24", "InternetGateway", null));
        assertThat(tables(table).judge(table).routes()).hasSize(2);
        assertThat(fault(tables(table), table)).startsWith("RouteAlreadyExists").contains("ManagedPrefixList office");
    }

    /** AWS: no route leads into 169.254.168.0/22; and none of ours into the VPC. */
    @ParameterizedTest
    @ValueSource(strings = {"10.0.1.0/24", "169.254.169.254/32"})
    void aRangeOfAListWhereNoRouteMayLeadIsRefusedAndTakesNoOtherWithIt(String cidr) {
        gateway("igw", "main");
        list("office", 10, cidr, "198.51.100.0/24", "169.254.0.0/16");
        var table = table("public", toGatewayFromList("office", "igw"));

        assertThat(destinations(table)).containsExactly("198.51.100.0/24", "169.254.0.0/16");
        assertThat(fault(tables(table), table))
                .startsWith("InvalidParameterValue")
                .contains(cidr + " of ManagedPrefixList office");
    }

    /** AWS: the maximum number of entries of a list counts toward the routes of a table. */
    @Test
    void maxEntriesCountTowardTheQuotaAndNotTheEntries() {
        gateway("igw", "main");
        var table = table(
                "public",
                toGatewayFromList("office", "igw"),
                toGateway("192.0.2.0/24", "igw"),
                toGateway(WORLD, "igw"));

        list("office", 498, "198.51.100.0/24");
        assertThat(destinations(table)).containsExactly("192.0.2.0/24", WORLD, "198.51.100.0/24");
        assertThat(fault(tables(table), table)).isEqualTo("none");

        list("office", 499, "198.51.100.0/24");
        assertThat(destinations(table)).containsExactly("192.0.2.0/24", "198.51.100.0/24");
        assertThat(fault(tables(table), table))
                .startsWith("RouteLimitExceeded")
                .contains("has 501 routes and may have 500", "maxEntries");

        list("office", 501, "198.51.100.0/24");
        assertThat(destinations(table)).containsExactly("192.0.2.0/24", WORLD);
    }

    private List<String> destinations(RouteTable table) {
        return tables(table).judge(table).table().routes().stream()
                .map(HostNetworkSpec.Route::destinationCidrBlock)
                .toList();
    }

    /** AWS: a route to a NAT gateway names the gateway, not its network interface. */
    @Test
    void aNatGatewayIsATargetByItsAddressOnceItIsAvailable() {
        var table = table("private", toNatGateway("nat"));
        blackhole(table, null, "NatGateway nat does not exist");

        natGateway("nat", "{}");
        blackhole(table, null, "NatGateway nat is not available yet; see its status");

        natGateway("nat", natGatewayStatus("pending", "main"));
        blackhole(table, null, "NatGateway nat is not available yet; see its status");

        natGateway("nat", natGatewayStatus("available", "main"));
        assertThat(fault(tables(table), table)).isEqualTo("none");
        assertThat(tables(table).judge(table).table().routes())
                .containsExactly(new HostNetworkSpec.Route(WORLD, "NetworkInterface", "10.0.1.9"));
        assertThat(tables(table).judge(table).routes())
                .last()
                .isEqualTo(new RouteTableStatus.Route(
                        WORLD, null, null, null, null, id("nat", "nat"), "active", "CreateRoute"));

        natGateways.get("nat").getMetadata().setDeletionTimestamp("2026-01-03T00:00:00Z");
        blackhole(table, null, "NatGateway nat is being deleted");
        assertThat(tables(table).judge(table).routes()).last().satisfies(route -> assertThat(route.natGatewayId())
                .isEqualTo(id("nat", "nat")));
    }

    @Test
    void aNatGatewayOfAnotherVpcIsRefused() {
        natGateway("nat", natGatewayStatus("available", "other"));
        var table = table("private", toNatGateway("nat"));

        assertThat(fault(tables(table), table))
                .startsWith("InvalidParameterValue")
                .contains("NatGateway nat belongs to another Vpc", "Vpc main");
        assertThat(tables(table).judge(table).table().routes())
                .containsExactly(new HostNetworkSpec.Route(WORLD, "Blackhole", null));
    }

    private void blackhole(RouteTable table, @Nullable String gatewayId, String why) {
        var judged = tables(table).judge(table);
        assertThat(judged.table().routes()).containsExactly(new HostNetworkSpec.Route(WORLD, "Blackhole", null));
        assertThat(judged.routes()).last().satisfies(route -> {
            assertThat(route.state()).isEqualTo("blackhole");
            assertThat(route.gatewayId()).isEqualTo(gatewayId);
        });
        assertThat(judged.blackholes()).containsExactly("0.0.0.0/0 is a blackhole: " + why);
        assertThat(judged.fault()).isEmpty();
    }

    private RouteTables tables(RouteTable... tables) {
        return new RouteTables(List.of(tables), SUBNETS, targets(), destinations(500));
    }

    private RouteDestinations destinations(int quota) {
        return new RouteDestinations(
                ranges.stream().map(Ipv4Range::parse).toList(), name -> Optional.ofNullable(lists.get(name)), quota);
    }

    private RouteTargets targets() {
        var attached = InternetGateways.attached(
                id("vpc", "main"),
                gateways.values().stream()
                        .filter(gateway ->
                                new LocalRef("main").equals(gateway.getSpec().vpcRef()))
                        .toList());
        return new RouteTargets(
                "main",
                id("vpc", "main"),
                attached.map(gateway -> AwsId.of("igw", gateway.getMetadata().getUid()))
                        .orElse(null),
                name -> Optional.ofNullable(gateways.get(name)),
                name -> Optional.ofNullable(interfaces.get(name)),
                name -> Optional.ofNullable(instances.get(name)),
                name -> Optional.ofNullable(interfaces.get(name + "-eth0")),
                name -> Optional.ofNullable(natGateways.get(name)));
    }

    private static String fault(RouteTables tables, RouteTable table) {
        return Judgement.fold(
                tables.judge(table).resolution(), found -> "none", (reason, message) -> reason + ": " + message);
    }

    private static String id(String prefix, String name) {
        return AwsId.of(prefix, "uid-" + name);
    }

    private static RouteTableSpec.Route toGateway(String destination, String gateway) {
        return new RouteTableSpec.Route(destination, null, new LocalRef(gateway), null, null, null);
    }

    private static RouteTableSpec.Route toGatewayFromList(String list, String gateway) {
        return new RouteTableSpec.Route(null, new LocalRef(list), new LocalRef(gateway), null, null, null);
    }

    private static RouteTableSpec.Route toNatGateway(String gateway) {
        return new RouteTableSpec.Route(WORLD, null, null, null, null, new LocalRef(gateway));
    }

    private static String natGatewayStatus(String state, String vpc) {
        return "{state: %s, vpcId: %s, natGatewayAddresses: [{privateIp: 10.0.1.9}]}".formatted(state, id("vpc", vpc));
    }

    private void natGateway(String name, String status) {
        natGateways.put(name, named(Serialization.unmarshal("status: " + status, NatGateway.class), name));
    }

    private static RouteTable table(String name, RouteTableSpec.Route... routes) {
        return table(
                name,
                new RouteTableSpec(new LocalRef("main"), null, List.of(new LocalRef("a")), List.of(routes), null));
    }

    private static RouteTable table(String name, RouteTableSpec spec) {
        var table = named(new RouteTable(), name);
        table.setSpec(spec);
        return table;
    }

    private static RouteTableSpec spec(@Nullable Boolean main, @Nullable List<String> subnets) {
        var refs = subnets == null ? null : subnets.stream().map(LocalRef::new).toList();
        return new RouteTableSpec(new LocalRef("main"), main, refs, null, null);
    }

    private static RouteTableStatus had(boolean main, List<String> subnetIds) {
        return new RouteTableStatus(null, null, null, null, null, null, main, subnetIds, null, null);
    }

    private static Subnet subnet(String name) {
        var subnet = named(new Subnet(), name);
        subnet.setSpec(new SubnetSpec(new LocalRef("main"), "10.0.1.0/24", "home-1a", null, null));
        return subnet;
    }

    private void list(String name, int maxEntries, String... cidrs) {
        var list = named(new ManagedPrefixList(), name);
        list.setSpec(new ManagedPrefixListSpec(
                "IPv4",
                maxEntries,
                Stream.of(cidrs)
                        .map(cidr -> new ManagedPrefixListSpec.Entry(cidr, null))
                        .toList(),
                null));
        lists.put(name, list);
    }

    private void gateway(String name, @Nullable String vpc) {
        var gateway = named(new InternetGateway(), name);
        gateway.setSpec(new InternetGatewaySpec(vpc == null ? null : new LocalRef(vpc), null));
        gateways.put(name, gateway);
    }

    private void eni(
            String name,
            @Nullable String instance,
            @Nullable String vpcId,
            @Nullable String address,
            @Nullable String host) {
        var attachment = instance == null
                ? null
                : new NetworkInterfaceSpec.Attachment(new LocalRef(instance), null, null, 0, true);
        var eni = Serialization.unmarshal(
                "status: {vpcId: %s, privateIpAddress: %s, host: %s}".formatted(vpcId, address, host),
                NetworkInterface.class);
        named(eni, name)
                .setSpec(new NetworkInterfaceSpec(
                        new LocalRef("a"), null, null, true, null, attachment, null, null, null, null));
        interfaces.put(name, eni);
    }

    private void instance(String name, String state) {
        var instance = Serialization.unmarshal("spec: {state: %s}".formatted(state), Instance.class);
        instances.put(name, named(instance, name));
    }

    private static <R extends HasMetadata> R created(String time, R resource) {
        resource.getMetadata().setCreationTimestamp(time);
        return resource;
    }

    private static <R extends HasMetadata> R named(R resource, String name) {
        resource.setMetadata(
                new ObjectMetaBuilder().withName(name).withUid("uid-" + name).build());
        return resource;
    }
}
