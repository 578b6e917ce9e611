package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.AddressClaimSpec;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec.PublicAddress;
import io.minicloud.api.host.HostMachine;
import io.minicloud.controller.RunningController;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The public addresses that instances get at their start, against a real API server; the agent is played by the test. What
 * is expected is what the pages of AWS tell.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html">IP addressing for your VPCs</a>
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html">Public IPv4 addresses</a>
 */
class LaunchAddressStoryApiIT extends AccountStory {
    private static final AtomicInteger RANGES = new AtomicInteger();

    /** What an agent reports beyond that it is done; the state of a machine is that which is asked for. */
    private static final Map<Class<? extends CustomResource<?, ? extends Conditioned>>, String> FACTS = Map.of(
            HostImage.class, "\"state\": \"available\",",
            HostInterface.class, "",
            HostMachine.class, "");

    private final String range = "198.18." + RANGES.incrementAndGet();

    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.ofInstances();

    LaunchAddressStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void account() {
        enrol("launch", "home-1a");
        host();
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: InstanceType
                metadata: {name: t3.nano}
                spec: {vCpus: 1, memoryMiB: 512, maxNetworkInterfaces: 2, ipv4AddressesPerInterface: 2}
                """);
        ec2("Image", "tiny", """
                format: kernel,
                kernel: {kernel: {file: vmlinuz, sha256: "%1$s"}, initramfs: {file: initrd, sha256: "%1$s"}}
                """.formatted("a".repeat(64)));
        ec2("Vpc", "main", "cidrBlock: 10.0.0.0/16");
        subnet("public", "10.0.1.0/24", true);
        subnet("private", "10.0.2.0/24", false);
    }

    /** Nobody else is to be asked which pool is meant, or to be given this host. */
    @AfterEach
    void empty() {
        client().resources(ElasticIp.class).inNamespace(namespace).delete();
        client().resources(Instance.class).inNamespace(namespace).delete();
        client().resources(AddressPool.class).delete();
        soon(() -> assertThat(client().resources(AddressPool.class).list().getItems())
                .isEmpty());
        client().resources(Host.class).withName(host).delete();
    }

    @Test
    void theSubnetDecidesAtLaunchAndTheInstanceBeforeIt() {
        pool("only", "/29");
        instance("mapped", "public", "");
        instance("refused", "public", "associatePublicIpAddress: false");
        instance("asked", "private", "associatePublicIpAddress: true");
        instance("plain", "private", "");
        Stream.of("mapped", "refused", "asked", "plain").forEach(this::runs);

        assertThat(publicIp("mapped")).startsWith(range);
        assertThat(publicIp("asked")).startsWith(range).isNotEqualTo(publicIp("mapped"));
        assertThat(publicIp("refused")).isNull();
        assertThat(publicIp("plain")).isNull();
        assertThat(pairs("refused")).isNull();
        assertThat(pairs("mapped"))
                .containsExactly(new PublicAddress(
                        get(Instance.class, "mapped").getStatus().privateIpAddress(), publicIp("mapped")));
        assertThat(association("mapped"))
                .isEqualTo(new Association(
                        publicIp("mapped"),
                        null,
                        null,
                        "amazon",
                        claims().getFirst().rangeId()));
        assertThat(claims())
                .extracting(AddressClaimSpec::ownerKind, AddressClaimSpec::ownerName)
                .containsExactlyInAnyOrder(
                        tuple("NetworkInterface", "mapped-eth0"), tuple("NetworkInterface", "asked-eth0"));
        subnet("public", "10.0.1.0/24", false);
        instance("later", "public", "");
        runs("later");
        state("mapped", "stopped");
        isStopped("mapped");
        state("mapped", "running");
        runs("mapped");

        assertThat(publicIp("later")).isNull();
        assertThat(publicIp("mapped")).startsWith(range);
        client().resources(Instance.class)
                .inNamespace(namespace)
                .withName("mapped")
                .delete();
        soon(() -> assertThat(claims()).extracting(AddressClaimSpec::ownerName).containsExactly("asked-eth0"));
    }

    @Test
    void aStopGivesTheAddressBackAndAStartWaitsForOne() {
        pool("only", "/32");
        instance("web", "public", "");
        runs("web");
        assertThat(publicIp("web")).isEqualTo(range + ".0");

        state("web", "stopped");

        isStopped("web");
        soon(() -> assertThat(claims()).isEmpty());
        condition(NetworkInterface.class, "web-eth0", "PublicIpAddressAssigned", "False", "InstanceNotRunning");
        condition(Instance.class, "web", "Ready", "True", "Stopped");
        instance("other", "public", "");
        runs("other");
        assertThat(publicIp("other")).isEqualTo(range + ".0");

        state("web", "running");

        assertThat(condition(Instance.class, "web", "Ready", "False", "InsufficientAddressCapacity")
                        .message())
                .contains(range);
        assertThat(machine("web").getSpec().state()).isEqualTo("stopped");
        assertThat(publicIp("other")).isEqualTo(range + ".0");
        client().resources(Instance.class)
                .inNamespace(namespace)
                .withName("other")
                .delete();
        runs("web");
        assertThat(publicIp("web")).isEqualTo(range + ".0");
    }

    @Test
    void anElasticIpTakesItsPlaceUntilTheNextStart() {
        pool("only", "/29");
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: InternetGateway
                metadata: {name: igw, namespace: %s}
                spec: {vpcRef: {name: main}}
                """.formatted(namespace));
        instance("web", "public", "");
        runs("web");
        var first = publicIp("web");

        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: ElasticIp
                metadata: {name: web, namespace: %s}
                spec: {instanceRef: {name: web}}
                """.formatted(namespace));

        condition(ElasticIp.class, "web", "Ready", "True", "Programmed");
        var elastic = get(ElasticIp.class, "web").getStatus();
        soon(() -> assertThat(publicIp("web"))
                .isEqualTo(elastic.publicIp())
                .isNotNull()
                .isNotEqualTo(first));
        assertThat(association("web").allocationId()).isEqualTo(elastic.allocationId());
        assertThat(pairs("web")).extracting(PublicAddress::publicIp).containsExactly(elastic.publicIp());
        soon(() -> assertThat(claims()).extracting(AddressClaimSpec::ownerKind).containsExactly("ElasticIp"));

        client().resources(ElasticIp.class)
                .inNamespace(namespace)
                .withName("web")
                .delete();

        soon(() -> assertThat(claims()).isEmpty());
        soon(() -> assertThat(publicIp("web")).isNull());
        assertThat(pairs("web")).isNull();
        condition(NetworkInterface.class, "web-eth0", "PublicIpAddressAssigned", "False", "ReplacedByElasticIp");
        runs("web");
        state("web", "stopped");
        isStopped("web");
        state("web", "running");
        runs("web");
        assertThat(publicIp("web")).startsWith(range);
    }

    @Test
    void whereNoPoolIsMeantItRunsWithoutAndSaysSo() {
        instance("early", "public", "");
        runs("early");
        assertThat(publicIp("early")).isNull();
        condition(NetworkInterface.class, "early-eth0", "PublicIpAddressAssigned", "False", "AddressPoolNotFound");
        soon(() -> assertThat(ready("early").message()).contains("Without a public address: no AddressPool"));

        pool("one", "/30");

        soon(() -> assertThat(publicIp("early")).isEqualTo(range + ".0"));
        runs("early");
        assertThat(ready("early").message()).isEmpty();
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: two}
                spec: {cidrBlocks: [%s.128/30]}
                """.formatted(range));
        condition(AddressPool.class, "two", "Accepted", "True", "Accepted");
        instance("late", "public", "");
        runs("late");
        assertThat(condition(
                                NetworkInterface.class,
                                "late-eth0",
                                "PublicIpAddressAssigned",
                                "False",
                                "AddressPoolAmbiguous")
                        .message())
                .contains("one, two");
        assertThat(publicIp("early")).isEqualTo(range + ".0");
    }

    /** The host is ready and has room, and its heart beats. */
    private void host() {
        server().apply("""
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {namespace: "%s", name: "%s"}
                spec: {holderIdentity: agent, leaseDurationSeconds: 6000, renewTime: "%s.000000Z"}
                """.formatted(
                        hostNamespace(), host, Instant.now().toString().substring(0, 19)));
        report(client().resources(Host.class).withName(host).get(), """
                "allocatable": {"vCpus": 16, "memoryMiB": 8192, "diskGiB": 100},""", "Ready");
    }

    private void subnet(String name, String range, boolean mapPublicIpOnLaunch) {
        ec2("Subnet", name, """
                vpcRef: {name: main}, cidrBlock: %s, availabilityZone: home-1a, mapPublicIpOnLaunch: %s
                """.formatted(range, mapPublicIpOnLaunch));
    }

    private void pool(String name, String prefix) {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: %s}
                spec: {cidrBlocks: [%s.0%s]}
                """.formatted(name, range, prefix));
        condition(AddressPool.class, name, "Accepted", "True", "Accepted");
    }

    private void instance(String name, String subnet, String more) {
        ec2(
                "Instance",
                name,
                "imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: %s}%s"
                        .formatted(subnet, more.isEmpty() ? "" : ", " + more));
    }

    private void state(String instance, String state) {
        client().resources(Instance.class)
                .inNamespace(namespace)
                .withName(instance)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"state\": \"%s\"}}".formatted(state));
    }

    private void runs(String instance) {
        condition(Instance.class, instance, "Ready", "True", "Running");
    }

    /** Stopped, and without an address by which anybody reaches it. */
    private void isStopped(String instance) {
        condition(Instance.class, instance, "Ready", "True", "Stopped");
        soon(() -> assertThat(publicIp(instance)).isNull());
        soon(() -> assertThat(pairs(instance)).isNull());
    }

    /** Plays the agent and looks, until it is so. */
    @Override
    void soon(ThrowingCallable check) {
        super.soon(() -> {
            FACTS.keySet()
                    .forEach(type -> client().resources(type).inNamespace(hostNamespace()).list().getItems().stream()
                            .filter(object -> !Conditions.isTrue(object, "Programmed"))
                            .forEach(this::serve));
            check.call();
        });
    }

    private void serve(CustomResource<?, ? extends Conditioned> object) {
        var facts = object instanceof HostMachine machine
                ? "\"state\": \"%s\",".formatted(machine.getSpec().state())
                : FACTS.get(object.getClass());
        report(object, facts, "Programmed");
    }

    private String publicIp(String instance) {
        return get(Instance.class, instance).getStatus().publicIpAddress();
    }

    private Association association(String instance) {
        return get(NetworkInterface.class, instance + "-eth0").getStatus().association();
    }

    private List<PublicAddress> pairs(String instance) {
        var eni = get(NetworkInterface.class, instance + "-eth0").getStatus();
        return onHost(HostInterface.class, eni.networkInterfaceId()).getSpec().publicIpAddresses();
    }

    private HostMachine machine(String instance) {
        return onHost(
                HostMachine.class, get(Instance.class, instance).getStatus().instanceId());
    }

    private Condition ready(String instance) {
        return Conditions.find(get(Instance.class, instance).getStatus(), "Ready")
                .orElseThrow();
    }

    /** The claims on public addresses. */
    private List<AddressClaimSpec> claims() {
        return client().resources(AddressClaim.class).list().getItems().stream()
                .map(AddressClaim::getSpec)
                .filter(claim -> claim.ownerNamespace().equals(namespace))
                .filter(claim -> claim.rangeId().startsWith("ipv4pool-ec2-"))
                .toList();
    }
}
