package io.minicloud.controller.vpcmodel;

import io.minicloud.api.host.HostNetworkSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the networks of one VPC are made from.
 *
 * @param vpcId the AWS id
 * @param cidrBlocks its ranges, the primary one first
 * @param dns its resolver
 * @param subnets its subnets
 * @param groups its security groups
 * @param acls its network ACLs, each with all its subnets
 * @param routeTables its route tables, each with all its subnets
 * @param internetGatewayId the AWS id of its internet gateway
 * @param ports its network interfaces that have a port on a host
 */
public record VpcModel(
        String vpcId,
        List<String> cidrBlocks,
        HostNetworkSpec.Dns dns,
        List<Subnet> subnets,
        List<Group> groups,
        List<HostNetworkSpec.NetworkAcl> acls,
        List<HostNetworkSpec.RouteTable> routeTables,
        @Nullable String internetGatewayId,
        List<Port> ports) {

    /**
     * A subnet.
     *
     * @param subnetId the AWS id
     * @param cidrBlock its range
     */
    public record Subnet(String subnetId, String cidrBlock) {}

    /**
     * A security group.
     *
     * @param groupId the AWS id
     * @param ingress what it lets in
     * @param egress what it lets out
     */
    public record Group(String groupId, List<HostNetworkSpec.Rule> ingress, List<HostNetworkSpec.Rule> egress) {}

    /**
     * A network interface that has a port on a host.
     *
     * @param networkInterfaceId the AWS id
     * @param host the host
     * @param subnetId the AWS id of its subnet
     * @param addresses its private addresses
     * @param groupIds the AWS ids of its groups
     */
    public record Port(
            String networkInterfaceId, String host, String subnetId, List<String> addresses, List<String> groupIds) {}
}
