package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.NetworkAcl;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableStatus;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.ec2.internetgateway.InternetGatewayReconciler;
import io.minicloud.controller.ec2.networkacl.NetworkAclReconciler;
import io.minicloud.controller.ec2.routetable.RouteTableReconciler;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The network kinds together, against a real API server; the agent and the Instance's reconciler are played by the test. */
class NetworkStoryApiIT extends AccountStory {

    private static final AtomicInteger ZONES = new AtomicInteger(100);

    private final String zone = "home-" + ZONES.incrementAndGet() + "a";

    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.shared(parts -> List.of(
            new NetworkAclReconciler(parts.settings(), parts.clock()),
            new InternetGatewayReconciler(parts.settings(), parts.clock()),
            new RouteTableReconciler(parts.settings(), parts.clock())));

    NetworkStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void account() {
        enrol("net", zone);
    }

    @Test
    void acceptsAVpcAndItsSubnets() {
        vpc("main", "10.0.0.0/16");
        subnet("a", "main", "10.0.1.0/24");

        condition(Vpc.class, "main", "Ready", "True", "NoInterfaces");
        condition(Subnet.class, "a", "Ready", "True", "NoInterfaces");
        condition(SecurityGroup.class, "main-default", "Ready", "True", "NoInterfaces");
        var status = get(Subnet.class, "a").getStatus();
        assertThat(status.availableIpAddressCount()).isEqualTo(251);
        assertThat(status.arn()).matches("arn:aws:ec2:home-1:[0-9]{12}:subnet/subnet-[0-9a-f]{17}");
        assertThat(get(Vpc.class, "main").getStatus().defaultSecurityGroupId()).matches("sg-[0-9a-f]{17}");
    }

    @Test
    void aDefaultVpcBeginsWithPublicSubnetsAndEndsWithThem() {
        defaultVpc("default");
        condition(Vpc.class, "default", "Ready", "True", "NoInterfaces");
        condition(InternetGateway.class, "default-default", "Ready", "True", "NoInterfaces");
        condition(RouteTable.class, "default-default", "Accepted", "True", "Accepted");
        var vpc = get(Vpc.class, "default").getStatus();
        assertThat(vpc.state()).isEqualTo("available");
        assertThat(get(InternetGateway.class, "default-default").getStatus().attachments())
                .singleElement()
                .satisfies(attachment -> assertThat(attachment.vpcId()).isEqualTo(vpc.vpcId()));
        assertThat(get(RouteTable.class, "default-default").getStatus().main()).isTrue();
        var subnets =
                client().resources(Subnet.class).inNamespace(namespace).list().getItems();
        assertThat(subnets).isNotEmpty().allSatisfy(subnet -> {
            condition(Subnet.class, subnet.getMetadata().getName(), "Ready", "True", "NoInterfaces");
            assertThat(subnet.getSpec().mapPublicIpOnLaunch()).isTrue();
        });

        var first = subnets.getFirst().getMetadata().getName();
        delete(Subnet.class, first);
        gone(Subnet.class, first);
        defaultVpc("second");
        assertThat(condition(Vpc.class, "second", "Accepted", "False", "DefaultVpcAlreadyExists")
                        .message())
                .contains("default");
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: default, namespace: %s}
                spec: {cidrBlock: 172.31.0.0/16, isDefault: true, tags: {seen: again}}
                """.formatted(namespace));
        await().atMost(PATIENCE)
                .until(() -> get(Vpc.class, "default").getStatus().observedGeneration() == 2);
        assertThat(get(Subnet.class, first)).as("a subnet that was deleted").isNull();

        delete(Vpc.class, "default");
        gone(Vpc.class, "default");
        assertThat(client().resources(Subnet.class)
                        .inNamespace(namespace)
                        .list()
                        .getItems())
                .as("subnets: the second VPC may have begun with its own by now")
                .allSatisfy(
                        subnet -> assertThat(subnet.getSpec().vpcRef().name()).isEqualTo("second"));
        gone(InternetGateway.class, "default-default");
        condition(Vpc.class, "second", "Ready", "True", "NoInterfaces");
        delete(Vpc.class, "second");
        gone(Vpc.class, "second");
    }

    /** No cache may know yet what the VPC has made. */
    @Test
    void aDefaultVpcThatIsDeletedAtOnceLeavesNothing() {
        for (var round = 0; round < 10; round++) {
            defaultVpc("default");
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> get(InternetGateway.class, "default-default") != null);

            delete(Vpc.class, "default");

            gone(Vpc.class, "default");
            assertThat(client().resources(Subnet.class)
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .as("subnets in round %d", round)
                    .isEmpty();
            assertThat(get(InternetGateway.class, "default-default")).isNull();
        }
    }

    @Test
    void refusesTheYoungerOfTwoOverlappingSubnetsUntilTheOlderIsGone() {
        vpc("main", "10.0.0.0/16");
        subnet("first", "main", "10.0.0.0/20");
        condition(Subnet.class, "first", "Accepted", "True", "Accepted");

        subnet("second", "main", "10.0.1.0/24");

        var refusal = condition(Subnet.class, "second", "Accepted", "False", "InvalidSubnetConflict");
        assertThat(refusal.message()).contains("first");
        delete(Subnet.class, "first");
        condition(Subnet.class, "second", "Ready", "True", "NoInterfaces");
    }

    @Test
    void saysWhyASubnetIsRefusedAndDelaysNoOther() {
        subnet("orphan", "nowhere", "10.0.1.0/24");
        vpc("main", "10.0.0.0/16");
        subnet("outside", "main", "10.1.0.0/24");
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Subnet
                metadata: {name: zoneless, namespace: %s}
                spec: {vpcRef: {name: main}, cidrBlock: 10.0.2.0/24, availabilityZone: home-1z}
                """.formatted(namespace));
        subnet("good", "main", "10.0.3.0/24");

        condition(Subnet.class, "orphan", "Accepted", "False", "VpcNotFound");
        condition(Subnet.class, "outside", "Accepted", "False", "InvalidSubnetRange");
        condition(Subnet.class, "zoneless", "Accepted", "False", "InvalidZone");
        condition(Subnet.class, "good", "Ready", "True", "NoInterfaces");
        vpc("nowhere", "10.0.0.0/16");
        condition(Subnet.class, "orphan", "Ready", "True", "NoInterfaces");
    }

    @Test
    void refusesWhatIsNotInAnAccount() {
        var stranger = server().freshNamespace("stranger");
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: main, namespace: %s}
                spec: {cidrBlock: 10.0.0.0/16}
                """.formatted(stranger));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Conditions.find(
                        client().resources(Vpc.class)
                                .inNamespace(stranger)
                                .withName("main")
                                .get()
                                .getStatus(),
                        "Accepted"))
                .map(Condition::reason)
                .hasValue("NotAnAccount"));
    }

    @Test
    void deletesAVpcOnlyAfterItsSubnetsAndNamesThem() {
        vpc("main", "10.0.0.0/16");
        subnet("a", "main", "10.0.1.0/24");
        condition(Subnet.class, "a", "Ready", "True", "NoInterfaces");

        delete(Vpc.class, "main");

        var waiting = condition(Vpc.class, "main", "Ready", "False", "DependencyViolation");
        assertThat(waiting.message()).contains("Subnet a");
        subnet("late", "main", "10.0.2.0/24");
        condition(Subnet.class, "late", "Accepted", "False", "VpcTerminating");
        delete(Subnet.class, "a");
        delete(Subnet.class, "late");
        gone(Vpc.class, "main");
    }

    @Test
    void bringsAPlacedInterfaceToItsHostAndTakesItAway() {
        vpc("main", "10.0.0.0/16");
        subnet("a", "main", "10.0.1.0/24");
        instance("web");
        networkInterface("web-eth0", "web", "");
        condition(NetworkInterface.class, "web-eth0", "Programmed", "False", "AwaitingPlacement");
        var eni = get(NetworkInterface.class, "web-eth0").getStatus();
        assertThat(eni.privateIpAddress()).isEqualTo("10.0.1.4");
        assertThat(eni.privateDnsName()).isEqualTo("ip-10-0-1-4.home-1.compute.internal");
        assertThat(eni.macAddress()).matches("02(:[0-9a-f]{2}){5}");

        place("web", zone);

        condition(NetworkInterface.class, "web-eth0", "Programmed", "False", "AwaitingHost");
        var vpcId = get(Vpc.class, "main").getStatus().vpcId();
        var port = await().atMost(PATIENCE)
                .until(() -> onHost(HostInterface.class, eni.networkInterfaceId()), found -> found != null);
        assertThat(port.getSpec().privateIpAddresses()).containsExactly("10.0.1.4");
        var network = await().atMost(PATIENCE).until(() -> onHost(HostNetwork.class, vpcId), found -> found != null);
        assertThat(network.getSpec().subnets()).singleElement().satisfies(subnet -> assertThat(subnet.cidrBlock())
                .isEqualTo("10.0.1.0/24"));
        var members = await().atMost(PATIENCE)
                .until(
                        () -> find(
                                AddressSet.class,
                                Labels.FABRIC_NAMESPACE,
                                eni.securityGroupIds().getFirst() + "-0"),
                        found -> found != null);
        assertThat(members.getSpec().entries()).singleElement().satisfies(entry -> assertThat(entry.host())
                .isEqualTo(host));
        condition(Subnet.class, "a", "Programmed", "False", "HostNetworkPending");

        program(port);
        program(network);

        condition(NetworkInterface.class, "web-eth0", "Ready", "True", "Programmed");
        condition(Vpc.class, "main", "Ready", "True", "Programmed");
        condition(Subnet.class, "a", "Ready", "True", "Programmed");
        assertThat(get(Subnet.class, "a").getStatus().availableIpAddressCount()).isEqualTo(250);

        delete(Subnet.class, "a");
        assertThat(condition(Subnet.class, "a", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("web-eth0");
        delete(NetworkInterface.class, "web-eth0");
        assertThat(condition(NetworkInterface.class, "web-eth0", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("Instance web");
        delete(Instance.class, "web");
        gone(NetworkInterface.class, "web-eth0");
        gone(Subnet.class, "a");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(onHost(HostNetwork.class, vpcId)).isNull();
            assertThat(onHost(HostInterface.class, eni.networkInterfaceId())).isNull();
            assertThat(client().resources(AddressSet.class)
                            .inNamespace(Labels.FABRIC_NAMESPACE)
                            .withLabel(Labels.VPC_ID, vpcId)
                            .list()
                            .getItems())
                    .isEmpty();
        });
        delete(Vpc.class, "main");
        gone(Vpc.class, "main");
    }

    @Test
    void theRulesOfAGroupReachItsHostAndSayWhenTheyHave() {
        vpc("main", "10.0.0.0/16");
        subnet("a", "main", "10.0.1.0/24");
        group("web", "main", "{ipProtocol: tcp, fromPort: 22, toPort: 22, securityGroupRef: {name: bastion}}");
        condition(SecurityGroup.class, "web", "Accepted", "False", "SecurityGroupNotFound");
        group("bastion", "main", "{ipProtocol: tcp, fromPort: 22, toPort: 22, cidrIpv4: 198.51.100.0/24}");
        condition(SecurityGroup.class, "web", "Ready", "True", "NoInterfaces");
        instance("web");
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: web-eth0, namespace: %s}
                spec: {subnetRef: {name: a}, attachment: {instanceRef: {name: web}, deviceIndex: 0}, securityGroupRefs: [{name: web}]}
                """.formatted(namespace));
        place("web", zone);
        var web = get(SecurityGroup.class, "web").getStatus();
        var network =
                await().atMost(PATIENCE).until(() -> onHost(HostNetwork.class, web.vpcId()), found -> found != null);
        var bastion = get(SecurityGroup.class, "bastion").getStatus().groupId();
        assertThat(network.getSpec().securityGroups()).singleElement().satisfies(group -> {
            assertThat(group.groupId()).isEqualTo(web.groupId());
            assertThat(group.ingress()).containsExactly(new HostNetworkSpec.Rule("tcp", 22, 22, null, bastion));
        });
        program(await().atMost(PATIENCE)
                .until(
                        () -> client().resources(HostInterface.class)
                                .inNamespace(hostNamespace())
                                .list()
                                .getItems(),
                        found -> found.size() == 1)
                .getFirst());
        program(network);
        condition(SecurityGroup.class, "web", "Ready", "True", "Programmed");

        group("web", "main", "{ipProtocol: tcp, fromPort: 80, toPort: 80, cidrIpv4: 0.0.0.0/0}");

        // The host was told and has not answered.
        condition(SecurityGroup.class, "web", "Programmed", "False", "HostNetworkPending");
        assertThat(onHost(HostNetwork.class, web.vpcId())
                        .getSpec()
                        .securityGroups()
                        .getFirst()
                        .ingress())
                .containsExactly(new HostNetworkSpec.Rule("tcp", 80, 80, "0.0.0.0/0", null));
    }

    @Test
    void aGroupThatARuleNamesStaysUntilTheRuleIsGone() {
        vpc("main", "10.0.0.0/16");
        vpc("other", "10.0.0.0/16");
        group("bastion", "main", "");
        group("web", "main", "{ipProtocol: \"-1\", securityGroupRef: {name: bastion}}");
        group("stranger", "other", "{ipProtocol: \"-1\", securityGroupRef: {name: bastion}}");
        condition(SecurityGroup.class, "web", "Ready", "True", "NoInterfaces");
        assertThat(condition(SecurityGroup.class, "stranger", "Accepted", "False", "InvalidSecurityGroup")
                        .message())
                .contains("Vpc main", "Vpc other");

        delete(SecurityGroup.class, "bastion");

        assertThat(condition(SecurityGroup.class, "bastion", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("the rules of SecurityGroup web");
        group("web", "main", "");
        gone(SecurityGroup.class, "bastion");
        condition(SecurityGroup.class, "stranger", "Accepted", "False", "SecurityGroupNotFound");
    }

    @Test
    void theDefaultGroupIsEditedByItsName() {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: SecurityGroup
                metadata: {name: main-default, namespace: %1$s}
                spec: {vpcRef: {name: main}, description: ours, isDefault: true, ingress: []}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: SecurityGroup
                metadata: {name: another, namespace: %1$s}
                spec: {vpcRef: {name: main}, description: ours, isDefault: true}
                """.formatted(namespace));
        condition(SecurityGroup.class, "main-default", "Accepted", "False", "VpcNotFound");

        vpc("main", "10.0.0.0/16");

        condition(SecurityGroup.class, "main-default", "Ready", "True", "NoInterfaces");
        condition(Vpc.class, "main", "Ready", "True", "NoInterfaces");
        assertThat(get(SecurityGroup.class, "main-default").getSpec().ingress()).isEmpty();
        assertThat(get(Vpc.class, "main").getStatus().defaultSecurityGroupId())
                .isEqualTo(get(SecurityGroup.class, "main-default").getStatus().groupId());
        assertThat(condition(SecurityGroup.class, "another", "Accepted", "False", "NotTheDefaultGroup")
                        .message())
                .contains("main-default");
    }

    @Test
    void anAclStandsAroundTheSubnetsThatItNamesAndTheDefaultOneAroundTheOthers() {
        vpc("main", "10.0.0.0/16");
        subnet("a", "main", "10.0.1.0/24");
        subnet("b", "main", "10.0.2.0/24");
        condition(Subnet.class, "b", "Ready", "True", "NoInterfaces");
        var a = get(Subnet.class, "a").getStatus().subnetId();
        var b = get(Subnet.class, "b").getStatus().subnetId();
        condition(NetworkAcl.class, "main-default", "Ready", "True", "NoInterfaces");
        around("main-default", a, b);

        acl("public", "{name: a}, {name: later}");
        condition(NetworkAcl.class, "public", "Accepted", "False", "SubnetNotFound");
        around("main-default", b);
        subnet("later", "main", "10.0.3.0/24");
        condition(NetworkAcl.class, "public", "Ready", "True", "NoInterfaces");
        around("public", a, get(Subnet.class, "later").getStatus().subnetId());
        acl("rival", "{name: a}");
        assertThat(condition(NetworkAcl.class, "rival", "Accepted", "False", "SubnetHasNetworkAcl")
                        .message())
                .contains("Subnet a", "NetworkAcl public");

        instance("web");
        networkInterface("web-eth0", "web", "");
        place("web", zone);
        var vpcId = get(Vpc.class, "main").getStatus().vpcId();
        var network = await().atMost(PATIENCE).until(() -> onHost(HostNetwork.class, vpcId), found -> found != null);
        assertThat(network.getSpec().networkAcls()).singleElement().satisfies(acl -> {
            assertThat(acl.networkAclId())
                    .isEqualTo(get(NetworkAcl.class, "public").getStatus().networkAclId());
            assertThat(acl.subnetIds()).containsExactly(a);
            assertThat(acl.ingress())
                    .containsExactly(new HostNetworkSpec.AclEntry(100, true, "tcp", 80, 80, "0.0.0.0/0"));
            assertThat(acl.egress()).isEmpty();
        });
        condition(NetworkAcl.class, "public", "Programmed", "False", "HostNetworkPending");

        delete(NetworkAcl.class, "public");

        condition(NetworkAcl.class, "rival", "Programmed", "False", "HostNetworkPending");
        delete(NetworkAcl.class, "rival");
        around("main-default", a, b, get(Subnet.class, "later").getStatus().subnetId());
    }

    @Test
    void aPublicSubnetIsAGatewayAndARouteToIt() {
        vpc("main", "10.0.0.0/16");
        subnet("a", "main", "10.0.1.0/24");
        table("public", "subnetRefs: [{name: a}], routes: [%s]".formatted(toGateway("0.0.0.0/0", "igw")));
        condition(RouteTable.class, "public", "Ready", "True", "Blackhole");
        instance("web");
        networkInterface("web-eth0", "web", "");
        place("web", zone);
        var vpcId = get(Vpc.class, "main").getStatus().vpcId();
        routed(vpcId, new HostNetworkSpec.Route("0.0.0.0/0", "Blackhole", null));

        gateway("igw", "{vpcRef: {name: main}}");

        routed(vpcId, new HostNetworkSpec.Route("0.0.0.0/0", "InternetGateway", null));
        condition(InternetGateway.class, "igw", "Programmed", "False", "HostNetworkPending");
        condition(RouteTable.class, "public", "Programmed", "False", "HostNetworkPending");
        program(onHost(HostNetwork.class, vpcId));
        condition(InternetGateway.class, "igw", "Ready", "True", "Programmed");
        condition(RouteTable.class, "public", "Ready", "True", "Programmed");
        var igw = get(InternetGateway.class, "igw").getStatus();
        assertThat(onHost(HostNetwork.class, vpcId).getSpec().internetGateway().internetGatewayId())
                .isEqualTo(igw.internetGatewayId());
        assertThat(igw.attachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.vpcId()).isEqualTo(vpcId);
            assertThat(attachment.state()).isEqualTo("available");
        });
        assertThat(igw.realizedAs()).singleElement().asString().contains(host, "mc-" + igw.internetGatewayId());
        var table = get(RouteTable.class, "public").getStatus();
        assertThat(table.main()).isFalse();
        assertThat(table.subnetIds())
                .containsExactly(get(Subnet.class, "a").getStatus().subnetId());
        assertThat(table.routes())
                .containsExactly(
                        new RouteTableStatus.Route(
                                "10.0.0.0/16", null, "local", null, null, null, "active", "CreateRouteTable"),
                        new RouteTableStatus.Route(
                                "0.0.0.0/0", null, igw.internetGatewayId(), null, null, null, "active", "CreateRoute"));
        assertThat(table.realizedAs()).singleElement().asString().contains(host, "ip -n mc-" + vpcId);
        assertThat(get(Vpc.class, "main").getStatus().realizedAs())
                .singleElement()
                .asString()
                .contains(host, "mc-" + vpcId);
        assertThat(get(Subnet.class, "a").getStatus().realizedAs())
                .singleElement()
                .asString()
                .contains(host, "bridge mcb");
        assertThat(get(SecurityGroup.class, "main-default").getStatus().realizedAs())
                .singleElement()
                .asString()
                .contains(host, "_in and sg-");
        assertThat(get(NetworkAcl.class, "main-default").getStatus().realizedAs())
                .singleElement()
                .asString()
                .contains(host, "_in and acl-");

        delete(InternetGateway.class, "igw");

        routed(vpcId, new HostNetworkSpec.Route("0.0.0.0/0", "Blackhole", null));
        assertThat(onHost(HostNetwork.class, vpcId).getSpec().internetGateway()).isNull();
        program(onHost(HostNetwork.class, vpcId));
        assertThat(condition(RouteTable.class, "public", "Ready", "True", "Blackhole")
                        .message())
                .contains("0.0.0.0/0", "InternetGateway igw");
        assertThat(get(RouteTable.class, "public").getStatus().routes())
                .last()
                .satisfies(route -> assertThat(route.state()).isEqualTo("blackhole"));
        table("public", "subnetRefs: [{name: a}]");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        onHost(HostNetwork.class, vpcId).getSpec().routeTables())
                .isEmpty());
        program(onHost(HostNetwork.class, vpcId));
        condition(RouteTable.class, "public", "Ready", "True", "Programmed");
    }

    @Test
    void anInstanceIsANextHopByItsAddress() {
        vpc("main", "10.0.0.0/16");
        subnet("a", "main", "10.0.1.0/24");
        table("private", "main: true, routes: [{destinationCidrBlock: 192.168.0.0/16, instanceRef: {name: router}}]");
        instance("router");
        networkInterface("router-eth0", "router", "10.0.1.9");
        place("router", zone);
        // The network stays while somebody has a port, so what the route becomes is there to be seen.
        instance("web");
        networkInterface("web-eth0", "web", "");
        place("web", zone);

        var vpcId = await().atMost(PATIENCE)
                .until(() -> get(Vpc.class, "main").getStatus(), status -> status != null && status.vpcId() != null)
                .vpcId();
        routed(vpcId, new HostNetworkSpec.Route("192.168.0.0/16", "NetworkInterface", "10.0.1.9"));
        program(onHost(HostNetwork.class, vpcId));
        condition(RouteTable.class, "private", "Ready", "True", "Programmed");
        assertThat(get(RouteTable.class, "private").getStatus().routes()).last().satisfies(route -> {
            assertThat(route.state()).isEqualTo("active");
            assertThat(route.instanceId()).matches("i-[0-9a-f]{17}");
            assertThat(route.networkInterfaceId()).matches("eni-[0-9a-f]{17}");
        });

        delete(Instance.class, "router");

        routed(vpcId, new HostNetworkSpec.Route("192.168.0.0/16", "Blackhole", null));
    }

    @Test
    void aVpcHasOneGatewayAndOneMainTable() {
        vpc("main", "10.0.0.0/16");
        vpc("other", "10.0.0.0/16");
        gateway("first", "{vpcRef: {name: main}}");
        condition(InternetGateway.class, "first", "Ready", "True", "NoInterfaces");
        gateway("second", "{}");
        condition(InternetGateway.class, "second", "Ready", "True", "Detached");
        table("standard", "main: true");
        condition(RouteTable.class, "standard", "Ready", "True", "NoSubnets");

        gateway("second", "{vpcRef: {name: main}}");
        table("rival", "main: true, routes: [%s]".formatted(toGateway("0.0.0.0/0", "second")));

        assertThat(condition(InternetGateway.class, "second", "Accepted", "False", "ResourceAlreadyAssociated")
                        .message())
                .contains("Vpc main", "InternetGateway first");
        assertThat(condition(RouteTable.class, "rival", "Accepted", "False", "ResourceAlreadyAssociated")
                        .message())
                .contains("RouteTable standard");
        delete(RouteTable.class, "standard");
        condition(RouteTable.class, "rival", "Ready", "True", "Blackhole");
        assertThat(get(RouteTable.class, "rival").getStatus().main()).isTrue();

        gateway("first", "{vpcRef: {name: other}}");

        condition(InternetGateway.class, "second", "Ready", "True", "NoInterfaces");
        condition(InternetGateway.class, "first", "Ready", "True", "NoInterfaces");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        get(RouteTable.class, "rival").getStatus().routes())
                .last()
                .satisfies(route -> assertThat(route.state()).isEqualTo("active")));
        table("rival", "main: true, routes: [%s]".formatted(toGateway("0.0.0.0/0", "first")));
        condition(RouteTable.class, "rival", "Accepted", "False", "InvalidParameterValue");
    }

    @Test
    void aDestinationHasOneRouteAndIsOutsideOfTheVpc() {
        vpc("main", "10.0.0.0/16");
        var world = toGateway("0.0.0.0/0", "igw");

        assertThatThrownBy(() -> table("public", "routes: [%1$s, %1$s]".formatted(world)))
                .hasMessageContaining("RouteAlreadyExists");
        table("public", "routes: [%s, %s]".formatted(world, toGateway("10.0.1.0/24", "igw")));

        assertThat(condition(RouteTable.class, "public", "Accepted", "False", "InvalidParameterValue")
                        .message())
                .contains("10.0.1.0/24");
        assertThat(get(RouteTable.class, "public").getStatus().routes())
                .extracting(RouteTableStatus.Route::destinationCidrBlock)
                .containsExactly("10.0.0.0/16", "0.0.0.0/0");
    }

    @Test
    void aVpcGoesAfterItsGatewayAndItsTables() {
        vpc("main", "10.0.0.0/16");
        gateway("igw", "{vpcRef: {name: main}}");
        table("public", "");
        condition(InternetGateway.class, "igw", "Ready", "True", "NoInterfaces");
        condition(RouteTable.class, "public", "Ready", "True", "NoSubnets");

        delete(Vpc.class, "main");

        assertThat(condition(Vpc.class, "main", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("InternetGateway igw", "RouteTable public");
        // Server-side apply makes nothing of an object from which it takes the last field.
        gateway("igw", "{tags: {env: lab}}");
        delete(RouteTable.class, "public");
        gone(Vpc.class, "main");
        condition(InternetGateway.class, "igw", "Ready", "True", "Detached");
    }

    @Test
    void givesNoAddressTwice() {
        vpc("main", "10.0.0.0/16");
        subnet("a", "main", "10.0.1.0/26");
        condition(Subnet.class, "a", "Ready", "True", "NoInterfaces");
        networkInterface("fixed", null, "10.0.1.10");
        condition(NetworkInterface.class, "fixed", "Ready", "True", "NotAttached");
        networkInterface("thief", null, "10.0.1.10");
        networkInterface("reserved", null, "10.0.1.3");
        networkInterface("outside", null, "10.0.2.10");
        for (var number = 0; number < 30; number++) {
            networkInterface("eni-" + number, null, "");
        }

        var refusal = condition(NetworkInterface.class, "thief", "Accepted", "False", "AddressInUse");
        assertThat(refusal.message()).contains("fixed");
        condition(NetworkInterface.class, "reserved", "Accepted", "False", "AddressReserved");
        condition(NetworkInterface.class, "outside", "Accepted", "False", "InvalidAddressRange");
        for (var number = 0; number < 30; number++) {
            condition(NetworkInterface.class, "eni-" + number, "Ready", "True", "NotAttached");
        }
        var subnetId = get(Subnet.class, "a").getStatus().subnetId();
        var claims = client().resources(AddressClaim.class).list().getItems().stream()
                .filter(claim -> claim.getSpec().rangeId().equals(subnetId))
                .toList();
        assertThat(claims).hasSize(31);
        var given = client().resources(NetworkInterface.class).inNamespace(namespace).list().getItems().stream()
                .filter(eni -> eni.getStatus().privateIpAddress() != null)
                .map(eni -> eni.getStatus().privateIpAddress())
                .toList();
        assertThat(given).hasSize(31).doesNotHaveDuplicates();
    }

    private void vpc(String name, String cidr) {
        ec2("Vpc", name, "cidrBlock: " + cidr);
    }

    private void defaultVpc(String name) {
        ec2("Vpc", name, "cidrBlock: 172.31.0.0/16, isDefault: true");
    }

    private void subnet(String name, String vpc, String cidr) {
        ec2("Subnet", name, "vpcRef: {name: %s}, cidrBlock: %s, availabilityZone: %s".formatted(vpc, cidr, zone));
    }

    private void acl(String name, String subnets) {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkAcl
                metadata: {name: %s, namespace: %s}
                spec:
                  vpcRef: {name: main}
                  subnetRefs: [%s]
                  ingress: [{ruleNumber: 100, protocol: tcp, ruleAction: allow, cidrBlock: 0.0.0.0/0, portRange: {from: 80, to: 80}}]
                """.formatted(name, namespace, subnets));
    }

    private void gateway(String name, String spec) {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: InternetGateway
                metadata: {name: %s, namespace: %s}
                spec: %s
                """.formatted(name, namespace, spec));
    }

    private void table(String name, String more) {
        ec2("RouteTable", name, "vpcRef: {name: main}, " + more);
    }

    private static String toGateway(String destination, String gateway) {
        return "{destinationCidrBlock: %s, internetGatewayRef: {name: %s}}".formatted(destination, gateway);
    }

    private void routed(String vpcId, HostNetworkSpec.Route route) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(onHost(HostNetwork.class, vpcId)).isNotNull();
            assertThat(onHost(HostNetwork.class, vpcId).getSpec().routeTables())
                    .singleElement()
                    .satisfies(table -> assertThat(table.routes()).containsExactly(route));
        });
    }

    private void around(String acl, String... subnetIds) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        get(NetworkAcl.class, acl).getStatus().subnetIds())
                .containsExactlyInAnyOrder(subnetIds));
    }

    private void group(String name, String vpc, String ingress) {
        ec2(
                "SecurityGroup",
                name,
                "vpcRef: {name: %s}, description: for a test, ingress: [%s]".formatted(vpc, ingress));
    }

    private void instance(String name) {
        ec2("Instance", name, "imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: a}");
    }

    private void networkInterface(String name, String instance, String address) {
        var attachment =
                instance == null ? "" : ", attachment: {instanceRef: {name: %s}, deviceIndex: 0}".formatted(instance);
        var fixed = address.isEmpty() ? "" : ", privateIpAddress: " + address;
        ec2("NetworkInterface", name, "subnetRef: {name: a}" + attachment + fixed);
    }
}
