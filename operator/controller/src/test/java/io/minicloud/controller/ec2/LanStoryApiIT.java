package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec.PublicAddress;
import io.minicloud.controller.RunningController;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Public addresses of the network of the hosts, against a real API server; the agent is played by the test. */
class LanStoryApiIT {
    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.ofInstances();

    private static AccountStage stage;

    @BeforeAll
    static void start() {
        stage = new AccountStage(CONTROLLER, "lan");
        stage.host("tower", "home-1a", 8192);
        stage.apply("Vpc", "main", "cidrBlock: 10.0.0.0/16");
        stage.apply("InternetGateway", "igw", "vpcRef: {name: main}");
        stage.apply(
                "Subnet",
                "public",
                "vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: home-1a, mapPublicIpOnLaunch: true");
        stage.condition(Subnet.class, "public", "Accepted", "True Accepted");
    }

    @Test
    void thePortSaysWhichNetworkKnowsItsAddressAndTheUserHearsWhyItDoesNot() {
        pool("home", "192.168.1.224/28", "mode: Lan, uplink: enp1s0");
        stage.apply("Instance", "web", "imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: public}");
        stage.condition(Instance.class, "web", "Ready", "True Running");
        assertThat(port().getSpec().publicIpAddresses())
                .containsExactly(new PublicAddress(
                        address(), stage.get(Instance.class, "web").getStatus().publicIpAddress(), "Lan", "enp1s0"));
        assertThat(stage.get(Instance.class, "web").getStatus().publicIpAddress())
                .startsWith("192.168.1.2");

        stage.unreachable(port(), "UplinkNotFound", "this machine has no interface enp1s0");
        var told = stage.condition(NetworkInterface.class, "web-eth0", "Ready", "False AwaitingHost");
        assertThat(told.message()).contains("UplinkNotFound").contains("enp1s0");
        assertThat(stage.condition(Instance.class, "web", "Programmed", "False NetworkInterfacePending")
                        .message())
                .contains("UplinkNotFound");
        assertThat(stage.get(Instance.class, "web").getStatus().state())
                .as("it runs all the same")
                .isEqualTo("running");

        stage.unreachable(port(), "AddressNotOnLink", "192.168.1.224 lies in no range of interface enp1s0");
        pool("second", "203.0.113.0/28", "mode: Routed");
        stage.apply("ElasticIp", "eip", "addressPoolRef: {name: home}, instanceRef: {name: web}");
        stage.condition(ElasticIp.class, "eip", "Accepted", "True Accepted");
        stage.soon(() -> assertThat(port().getSpec().publicIpAddresses())
                .extracting(PublicAddress::publicIp)
                .containsExactly(stage.get(ElasticIp.class, "eip").getStatus().publicIp()));
        stage.unreachable(port(), "AddressInUse", "192.168.1.225 is the address of this machine");
        assertThat(stage.condition(ElasticIp.class, "eip", "Ready", "False AwaitingHost")
                        .message())
                .contains("AddressInUse");

        stage.delete(ElasticIp.class, "eip");
        stage.soon(() -> assertThat(stage.get(ElasticIp.class, "eip")).isNull());
        stage.apply("ElasticIp", "routed", "addressPoolRef: {name: second}, instanceRef: {name: web}");
        stage.condition(ElasticIp.class, "routed", "Accepted", "True Accepted");
        stage.soon(() -> assertThat(port().getSpec().publicIpAddresses())
                .containsExactly(new PublicAddress(
                        address(),
                        stage.get(ElasticIp.class, "routed").getStatus().publicIp())));
    }

    private static void pool(String name, String range, String how) {
        stage.applyOutside("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: %s}
                spec: {cidrBlocks: [%s], %s}
                """.formatted(name, range, how));
    }

    private static HostInterface port() {
        return stage.port(
                stage.get(NetworkInterface.class, "web-eth0").getStatus().networkInterfaceId());
    }

    private static String address() {
        return stage.get(Instance.class, "web").getStatus().privateIpAddress();
    }
}
