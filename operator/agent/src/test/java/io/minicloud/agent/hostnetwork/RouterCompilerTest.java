package io.minicloud.agent.hostnetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.network.Router;
import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.AddressSetSpec;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterCompilerTest {
    private static final String GROUP = "sg-00000000000000001";
    private final RouterCompiler compiler = new RouterCompiler(new AgentSettings(
            "install", "tower", Path.of("/h"), Path.of("/i"), Path.of("/d"), Path.of("/r"), "x", "100.64.0.0/16"));

    @Test
    void slicesOfAGroupAreOneSetAndDeletedInterfacesAreLeftOut() {
        var leaving = eni("eni-00000000000000002", "10.0.1.12");
        leaving.getMetadata().setDeletionTimestamp("2026-11-21T10:00:00Z");

        var router = compiler.compile(
                network("vpc-00000000000000001"),
                List.of(eni("eni-00000000000000001", "10.0.1.11"), leaving),
                List.of(slice(0, "eni-00000000000000001", "10.0.1.11"), slice(1, "eni-00000000000000003", "10.0.9.9")),
                List.of());

        assertThat(router.namespace()).isEqualTo("mc-vpc-00000000000000001");
        assertThat(router.resolver()).isEqualTo("10.0.0.2");
        assertThat(router.owner()).hasToString("install/minicloud-host-tower/hostnetwork/uid");
        assertThat(router.interfaces()).extracting(Router.Interface::id).containsExactly("eni-00000000000000001");
        assertThat(router.members().get(GROUP))
                .extracting(Router.Member::address)
                .containsExactly("10.0.1.11", "10.0.9.9");
    }

    /** By what it is told to do, and only while it is. */
    @Test
    void whatSpeaksForItsClientsIsTransparent() {
        var node = eni("eni-00000000000000001", "10.0.1.11");
        node.getMetadata().setName("eni-00000000000000001");
        var other = eni("eni-00000000000000002", "10.0.1.12");
        other.getMetadata().setName("eni-00000000000000002");
        var leaving = appliance(true);
        leaving.getMetadata().setDeletionTimestamp("2026-11-21T10:00:00Z");

        assertThat(transparent(List.of(node, other), appliance(true))).containsExactly("eni-00000000000000001");
        assertThat(transparent(List.of(node, other), appliance(false))).isEmpty();
        assertThat(transparent(List.of(node, other), leaving)).isEmpty();
    }

    private Set<String> transparent(List<HostInterface> enis, HostAppliance appliance) {
        return compiler.compile(network("vpc-00000000000000001"), enis, List.of(), List.of(appliance))
                .routing()
                .transparent();
    }

    private static HostAppliance appliance(boolean preserves) {
        var check = new ProxyTargetGroup.HealthCheck("TCP", null, null, null, 1, 1, 2, 2);
        var group = new ProxyTargetGroup(
                "tg-00000000000000001", "TCP", "RoundRobin", null, null, check, List.of(), null, null, preserves);
        var appliance = new HostAppliance();
        appliance.setSpec(new HostApplianceSpec(
                "elb-00000000000000001",
                "vpc-00000000000000001",
                List.of(new HostApplianceSpec.Interface("eni-00000000000000001")),
                null,
                new ProxySpec(List.of(), List.of(group), 60, 3600, false, "Append", null, null, null)));
        return appliance;
    }

    @Test
    void aBrokenTextIsRefused() {
        assertThatThrownBy(() -> compiler.compile(network("vpc-1; reboot"), List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static HostNetwork network(String vpcId) {
        var network = new HostNetwork();
        network.getMetadata().setUid("uid");
        network.setSpec(new HostNetworkSpec(
                vpcId,
                List.of("10.0.0.0/16"),
                new HostNetworkSpec.Dns(true, "home-1.compute.internal", true),
                null,
                List.of(new HostNetworkSpec.Subnet("subnet-00000000000000001", "10.0.1.0/24", 1500)),
                List.of(new HostNetworkSpec.SecurityGroup(
                        GROUP, List.of(new HostNetworkSpec.Rule("-1", null, null, null, GROUP)), List.of())),
                null,
                null,
                null));
        return network;
    }

    private static HostInterface eni(String id, String address) {
        var eni = new HostInterface();
        eni.setSpec(new HostInterfaceSpec(
                id,
                "vpc-00000000000000001",
                "subnet-00000000000000001",
                "02:00:00:00:00:01",
                List.of(address),
                List.of(GROUP),
                true,
                "Tap",
                null,
                null));
        return eni;
    }

    private static AddressSet slice(int number, String eni, String address) {
        var set = new AddressSet();
        set.setSpec(new AddressSetSpec(
                GROUP,
                "vpc-00000000000000001",
                "SecurityGroup",
                number,
                List.of(new AddressSetSpec.Entry(address, eni, "tower"))));
        return set;
    }
}
