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
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.AddressPoolStatus;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.ElasticIpStatus;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec.PublicAddress;
import io.minicloud.api.host.HostInterfaceStatus;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.Registered;
import io.minicloud.controller.ec2.addresspool.AddressPoolReconciler;
import io.minicloud.controller.ec2.elasticip.ElasticIpReconciler;
import io.minicloud.controller.ec2.networkinterface.NetworkInterfaceReconciler;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Public addresses against a real API server; the agent and the Instance's reconciler are played by the test. */
class ElasticIpStoryApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int QUOTA = 4;
    private static final AtomicInteger RANGES = new AtomicInteger();

    private static ApiServer server;
    private static Operator operator;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String host = "h" + unique;
    private final String pool = "pool-" + unique;
    private final String range = "198.18." + RANGES.incrementAndGet();
    private String namespace;

    @BeforeAll
    static void start() {
        server = ApiServer.start();
        server.namespace(Labels.FABRIC_NAMESPACE);
        var settings = new ControllerSettings("installation", "home-1", new Quotas(60, 20, 500, QUOTA, 5));
        var clock = Clock.systemUTC();
        var executor = new PlanExecutor(Checkpoint.NONE);
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(SharedInformers.of(server.admin()))
                .withCloseClientOnStop(false));
        Registered.with(operator, new AccountReconciler(clock));
        Registered.with(operator, new VpcReconciler(settings, executor, clock));
        Registered.with(operator, new SubnetReconciler(settings, clock));
        Registered.with(operator, new SecurityGroupReconciler(settings, clock));
        Registered.with(operator, new NetworkInterfaceReconciler(settings, executor, clock));
        Registered.with(operator, new AddressPoolReconciler(clock));
        Registered.with(operator, new ElasticIpReconciler(settings, executor, clock));
        operator.start();
    }

    @AfterAll
    static void stop() {
        operator.stop();
        server.close();
    }

    @BeforeEach
    void account() {
        namespace = server.freshNamespace("eip");
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
        playAgent("web");
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
        playAgent("spare");
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
        place("later");
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
        server.apply("""
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

    private static KubernetesClient client() {
        return server.admin();
    }

    private void pool(String prefix) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: %s}
                spec: {cidrBlocks: [%s.0%s]}
                """.formatted(pool, range, prefix));
    }

    private void eip(String name, String spec) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: ElasticIp
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(name, namespace, spec));
    }

    private void network() {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: main, namespace: %1$s}
                spec: {cidrBlock: 10.0.0.0/16}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Subnet
                metadata: {name: a, namespace: %1$s}
                spec: {vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: home-1a}
                """.formatted(namespace));
    }

    private void gateway() {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: InternetGateway
                metadata: {name: igw, namespace: %s}
                spec: {vpcRef: {name: main}}
                """.formatted(namespace));
    }

    /** An instance on the host, with its primary network interface. */
    private void machine(String name) {
        instance(name);
        networkInterface(name);
        place(name);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(port(name)).isNotNull());
    }

    private void instance(String name) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Instance
                metadata: {name: %s, namespace: %s}
                spec: {imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: a}}
                """.formatted(name, namespace));
    }

    private void networkInterface(String instance) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: %1$s-eth0, namespace: %2$s}
                spec: {subnetRef: {name: a}, attachment: {instanceRef: {name: %1$s}, deviceIndex: 0}}
                """.formatted(instance, namespace));
    }

    private void place(String name) {
        var placement = new InstanceStatus.Placement("home-1a", host);
        client().resources(Instance.class).inNamespace(namespace).withName(name).editStatus(instance -> {
            instance.setStatus(new InstanceStatus(
                    null, null, null, null, null, null, null, null, null, null, null, null, null, placement));
            return instance;
        });
    }

    private HostInterface port(String instance) {
        var eni = get(NetworkInterface.class, instance + "-eth0");
        return eni == null || eni.getStatus() == null
                ? null
                : client().resources(HostInterface.class)
                        .inNamespace(Labels.HOST_NAMESPACE_PREFIX + host)
                        .withName(eni.getStatus().networkInterfaceId())
                        .get();
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

    private void playAgent(String instance) {
        var port = port(instance);
        var generation = port.getMetadata().getGeneration();
        var now = Clock.systemUTC().instant().toString();
        port.setStatus(new HostInterfaceStatus(
                List.of(new Condition("Programmed", "True", generation, now, "Programmed", "")),
                generation,
                null,
                null,
                null));
        client().resource(port).updateStatus();
    }

    private ElasticIpStatus status(String name) {
        return get(ElasticIp.class, name).getStatus();
    }

    private NetworkInterfaceStatus eni(String instance) {
        return get(NetworkInterface.class, instance + "-eth0").getStatus();
    }

    private AddressPoolStatus poolStatus() {
        return client().resources(AddressPool.class).withName(pool).get().getStatus();
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
