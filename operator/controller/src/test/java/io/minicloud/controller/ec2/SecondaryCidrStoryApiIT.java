package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcStatus.CidrBlockAssociation;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.ec2.routetable.RouteTableReconciler;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The secondary ranges of a VPC against a real API server; the agent and the Instance's reconciler are played by the test.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html">VPC CIDR blocks</a>
 */
class SecondaryCidrStoryApiIT extends AccountStory {

    @RegisterExtension
    static final RunningController CONTROLLER =
            RunningController.alone(parts -> List.of(new RouteTableReconciler(parts.settings(), parts.clock())));

    SecondaryCidrStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void account() {
        enrol("cidr", "home-1a");
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

        CONTROLLER.restart();

        ec2("Vpc", "main", "cidrBlock: 10.0.0.0/16, tags: {seen: again}");
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

    private void vpc(String secondary) {
        ec2("Vpc", "main", "cidrBlock: 10.0.0.0/16, secondaryCidrBlocks: [%s]".formatted(secondary));
    }

    private void subnet(String name, String cidr) {
        ec2("Subnet", name, "vpcRef: {name: main}, cidrBlock: %s, availabilityZone: home-1a".formatted(cidr));
    }

    private void table(String route) {
        ec2("RouteTable", "public", "vpcRef: {name: main}, main: true, routes: [%s]".formatted(route));
    }

    /** An instance on the host, with its primary network interface. */
    private void machine(String name, String subnet) {
        ec2("Instance", name, "imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: %s}".formatted(subnet));
        ec2(
                "NetworkInterface",
                name + "-eth0",
                "subnetRef: {name: %s}, attachment: {instanceRef: {name: %s}, deviceIndex: 0}".formatted(subnet, name));
        place(name, "home-1a");
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
        return onHost(HostNetwork.class, get(Vpc.class, "main").getStatus().vpcId());
    }
}
