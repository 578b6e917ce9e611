package io.minicloud.controller.ec2.networkinterface;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceSpec;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.SubnetSpec;
import io.minicloud.api.ec2.SubnetStatus;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PortPlannerTest {
    private final HostInterface onTower = port("tower");
    private final HostInterface onAttic = port("attic");

    @Test
    void makesThePortOnTheHostOfItsInstance() {
        var changes = PortPlanner.plan(onTower, List.of(), port -> false);

        assertThat(changes.apply()).containsExactly(onTower);
        assertThat(onTower.getMetadata().getNamespace()).isEqualTo("minicloud-host-tower");
        assertThat(onTower.getSpec().hostname()).isEqualTo("ip-10-0-1-4");
        assertThat(onTower.getSpec().privateIpAddresses()).containsExactly("10.0.1.4", "10.0.1.5");
        assertThat(onTower.getSpec().macAddress()).startsWith("02:");
        assertThat(onTower.getSpec().sourceDestCheck()).isTrue();
    }

    @Test
    void carriesThePublicAddressOfItsAssociation() {
        var association = new NetworkInterfaceStatus.Association("203.0.113.1", "eipalloc-1", "eipassoc-1", "1", null);

        assertThat(onTower.getSpec().publicIpAddresses()).isNull();
        assertThat(port(new InterfacePort("tower", association, null)).getSpec().publicIpAddresses())
                .containsExactly(new HostInterfaceSpec.PublicAddress("10.0.1.4", "203.0.113.1"));
    }

    @Test
    void theSecondPlanIsEmpty() {
        assertThat(PortPlanner.plan(onTower, List.of(port("tower")), port -> true)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void isNeverOnTwoHosts() {
        var changes = PortPlanner.plan(onTower, List.of(onAttic), port -> false);

        assertThat(changes.apply()).isEmpty();
        assertThat(changes.delete()).containsExactly(onAttic);
    }

    @Test
    void staysWhileAMachineUsesIt() {
        assertThat(PortPlanner.plan(null, List.of(onTower), port -> true).isEmpty())
                .isTrue();
        assertThat(PortPlanner.plan(null, List.of(onTower), port -> false).delete())
                .containsExactly(onTower);
    }

    @Test
    void theMacIsTheSameAtEveryPassAndNeverOnesOwnVendors() {
        assertThat(InterfaceNames.macAddress("eni-1")).isEqualTo(InterfaceNames.macAddress("eni-1"));
        assertThat(InterfaceNames.macAddress("eni-1")).isNotEqualTo(InterfaceNames.macAddress("eni-2"));
        assertThat(InterfaceNames.privateDnsName("10.0.1.11", "home-1"))
                .isEqualTo("ip-10-0-1-11.home-1.compute.internal");
    }

    @Test
    void thePortOfANatGatewayIsAVethWithoutAGroup() {
        var to = new InterfacePort("tower", null, null);
        var nat = new NatGateway();
        nat.setMetadata(new ObjectMetaBuilder().withName("nat").withUid("uid-3").build());

        assertThat(port(to).getSpec().portType()).isEqualTo("Tap");
        var spec = port(to, List.of(), Requester.of(nat)).getSpec();
        assertThat(spec.portType()).isEqualTo("Veth");
        assertThat(spec.securityGroupIds()).isEmpty();
    }

    private static HostInterface port(String host) {
        return port(new InterfacePort(host, null, null));
    }

    private static HostInterface port(InterfacePort to) {
        return port(to, List.of("sg-1"), null);
    }

    private static HostInterface port(InterfacePort to, List<String> groupIds, @Nullable Requester requester) {
        var eni = new NetworkInterface();
        eni.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName("web-eth0")
                .withUid("uid-1")
                .build());
        eni.setSpec(new NetworkInterfaceSpec(new LocalRef("a"), null, null, null, null, null, null, null, null, null));
        var subnet = new Subnet();
        subnet.setMetadata(
                new ObjectMetaBuilder().withName("a").withUid("uid-2").build());
        subnet.setSpec(new SubnetSpec(new LocalRef("main"), "10.0.1.0/24", "home-1a", null, null));
        subnet.setStatus(new SubnetStatus(null, null, null, null, "vpc-1", null, null, null, null));
        return PortPlanner.port(
                eni,
                new InterfacePlace("111122223333", subnet, groupIds, requester),
                new PrivateAddresses("10.0.1.4", List.of("10.0.1.5")),
                to,
                List.of());
    }
}
