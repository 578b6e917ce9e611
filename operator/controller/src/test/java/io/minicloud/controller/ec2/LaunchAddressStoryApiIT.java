package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.AddressClaimSpec;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec.PublicAddress;
import io.minicloud.controller.RunningController;
import io.minicloud.reconcile.condition.Conditions;
import java.util.List;
import java.util.stream.Stream;
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
class LaunchAddressStoryApiIT extends InstanceStory {

    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.ofInstances();

    LaunchAddressStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void account() {
        enrolForInstances("launch", 2, "home-1a");
        subnet("public", "10.0.1.0/24", true);
        subnet("private", "10.0.2.0/24", false);
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

    private void subnet(String name, String range, boolean mapPublicIpOnLaunch) {
        ec2("Subnet", name, """
                vpcRef: {name: main}, cidrBlock: %s, availabilityZone: home-1a, mapPublicIpOnLaunch: %s
                """.formatted(range, mapPublicIpOnLaunch));
    }

    private void instance(String name, String subnet, String more) {
        ec2(
                "Instance",
                name,
                "imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: %s}%s"
                        .formatted(subnet, more.isEmpty() ? "" : ", " + more));
    }

    /** Stopped, and without an address by which anybody reaches it. */
    private void isStopped(String instance) {
        condition(Instance.class, instance, "Ready", "True", "Stopped");
        soon(() -> assertThat(publicIp(instance)).isNull());
        soon(() -> assertThat(pairs(instance)).isNull());
    }

    private Association association(String instance) {
        return get(NetworkInterface.class, instance + "-eth0").getStatus().association();
    }

    private List<PublicAddress> pairs(String instance) {
        var eni = get(NetworkInterface.class, instance + "-eth0").getStatus();
        return onHost(HostInterface.class, eni.networkInterfaceId()).getSpec().publicIpAddresses();
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
