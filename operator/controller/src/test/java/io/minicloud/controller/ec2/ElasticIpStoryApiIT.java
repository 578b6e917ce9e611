package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.AddressPoolStatus;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.ElasticIpStatus;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.InternetGatewayStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec.PublicAddress;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.ec2.addresspool.AddressPoolReconciler;
import io.minicloud.controller.ec2.elasticip.ElasticIpReconciler;
import io.minicloud.controller.ec2.internetgateway.InternetGatewayReconciler;
import io.minicloud.controller.ec2.routetable.RouteTableReconciler;
import io.minicloud.reconcile.condition.Conditions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Public addresses against a real API server; the agent and the Instance's reconciler are played by the test. */
class ElasticIpStoryApiIT extends AccountStory {
    private static final int QUOTA = 4;
    private static final AtomicInteger RANGES = new AtomicInteger();

    private final String pool = "pool-" + unique;
    private final String range = "198.18." + RANGES.incrementAndGet();

    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.alone(
            new Quotas(60, 20, 500, QUOTA, 5, 5, 50, 3000, 50, 100, 1000, 10),
            parts -> List.of(
                    new InternetGatewayReconciler(parts.settings(), parts.clock()),
                    new RouteTableReconciler(parts.settings(), parts.clock()),
                    new AddressPoolReconciler(parts.executor(), parts.clock()),
                    new ElasticIpReconciler(parts.settings(), parts.executor(), parts.clock())));

    ElasticIpStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void account() {
        enrol("eip", "home-1a");
    }

    /** Nobody else is to be asked which pool is meant. */
    @AfterEach
    void empty() {
        client().resources(ElasticIp.class).inNamespace(namespace).delete();
        client().resources(AddressPool.class).delete();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        client().resources(AddressPool.class).list().getItems())
                .isEmpty());
    }

    @Test
    void anAddressIsKeptFromInstanceToInstanceAndToTheEnd() {
        pool("/30");
        network();
        machine("web");
        machine("spare");
        eip("public", "instanceRef: {name: web}");
        assertThat(condition(ElasticIp.class, "public", "Ready", "False", "GatewayNotAttached")
                        .message())
                .contains("Vpc main");
        condition(ElasticIp.class, "public", "Accepted", "True", "Accepted");
        var publicIp = status("public").publicIp();
        assertThat(publicIp).isEqualTo(range + ".0");
        assertThat(status("public").networkInterfaceId()).isNull();
        assertThat(port("web").getSpec().publicIpAddresses()).isNull();

        gateway();

        carries("web", publicIp);
        assertThat(condition(ElasticIp.class, "public", "Ready", "False", "AwaitingHost")
                        .message())
                .contains(host);
        program(port("web"));
        condition(ElasticIp.class, "public", "Ready", "True", "Programmed");
        var first = status("public");
        assertThat(first.arn()).matches("arn:aws:ec2:home-1:[0-9]{12}:elastic-ip/" + first.allocationId());
        assertThat(first.allocationId()).matches("eipalloc-[0-9a-f]{17}");
        assertThat(first.associationId()).matches("eipassoc-[0-9a-f]{17}");
        assertThat(first.publicIpv4Pool()).isEqualTo(poolStatus().poolId()).matches("ipv4pool-ec2-[0-9a-f]{17}");
        assertThat(first.privateIpAddress()).isEqualTo(eni("web").privateIpAddress());
        assertThat(first.instanceId()).matches("i-[0-9a-f]{17}");
        assertThat(first.domain()).isEqualTo("vpc");
        assertThat(eni("web").interfaceType()).isEqualTo("interface");
        assertThat(eni("web").requesterManaged()).isFalse();
        assertThat(eni("web").description()).isNull();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(eni("web").association())
                .isEqualTo(new NetworkInterfaceStatus.Association(
                        publicIp, first.allocationId(), first.associationId(), first.ownerId(), null)));

        eip("public", "networkInterfaceRef: {name: spare-eth0}");

        carries("spare", publicIp);
        carriesNothing("web");
        program(port("spare"));
        condition(ElasticIp.class, "public", "Ready", "True", "Programmed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(eni("web").association()).isNull());
        assertThat(status("public").publicIp()).isEqualTo(publicIp);
        assertThat(status("public").allocationId()).isEqualTo(first.allocationId());
        assertThat(status("public").associationId()).isNotEqualTo(first.associationId());

        eip("public", "tags: {}");
        condition(ElasticIp.class, "public", "Ready", "True", "NotAssociated");
        carriesNothing("spare");
        assertThat(status("public").publicIp()).isEqualTo(publicIp);

        eip("public", "instanceRef: {name: spare}");
        carries("spare", publicIp);
        delete(ElasticIp.class, "public");
        gone(ElasticIp.class, "public");
        carriesNothing("spare");
        assertThat(client().resources(AddressClaim.class).list().getItems())
                .noneMatch(claim -> claim.getSpec().ownerNamespace().equals(namespace)
                        && claim.getSpec().ownerKind().equals("ElasticIp"));
    }

    @Test
    void anInterfaceWithoutAPortIsAssociatedAndSaysSo() {
        pool("/30");
        network();
        gateway();
        eip("public", "instanceRef: {name: later}");
        condition(ElasticIp.class, "public", "Ready", "False", "InstanceNotFound");

        instance("later");
        condition(ElasticIp.class, "public", "Ready", "False", "NetworkInterfacePending");
        networkInterface("later");

        condition(ElasticIp.class, "public", "Ready", "True", "NoPort");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(eni("later").association().publicIp()).isEqualTo(range + ".0"));
        place("later", "home-1a");
        carries("later", range + ".0");
        condition(ElasticIp.class, "public", "Ready", "False", "AwaitingHost");
    }

    @Test
    void ofTwoForOneInterfaceTheOneThatHasItKeepsIt() {
        pool("/30");
        network();
        gateway();
        machine("web");
        eip("first", "instanceRef: {name: web}");
        carries("web", range + ".0");

        eip("second", "networkInterfaceRef: {name: web-eth0}");

        assertThat(condition(ElasticIp.class, "second", "Ready", "False", "ResourceAlreadyAssociated")
                        .message())
                .contains("ElasticIp first");
        condition(ElasticIp.class, "second", "Accepted", "True", "Accepted");
        assertThat(status("second").publicIp()).isEqualTo(range + ".1");
        carries("web", range + ".0");
        delete(ElasticIp.class, "first");
        carries("web", range + ".1");
        gone(ElasticIp.class, "first");
    }

    /** AWS: "Network vpc-… has some mapped public address(es). Please unmap those … before detaching the gateway." */
    @Test
    void aGatewayIsNotDetachedWhileItsVpcHasPublicAddresses() {
        pool("/30");
        network();
        gateway();
        worldByGateway();
        machine("web");
        eip("public", "instanceRef: {name: web}");
        carries("web", range + ".0");

        gateway("vpcRef: {name: main}, tags: {env: lab}");
        condition(InternetGateway.class, "igw", "Ready", "False", "HostNetworkPending");
        // Server-side apply makes nothing of an object from which it takes the last field.
        gateway("tags: {env: lab}");

        assertThat(condition(InternetGateway.class, "igw", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("NetworkInterface web-eth0 with " + range + ".0");
        isAttachedAndWorks();
        eip("late", "tags: {}");
        condition(ElasticIp.class, "late", "Ready", "True", "NotAssociated");

        delete(ElasticIp.class, "public");

        condition(InternetGateway.class, "igw", "Ready", "True", "Detached");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(get(InternetGateway.class, "igw").getStatus().attachments())
                    .isEmpty();
            assertThat(hostNetwork().getSpec().internetGateway()).isNull();
            assertThat(hostNetwork().getSpec().routeTables()).singleElement().satisfies(table -> assertThat(
                            table.routes())
                    .extracting(HostNetworkSpec.Route::target)
                    .containsExactly("Blackhole"));
        });
        eip("late", "instanceRef: {name: web}");
        condition(ElasticIp.class, "late", "Ready", "False", "GatewayNotAttached");
    }

    @Test
    void aGatewayIsDeletedAfterTheLastPublicAddress() {
        pool("/30");
        network();
        gateway();
        worldByGateway();
        machine("web");
        machine("spare");
        eip("first", "instanceRef: {name: web}");
        carries("web", range + ".0");
        eip("second", "instanceRef: {name: spare}");
        carries("spare", range + ".1");

        delete(InternetGateway.class, "igw");

        assertThat(condition(InternetGateway.class, "igw", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("NetworkInterface web-eth0", "NetworkInterface spare-eth0");
        isAttachedAndWorks();
        delete(ElasticIp.class, "first");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        condition(InternetGateway.class, "igw", "Ready", "False", "DependencyViolation")
                                .message())
                .contains("NetworkInterface spare-eth0")
                .doesNotContain("web-eth0"));
        isAttachedAndWorks();
        carries("spare", range + ".1");

        delete(ElasticIp.class, "second");

        gone(InternetGateway.class, "igw");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(hostNetwork().getSpec().internetGateway()).isNull());
    }

    /** A gateway that moves leaves its VPC last, and the other VPC is without one until then. */
    @Test
    void aGatewayThatMovesStaysWithTheAddressesThatItMaps() {
        pool("/30");
        network();
        ec2("Vpc", "other", "cidrBlock: 10.0.0.0/16");
        gateway();
        worldByGateway();
        machine("web");
        eip("public", "instanceRef: {name: web}");
        carries("web", range + ".0");

        gateway("vpcRef: {name: other}");

        condition(InternetGateway.class, "igw", "Ready", "False", "DependencyViolation");
        isAttachedAndWorks();
        eip("public", "tags: {}");
        condition(InternetGateway.class, "igw", "Ready", "True", "NoInterfaces");
        assertThat(get(InternetGateway.class, "igw").getStatus().attachments())
                .extracting(InternetGatewayStatus.Attachment::vpcId)
                .containsExactly(get(Vpc.class, "other").getStatus().vpcId());
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(hostNetwork().getSpec().internetGateway()).isNull());
    }

    @Test
    void allOfItMayBeDeletedAtOnce() {
        pool("/30");
        network();
        gateway();
        worldByGateway();
        machine("web");
        eip("public", "instanceRef: {name: web}");
        carries("web", range + ".0");

        delete(Vpc.class, "main");
        delete(InternetGateway.class, "igw");
        delete(RouteTable.class, "main");
        delete(Subnet.class, "a");
        condition(InternetGateway.class, "igw", "Ready", "False", "DependencyViolation");
        condition(Vpc.class, "main", "Ready", "False", "DependencyViolation");
        isAttached();
        delete(Instance.class, "web");
        delete(NetworkInterface.class, "web-eth0");
        delete(ElasticIp.class, "public");

        gone(NetworkInterface.class, "web-eth0");
        gone(ElasticIp.class, "public");
        gone(InternetGateway.class, "igw");
        gone(Subnet.class, "a");
        gone(Vpc.class, "main");
    }

    /** It takes its subnets and its gateway with it, and these wait for who uses them. */
    @Test
    void aDefaultVpcEndsAfterItsPublicAddresses() {
        pool("/30");
        ec2("Vpc", "default", "cidrBlock: 172.31.0.0/16, isDefault: true");
        condition(InternetGateway.class, "default-default", "Ready", "True", "NoInterfaces");
        instance("web");
        networkInterface("web", "default-home-1a");
        place("web", "home-1a");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(port("web")).isNotNull());
        eip("public", "instanceRef: {name: web}");
        carries("web", range + ".0");

        delete(Vpc.class, "default");

        assertThat(condition(InternetGateway.class, "default-default", "Ready", "False", "DependencyViolation")
                        .message())
                .contains("NetworkInterface web-eth0");
        condition(Vpc.class, "default", "Ready", "False", "DependencyViolation");
        carries("web", range + ".0");
        delete(Instance.class, "web");
        delete(NetworkInterface.class, "web-eth0");
        delete(ElasticIp.class, "public");

        gone(InternetGateway.class, "default-default");
        gone(Subnet.class, "default-home-1a");
        gone(Vpc.class, "default");
    }

    @Test
    void anEmptyPoolIsWaitedForAndHeldByThoseWhoHaveItsAddresses() {
        eip("first", "tags: {}");
        condition(ElasticIp.class, "first", "Accepted", "False", "AddressPoolNotFound");
        pool("/31");
        condition(ElasticIp.class, "first", "Ready", "True", "NotAssociated");
        eip("second", "tags: {}");
        condition(ElasticIp.class, "second", "Ready", "True", "NotAssociated");
        assertThat(poolStatus().totalAddressCount()).isEqualTo(2);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(poolStatus().availableAddressCount())
                .isZero());
        eip("third", "tags: {}");
        condition(ElasticIp.class, "third", "Accepted", "False", "InsufficientAddressCapacity");
        var freed = status("first").publicIp();

        delete(ElasticIp.class, "first");

        condition(ElasticIp.class, "third", "Ready", "True", "NotAssociated");
        assertThat(status("third").publicIp()).isEqualTo(freed);
        client().resources(AddressPool.class).withName(pool).delete();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Conditions.find(poolStatus(), "Ready"))
                .hasValueSatisfying(ready -> {
                    assertThat(ready.reason()).isEqualTo("DependencyViolation");
                    assertThat(ready.message())
                            .contains("ElasticIp " + namespace + "/second", "ElasticIp " + namespace + "/third");
                }));
        eip("late", "tags: {}");
        condition(ElasticIp.class, "late", "Accepted", "False", "AddressPoolTerminating");
    }

    @Test
    void theQuotaIsForTheSenior() {
        pool("/28");
        for (var number = 0; number < QUOTA; number++) {
            eip("eip-" + number, "tags: {}");
            condition(ElasticIp.class, "eip-" + number, "Ready", "True", "NotAssociated");
        }

        eip("a-late-one", "tags: {}");

        assertThat(condition(ElasticIp.class, "a-late-one", "Accepted", "False", "AddressLimitExceeded")
                        .message())
                .contains("quotas.elasticIps");
        delete(ElasticIp.class, "eip-2");
        condition(ElasticIp.class, "a-late-one", "Ready", "True", "NotAssociated");
    }

    @Test
    void ofSeveralPoolsOneIsNamedAndNoneTakesTheAddressesOfAnother() {
        pool("/30");
        eip("before", "tags: {}");
        condition(ElasticIp.class, "before", "Ready", "True", "NotAssociated");
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: other-%s}
                spec: {cidrBlocks: [%s.0/31]}
                """.formatted(unique, range));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Conditions.find(
                        client().resources(AddressPool.class)
                                .withName("other-" + unique)
                                .get()
                                .getStatus(),
                        "Accepted"))
                .hasValueSatisfying(accepted -> {
                    assertThat(accepted.reason()).isEqualTo("AddressPoolConflict");
                    assertThat(accepted.message()).contains(pool);
                }));

        eip("which", "tags: {}");
        eip("named", "addressPoolRef: {name: %s}".formatted(pool));
        eip("refused", "addressPoolRef: {name: other-%s}".formatted(unique));

        assertThat(condition(ElasticIp.class, "which", "Accepted", "False", "AddressPoolRefMissing")
                        .message())
                .contains(pool, "other-" + unique);
        condition(ElasticIp.class, "named", "Ready", "True", "NotAssociated");
        condition(ElasticIp.class, "refused", "Accepted", "False", "AddressPoolNotAccepted");
        condition(ElasticIp.class, "before", "Ready", "True", "NotAssociated");
    }

    private void pool(String prefix) {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: %s}
                spec: {cidrBlocks: [%s.0%s]}
                """.formatted(pool, range, prefix));
    }

    private void eip(String name, String spec) {
        ec2("ElasticIp", name, spec);
    }

    private void network() {
        ec2("Vpc", "main", "cidrBlock: 10.0.0.0/16");
        ec2("Subnet", "a", "vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: home-1a");
    }

    private void gateway() {
        gateway("vpcRef: {name: main}");
    }

    private void gateway(String spec) {
        ec2("InternetGateway", "igw", spec);
    }

    private void worldByGateway() {
        ec2("RouteTable", "main", """
                vpcRef: {name: main},
                main: true,
                routes: [{destinationCidrBlock: 0.0.0.0/0, internetGatewayRef: {name: igw}}]
                """);
    }

    /** The status says so, and the host is told of the gateway and of a route to it. */
    private void isAttachedAndWorks() {
        isAttached();
        assertThat(hostNetwork().getSpec().routeTables()).singleElement().satisfies(table -> assertThat(table.routes())
                .extracting(HostNetworkSpec.Route::target)
                .containsExactly("InternetGateway"));
    }

    private void isAttached() {
        var igw = get(InternetGateway.class, "igw").getStatus();
        assertThat(igw.attachments())
                .extracting(InternetGatewayStatus.Attachment::vpcId)
                .containsExactly(get(Vpc.class, "main").getStatus().vpcId());
        assertThat(hostNetwork().getSpec().internetGateway().internetGatewayId())
                .isEqualTo(igw.internetGatewayId());
    }

    private HostNetwork hostNetwork() {
        return onHost(HostNetwork.class, get(Vpc.class, "main").getStatus().vpcId());
    }

    /** An instance on the host, with its primary network interface. */
    private void machine(String name) {
        instance(name);
        networkInterface(name);
        place(name, "home-1a");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(port(name)).isNotNull());
    }

    private void instance(String name) {
        ec2("Instance", name, "imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: a}");
    }

    private void networkInterface(String instance) {
        networkInterface(instance, "a");
    }

    private void networkInterface(String instance, String subnet) {
        ec2(
                "NetworkInterface",
                instance + "-eth0",
                "subnetRef: {name: %s}, attachment: {instanceRef: {name: %s}, deviceIndex: 0}"
                        .formatted(subnet, instance));
    }

    private HostInterface port(String instance) {
        var eni = get(NetworkInterface.class, instance + "-eth0");
        return eni == null || eni.getStatus() == null
                ? null
                : onHost(HostInterface.class, eni.getStatus().networkInterfaceId());
    }

    private void carries(String instance, String publicIp) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(port(instance).getSpec().publicIpAddresses())
                        .containsExactly(new PublicAddress(eni(instance).privateIpAddress(), publicIp)));
    }

    private void carriesNothing(String instance) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(port(instance).getSpec().publicIpAddresses()).isNull());
    }

    private ElasticIpStatus status(String name) {
        return get(ElasticIp.class, name).getStatus();
    }

    private NetworkInterfaceStatus eni(String instance) {
        return get(NetworkInterface.class, instance + "-eth0").getStatus();
    }

    private AddressPoolStatus poolStatus() {
        return get(AddressPool.class, pool).getStatus();
    }
}
