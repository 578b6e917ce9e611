package io.minicloud.controller.fabric;

import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.identity.NetworkName;
import io.minicloud.reconcile.identity.RoutingTable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a part of a VPC became on each host that was told of it, with the command to look at it. Pure. */
public final class RealizedAs {
    private RealizedAs() {}

    /**
     * A VPC.
     *
     * @param networks its network on every host
     */
    public static List<String> vpc(Collection<HostNetwork> networks) {
        return on(networks, network -> true, router -> "namespace %s; look with: ip -n %1$s address".formatted(router));
    }

    /**
     * A subnet.
     *
     * @param networks the network of its VPC on every host
     */
    public static List<String> subnet(String subnetId, Collection<HostNetwork> networks) {
        return on(
                networks,
                network -> Carried.subnetIds(network).anyMatch(subnetId::equals),
                router -> "bridge %s of namespace %s; look with: ip -n %2$s address show dev %1$s"
                        .formatted(NetworkName.bridge(subnetId), router));
    }

    /**
     * A network interface.
     *
     * @param vpcId the AWS id of its VPC
     * @param host the host that has its port
     */
    public static String networkInterface(String networkInterfaceId, String vpcId, String host) {
        return line(
                host,
                "port %s of namespace %s; look with: ip -n %2$s -s link show dev %1$s"
                        .formatted(NetworkName.port(networkInterfaceId), NetworkName.namespace(vpcId)));
    }

    /**
     * A security group, which hosts are told of while an interface there is in it.
     *
     * @param networks the network of its VPC on every host
     */
    public static List<String> securityGroup(String groupId, Collection<HostNetwork> networks) {
        return on(
                networks,
                network -> Carried.groups(network)
                        .map(HostNetworkSpec.SecurityGroup::groupId)
                        .anyMatch(groupId::equals),
                router -> chains(groupId, router));
    }

    /**
     * A network ACL.
     *
     * @param networks the network of its VPC on every host
     */
    public static List<String> networkAcl(String networkAclId, Collection<HostNetwork> networks) {
        return on(
                networks,
                network -> Carried.acls(network)
                        .map(HostNetworkSpec.NetworkAcl::networkAclId)
                        .anyMatch(networkAclId::equals),
                router -> chains(networkAclId, router));
    }

    /**
     * A route table.
     *
     * @param networks the network of its VPC on every host
     */
    public static List<String> routeTable(String routeTableId, Collection<HostNetwork> networks) {
        return on(
                networks,
                network -> Carried.routeTables(network)
                        .map(HostNetworkSpec.RouteTable::routeTableId)
                        .anyMatch(routeTableId::equals),
                router -> "table %d of namespace %s; look with: ip -n %2$s route show table %1$d"
                        .formatted(RoutingTable.of(routeTableId), router));
    }

    /**
     * An internet gateway.
     *
     * @param networks the network of its VPC on every host
     */
    public static List<String> internetGateway(String internetGatewayId, Collection<HostNetwork> networks) {
        return on(
                networks,
                network -> Carried.internetGatewayId(network)
                        .filter(internetGatewayId::equals)
                        .isPresent(),
                router -> rules(NetworkName.namespace(internetGatewayId)));
    }

    /**
     * A NAT gateway.
     *
     * @param namespace the network namespace of its appliance
     * @param host the host that has it
     */
    public static String natGateway(String namespace, String host) {
        return line(host, rules(namespace));
    }

    /**
     * A node of a load balancer.
     *
     * @param namespace the network namespace of its appliance
     * @param host the host that has it
     */
    public static String loadBalancerNode(String namespace, String host) {
        return line(host, "namespace %s; look with: ip netns exec %1$s ss -ltn".formatted(namespace));
    }

    /**
     * The name of a load balancer, which its VPC's resolver knows on every host that has the VPC.
     *
     * @param name the DNS name
     * @param vpcId the AWS id of the VPC
     * @param host a host that has the VPC
     */
    public static String loadBalancerName(String name, String vpcId, String host) {
        return line(
                host,
                "DnsRecord %s of namespace minicloud-fabric; look with: ip netns exec %s dig +short @169.254.169.253 %1$s"
                        .formatted(name, NetworkName.namespace(vpcId)));
    }

    private static String rules(String namespace) {
        return "namespace %s; look with: ip netns exec %1$s nft list ruleset".formatted(namespace);
    }

    private static String chains(String awsId, String router) {
        return "chains %s and %s of table inet minicloud in namespace %s; look with: ip netns exec %3$s nft list chain inet minicloud %1$s"
                .formatted(NetworkName.chain(awsId, "in"), NetworkName.chain(awsId, "out"), router);
    }

    private static List<String> on(
            Collection<HostNetwork> networks, Predicate<HostNetwork> told, Function<String, String> what) {
        return networks.stream()
                .filter(network -> network.getSpec() != null)
                .filter(told)
                .sorted(Comparator.comparing(network -> network.getMetadata().getNamespace()))
                .map(network -> line(
                        References.hostOf(network.getMetadata().getNamespace()),
                        what.apply(NetworkName.namespace(network.getSpec().vpcId()))))
                .toList();
    }

    private static String line(String host, String what) {
        return "host %s: %s".formatted(host, what);
    }
}
