package io.minicloud.controller.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.reconcile.identity.MachineName;
import io.minicloud.reconcile.identity.RoutingTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealizedAsTest {
    private static final List<HostNetwork> NETWORKS = List.of(
            network(
                    "tower",
                    List.of(new HostNetworkSpec.Subnet("subnet-1", "10.0.1.0/24", 1500)),
                    List.of(new HostNetworkSpec.SecurityGroup("sg-1", List.of(), List.of())),
                    List.of(new HostNetworkSpec.NetworkAcl("acl-1", List.of("subnet-1"), List.of(), List.of())),
                    List.of(new HostNetworkSpec.RouteTable("rtb-1", List.of("subnet-1"), List.of())),
                    new HostNetworkSpec.InternetGateway("igw-1")),
            network("attic", null, null, null, null, null));

    @Test
    void aVpcIsANamespaceOnEveryHostThatHasOne() {
        assertThat(RealizedAs.vpc(NETWORKS))
                .containsExactly(
                        "host attic: namespace mc-vpc-1; look with: ip -n mc-vpc-1 address",
                        "host tower: namespace mc-vpc-1; look with: ip -n mc-vpc-1 address");
        assertThat(RealizedAs.vpc(List.of())).isEmpty();
    }

    @Test
    void aSubnetIsABridge() {
        var bridge = MachineName.of('b', "subnet-1");
        assertThat(RealizedAs.subnet("subnet-1", NETWORKS))
                .containsExactly(
                        "host tower: bridge %s of namespace mc-vpc-1; look with: ip -n mc-vpc-1 address show dev %1$s"
                                .formatted(bridge));
        assertThat(RealizedAs.subnet("subnet-2", NETWORKS)).isEmpty();
    }

    @Test
    void aGroupAndAnAclAreChains() {
        assertThat(RealizedAs.securityGroup("sg-1", NETWORKS))
                .containsExactly(
                        "host tower: chains sg-1_in and sg-1_out of table inet minicloud in namespace mc-vpc-1; look with: ip netns exec mc-vpc-1 nft list chain inet minicloud sg-1_in");
        assertThat(RealizedAs.networkAcl("acl-1", NETWORKS))
                .singleElement()
                .asString()
                .startsWith("host tower: chains acl-1_in and acl-1_out");
        assertThat(RealizedAs.securityGroup("sg-2", NETWORKS)).isEmpty();
        assertThat(RealizedAs.networkAcl("acl-2", NETWORKS)).isEmpty();
    }

    @Test
    void aRouteTableIsATableAndAGatewayANamespace() {
        assertThat(RealizedAs.routeTable("rtb-1", NETWORKS))
                .containsExactly(
                        "host tower: table %d of namespace mc-vpc-1; look with: ip -n mc-vpc-1 route show table %1$d"
                                .formatted(RoutingTable.of("rtb-1")));
        assertThat(RealizedAs.internetGateway("igw-1", NETWORKS))
                .containsExactly("host tower: namespace mc-igw-1; look with: ip netns exec mc-igw-1 nft list ruleset");
        assertThat(RealizedAs.natGateway("mc-nat-1", "tower"))
                .isEqualTo("host tower: namespace mc-nat-1; look with: ip netns exec mc-nat-1 nft list ruleset");
        assertThat(RealizedAs.routeTable("rtb-2", NETWORKS)).isEmpty();
        assertThat(RealizedAs.internetGateway("igw-2", NETWORKS)).isEmpty();
    }

    @Test
    void anInterfaceIsAPortOfItsHost() {
        assertThat(RealizedAs.networkInterface("eni-1", "vpc-1", "tower"))
                .isEqualTo("host tower: port %s of namespace mc-vpc-1; look with: ip -n mc-vpc-1 -s link show dev %1$s"
                        .formatted(MachineName.of('p', "eni-1")));
    }

    private static HostNetwork network(
            String host,
            List<HostNetworkSpec.Subnet> subnets,
            List<HostNetworkSpec.SecurityGroup> groups,
            List<HostNetworkSpec.NetworkAcl> acls,
            List<HostNetworkSpec.RouteTable> tables,
            HostNetworkSpec.InternetGateway gateway) {
        var network = new HostNetwork();
        network.setMetadata(new ObjectMetaBuilder()
                .withNamespace("minicloud-host-" + host)
                .withName("vpc-1")
                .build());
        network.setSpec(new HostNetworkSpec(
                "vpc-1", List.of("10.0.0.0/16"), null, null, subnets, groups, acls, tables, gateway));
        return network;
    }
}
