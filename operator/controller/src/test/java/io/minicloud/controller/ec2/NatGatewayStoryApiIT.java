package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NatGatewayStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec.PublicAddress;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.ec2.addresspool.AddressPoolReconciler;
import io.minicloud.controller.ec2.elasticip.ElasticIpReconciler;
import io.minicloud.controller.ec2.internetgateway.InternetGatewayReconciler;
import io.minicloud.controller.ec2.natgateway.NatGatewayReconciler;
import io.minicloud.controller.ec2.routetable.RouteTableReconciler;
import io.minicloud.reconcile.condition.Conditions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** NAT gateways against a real API server; the agent is played by the test. */
class NatGatewayStoryApiIT extends ApplianceStory {
    private static final int QUOTA = 2;

    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.alone(
            new Quotas(60, 20, 500, 5, QUOTA, 5, 50, 3000, 50, 100, 1000, 10),
            parts -> List.of(
                    new InternetGatewayReconciler(parts.settings(), parts.clock()),
                    new RouteTableReconciler(parts.settings(), parts.clock()),
                    new AddressPoolReconciler(parts.executor(), parts.clock()),
                    new ElasticIpReconciler(parts.settings(), parts.executor(), parts.clock()),
                    new NatGatewayReconciler(parts.settings(), parts.executor(), parts.clock())));

    NatGatewayStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void network() {
        enrol("nat", "home-1a", "home-1b");
        pool();
        ec2("Vpc", "main", "cidrBlock: 10.0.0.0/16");
        ec2("Subnet", "public", "vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: home-1a");
        ec2("Subnet", "private", "vpcRef: {name: main}, cidrBlock: 10.0.2.0/24, availabilityZone: home-1b");
    }

    @AfterEach
    void end() {
        empty(NatGateway.class);
    }

    @Test
    void aPublicGatewayIsAnInterfaceAnAddressAndAnAppliance() {
        ready();
        eip("nat", "tags: {}");
        gateway("nat", "subnetRef: {name: public}, elasticIpRef: {name: nat}");

        assertThat(condition(NatGateway.class, "nat", "Accepted", "False", "GatewayNotAttached")
                        .message())
                .contains("Vpc main");
        assertThat(status("nat").state()).isEqualTo("pending");
        assertThat(status("nat").failureCode()).isEqualTo("Gateway.NotAttached");
        assertThat(status("nat").failureMessage()).contains("attach an InternetGateway");
        assertThat(get(NetworkInterface.class, "nat-nat")).isNull();

        internetGateway();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(port("nat")).isNotNull();
            assertThat(appliance("nat")).isNotNull();
            assertThat(port("nat").getSpec().publicIpAddresses())
                    .containsExactly(new PublicAddress(eni("nat").privateIpAddress(), range + ".0"));
        });
        assertThat(port("nat").getSpec()).satisfies(spec -> {
            assertThat(spec.portType()).isEqualTo("Veth");
            assertThat(spec.securityGroupIds()).isEmpty();
            assertThat(spec.sourceDestCheck()).isFalse();
        });
        assertThat(appliance("nat").getSpec()).satisfies(spec -> {
            assertThat(spec.interfaces())
                    .extracting(one -> one.hostInterfaceName())
                    .containsExactly(eni("nat").networkInterfaceId());
            assertThat(spec.sourceNat().sourceCidrBlocks()).containsExactly("10.0.0.0/16");
        });
        condition(NatGateway.class, "nat", "Ready", "False", "NetworkInterfacePending");
        assertThat(status("nat").failureCode()).isNull();
        program(port("nat"));
        assertThat(condition(NatGateway.class, "nat", "Ready", "False", "AwaitingHost")
                        .message())
                .contains(host);
        assertThat(status("nat").state()).isEqualTo("pending");
        report(appliance("nat"), "\"networkNamespace\": \"mc-here\",", "Programmed");
        condition(NatGateway.class, "nat", "Ready", "True", "Programmed");

        var told = status("nat");
        assertThat(told.state()).isEqualTo("available");
        assertThat(told.natGatewayId()).matches("nat-[0-9a-f]{17}");
        assertThat(told.arn()).matches("arn:aws:ec2:home-1:[0-9]{12}:natgateway/" + told.natGatewayId());
        assertThat(told.subnetId())
                .isEqualTo(get(Subnet.class, "public").getStatus().subnetId());
        assertThat(told.vpcId())
                .isEqualTo(get(Subnet.class, "public").getStatus().vpcId());
        assertThat(told.host()).isEqualTo(host);
        assertThat(told.realizedAs()).singleElement().asString().contains(host, "ip netns exec mc-here");
        var address = get(ElasticIp.class, "nat").getStatus();
        assertThat(told.natGatewayAddresses())
                .containsExactly(new NatGatewayStatus.Address(
                        eni("nat").networkInterfaceId(),
                        eni("nat").privateIpAddress(),
                        range + ".0",
                        address.allocationId(),
                        true));
        condition(ElasticIp.class, "nat", "Ready", "True", "Programmed");
        assertThat(address.associationId()).matches("eipassoc-[0-9a-f]{17}");
        assertThat(address.networkInterfaceId()).isEqualTo(eni("nat").networkInterfaceId());
        assertThat(address.instanceId()).isNull();
        assertThat(eni("nat").interfaceType()).isEqualTo("nat_gateway");
        assertThat(eni("nat").description()).isEqualTo("Interface for NAT Gateway " + told.natGatewayId());
        assertThat(eni("nat").requesterManaged()).isTrue();
        assertThat(eni("nat").securityGroupIds()).isEmpty();

        ec2("Vpc", "main", "cidrBlock: 10.0.0.0/16, secondaryCidrBlocks: [100.64.0.0/24]");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        appliance("nat").getSpec().sourceNat().sourceCidrBlocks())
                .containsExactly("10.0.0.0/16", "100.64.0.0/24"));
        report(appliance("nat"), "\"networkNamespace\": \"mc-here\",", "Programmed");

        delete(InternetGateway.class, "igw");
        assertThat(condition(InternetGateway.class, "igw", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("NetworkInterface nat-nat with " + range + ".0");
        assertThat(get(InternetGateway.class, "igw").getStatus().attachments()).hasSize(1);
        gateway("second", "subnetRef: {name: public}, connectivityType: private");
        available("second");
        condition(NatGateway.class, "nat", "Ready", "True", "Programmed");

        // By force, which no user of AWS has.
        client().resources(InternetGateway.class)
                .inNamespace(namespace)
                .withName("igw")
                .edit(igw -> {
                    igw.getMetadata().setFinalizers(List.of());
                    return igw;
                });
        condition(NatGateway.class, "nat", "Ready", "False", "GatewayNotAttached");
        assertThat(status("nat").state()).as("as on AWS").isEqualTo("available");
        internetGateway();
        condition(NatGateway.class, "nat", "Ready", "True", "Programmed");
    }

    @Test
    void aRouteLeadsToAGatewayWhileItIsAvailable() {
        ready();
        internetGateway();
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: RouteTable
                metadata: {name: private, namespace: %s}
                spec:
                  vpcRef: {name: main}
                  subnetRefs: [{name: public}]
                  routes: [{destinationCidrBlock: 192.0.2.0/24, natGatewayRef: {name: nat}}]
                """.formatted(namespace));
        assertThat(condition(RouteTable.class, "private", "Ready", "True", "Blackhole")
                        .message())
                .contains("NatGateway nat does not exist");
        eip("nat", "tags: {}");
        gateway("nat", "subnetRef: {name: public}, elasticIpRef: {name: nat}");
        routed(new HostNetworkSpec.Route("192.0.2.0/24", "Blackhole", null));
        condition(RouteTable.class, "private", "Programmed", "False", "HostNetworkPending");

        available("nat");

        routed(new HostNetworkSpec.Route(
                "192.0.2.0/24", "NetworkInterface", eni("nat").privateIpAddress()));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(route().state()).isEqualTo("active"));
        assertThat(route().natGatewayId()).isEqualTo(status("nat").natGatewayId());
        assertThat(route().networkInterfaceId()).isNull();

        held(appliance("nat"));
        delete(NatGateway.class, "nat");
        routed(new HostNetworkSpec.Route("192.0.2.0/24", "Blackhole", null));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(route().state()).isEqualTo("blackhole"));
    }

    @Test
    void whatAGatewayUsesStaysUntilItIsGoneFromTheHost() {
        ready();
        internetGateway();
        eip("nat", "tags: {}");
        gateway("nat", "subnetRef: {name: public}, elasticIpRef: {name: nat}");
        available("nat");
        var appliance = held(appliance("nat"));
        var port = held(port("nat"));

        delete(Subnet.class, "public");
        delete(ElasticIp.class, "nat");
        delete(NetworkInterface.class, "nat-nat");

        assertThat(condition(Subnet.class, "public", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("NatGateway nat", "NetworkInterface nat-nat");
        assertThat(condition(ElasticIp.class, "nat", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("NatGateway nat");
        assertThat(condition(NetworkInterface.class, "nat-nat", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("NatGateway nat");
        assertThat(port("nat").isMarkedForDeletion()).isFalse();
        assertThat(port("nat").getSpec().publicIpAddresses()).hasSize(1);

        delete(NatGateway.class, "nat");

        condition(NatGateway.class, "nat", "Ready", "False", "RemovingAppliance");
        assertThat(status("nat").state()).isEqualTo("deleting");
        assertThat(client().resource(appliance).get().isMarkedForDeletion()).isTrue();
        assertThat(client().resource(port).get().isMarkedForDeletion()).isFalse();
        letGo(appliance);
        condition(NatGateway.class, "nat", "Ready", "False", "RemovingNetworkInterface");
        condition(NetworkInterface.class, "nat-nat", "Ready", "False", "RemovingPort");
        assertThat(get(ElasticIp.class, "nat")).isNotNull();
        letGo(port);
        gone(NetworkInterface.class, "nat-nat");
        gone(NatGateway.class, "nat");
        gone(ElasticIp.class, "nat");
        gone(Subnet.class, "public");
        assertThat(client().resources(AddressClaim.class).list().getItems())
                .noneMatch(claim -> claim.getSpec().ownerNamespace().equals(namespace));
    }

    @Test
    void ofTwoThatNameAnAddressTheOtherGoesOnWhenTheFirstIsGone() {
        ready();
        internetGateway();
        gateway("first", "subnetRef: {name: public}, elasticIpRef: {name: nat}");
        assertThat(condition(NatGateway.class, "first", "Accepted", "False", "ElasticIpNotFound")
                        .message())
                .contains("ElasticIp nat");
        assertThat(status("first").failureCode()).isEqualTo("InvalidAllocationID.NotFound");
        eip("nat", "tags: {}");
        available("first");

        gateway("a-late-one", "subnetRef: {name: public}, elasticIpRef: {name: nat}");

        assertThat(condition(NatGateway.class, "a-late-one", "Accepted", "False", "ResourceAlreadyAssociated")
                        .message())
                .contains("NatGateway first");
        assertThat(status("a-late-one").failureCode()).isEqualTo("Resource.AlreadyAssociated");
        assertThat(get(NetworkInterface.class, "a-late-one-nat")).isNull();
        condition(NatGateway.class, "first", "Ready", "True", "Programmed");
        delete(NatGateway.class, "first");
        gone(NatGateway.class, "first");
        available("a-late-one");
        assertThat(status("a-late-one").natGatewayAddresses().getFirst().publicIp())
                .isEqualTo(range + ".0");
    }

    @Test
    void anAddressThatNamesSomethingItselfIsNoGatewaysUntilItNamesNothing() {
        ready();
        internetGateway();
        eip("nat", "instanceRef: {name: web}");
        gateway("nat", "subnetRef: {name: public}, elasticIpRef: {name: nat}");
        assertThat(condition(NatGateway.class, "nat", "Accepted", "False", "ResourceAlreadyAssociated")
                        .message())
                .contains("instanceRef");

        eip("nat", "tags: {}");
        available("nat");

        eip("nat", "instanceRef: {name: web}");
        assertThat(condition(ElasticIp.class, "nat", "Ready", "False", "ResourceAlreadyAssociated")
                        .message())
                .contains("NatGateway nat");
        eip("other", "networkInterfaceRef: {name: nat-nat}");
        condition(ElasticIp.class, "other", "Ready", "False", "OperationNotPermitted");
        assertThat(port("nat").getSpec().publicIpAddresses())
                .containsExactly(new PublicAddress(eni("nat").privateIpAddress(), range + ".0"));
        condition(NatGateway.class, "nat", "Ready", "True", "Programmed");
    }

    @Test
    void aPrivateGatewayHasItsPrivateAddressAlone() {
        ready();
        gateway("inner", "subnetRef: {name: private}, connectivityType: private, privateIpAddress: 10.0.2.20");
        gateway("lost", "subnetRef: {name: public}, connectivityType: private, privateIpAddress: 10.0.9.9");
        eip("other", "networkInterfaceRef: {name: inner-nat}");

        available("inner");

        assertThat(status("inner").natGatewayAddresses())
                .containsExactly(
                        new NatGatewayStatus.Address(eni("inner").networkInterfaceId(), "10.0.2.20", null, null, true));
        condition(ElasticIp.class, "other", "Ready", "False", "OperationNotPermitted");
        assertThat(port("inner").getSpec().publicIpAddresses()).isNull();
        assertThat(condition(NatGateway.class, "lost", "Accepted", "False", "InvalidAddressRange")
                        .message())
                .contains("10.0.9.9");
        assertThat(status("lost").state()).isEqualTo("failed");
        gateway("nowhere", "subnetRef: {name: missing}, connectivityType: private");
        condition(NatGateway.class, "nowhere", "Accepted", "False", "SubnetNotFound");
        assertThat(status("nowhere").failureCode()).isEqualTo("InvalidSubnetID.NotFound");
        assertThat(status("nowhere").state()).isEqualTo("pending");
    }

    @Test
    void theQuotaIsOfAZone() {
        ready();
        for (var number = 0; number < QUOTA; number++) {
            gateway("nat-" + number, "subnetRef: {name: public}, connectivityType: private");
            available("nat-" + number);
        }

        gateway("late", "subnetRef: {name: public}, connectivityType: private");
        gateway("elsewhere", "subnetRef: {name: private}, connectivityType: private");

        assertThat(condition(NatGateway.class, "late", "Accepted", "False", "NatGatewayLimitExceeded")
                        .message())
                .contains("quotas.natGatewaysPerZone");
        available("elsewhere");
        delete(NatGateway.class, "nat-0");
        available("late");
    }

    @Test
    void whatIsNotTheGatewaysIsNotTakenForItsInterface() {
        ready();
        gateway("nat", "subnetRef: {name: public}, connectivityType: private");
        available("nat");
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: mine, namespace: %1$s}
                spec:
                  subnetRef: {name: public}
                  sourceDestCheck: false
                  attachment: {natGatewayRef: {name: nat}, deviceIndex: 0}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: later-nat, namespace: %1$s}
                spec: {subnetRef: {name: public}}
                """.formatted(namespace));
        gateway("later", "subnetRef: {name: public}, connectivityType: private");

        assertThat(condition(NetworkInterface.class, "mine", "Accepted", "False", "OperationNotPermitted")
                        .message())
                .contains("NatGateway nat");
        assertThat(client().resources(HostInterface.class)
                        .inNamespace(hostNamespace())
                        .list()
                        .getItems())
                .hasSize(1);
        assertThat(condition(NatGateway.class, "later", "Ready", "False", "NameTaken")
                        .message())
                .contains("NetworkInterface later-nat");
        delete(NetworkInterface.class, "later-nat");
        available("later");
    }

    @Test
    void aGatewayWaitsForAHostAndStaysOnIt() {
        gateway("nat", "subnetRef: {name: public}, connectivityType: private");
        assertThat(condition(NatGateway.class, "nat", "Ready", "False", "InsufficientHostCapacity")
                        .message())
                .contains(host + ": is not ready");
        assertThat(status("nat").failureCode()).isEqualTo("InternalError");
        condition(NatGateway.class, "nat", "Accepted", "True", "Accepted");

        ready();
        available("nat");

        beating("False");
        report(appliance("nat"), "\"networkNamespace\": \"mc-there\",", "Programmed");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status("nat").realizedAs())
                .singleElement()
                .asString()
                .contains("mc-there"));
        assertThat(status("nat").host()).isEqualTo(host);
        condition(NatGateway.class, "nat", "Ready", "True", "Programmed");
    }

    private void internetGateway() {
        ec2("InternetGateway", "igw", "vpcRef: {name: main}");
    }

    private void eip(String name, String spec) {
        ec2("ElasticIp", name, spec);
    }

    private void gateway(String name, String spec) {
        ec2("NatGateway", name, spec);
    }

    /** Plays the agent until the gateway is ready. */
    private void available(String gateway) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            playAgent();
            assertThat(Conditions.find(status(gateway), "Ready"))
                    .map(found -> found.status() + " " + found.reason() + " " + found.message())
                    .hasValue("True Programmed ");
        });
        assertThat(status(gateway).state()).isEqualTo("available");
        assertThat(status(gateway).failureCode()).isNull();
    }

    private NatGatewayStatus status(String name) {
        return get(NatGateway.class, name).getStatus();
    }

    private NetworkInterfaceStatus eni(String gateway) {
        return get(NetworkInterface.class, gateway + "-nat").getStatus();
    }

    /** The port of a gateway; null: there is none yet. */
    private HostInterface port(String gateway) {
        var eni = get(NetworkInterface.class, gateway + "-nat");
        return eni == null || eni.getStatus() == null
                ? null
                : onHost(HostInterface.class, eni.getStatus().networkInterfaceId());
    }

    private HostAppliance appliance(String gateway) {
        return onHost(HostAppliance.class, status(gateway).natGatewayId());
    }

    private RouteTableStatus.Route route() {
        return get(RouteTable.class, "private").getStatus().routes().getLast();
    }

    private void routed(HostNetworkSpec.Route route) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(client().resources(HostNetwork.class)
                        .inNamespace(hostNamespace())
                        .list()
                        .getItems())
                .singleElement()
                .satisfies(network -> assertThat(network.getSpec().routeTables())
                        .flatExtracting(HostNetworkSpec.RouteTable::routes)
                        .containsExactly(route)));
    }
}
