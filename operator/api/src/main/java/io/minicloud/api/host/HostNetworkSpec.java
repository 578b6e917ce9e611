package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What someone wants of a {@link HostNetwork}.
 *
 * @param vpcId The AWS id of the VPC.
 * @param cidrBlocks The ranges of the VPC; the first is the primary one.
 * @param dns The resolver and the host names.
 * @param linkCidrBlock The /31 of the service link out of the service range: even address in the root namespace, odd one in the router.
 * @param subnets The subnets present on this host.
 * @param securityGroups The groups that interfaces of this host are in.
 * @param networkAcls The ACLs around the subnets present on this host; a subnet that none names is open.
 * @param routeTables The route tables of the subnets present on this host; a subnet that none names reaches its VPC alone.
 * @param internetGateway The internet gateway that is attached to the VPC; absent: none.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.cidrBlocks.all(c, isCIDR(c) && cidr(c) == cidr(c).masked())",
        message = "cidrBlocks must be IPv4 ranges that begin at their network address",
        fieldPath = ".cidrBlocks")
@ValidationRule(
        value =
                "!has(self.linkCidrBlock) || isCIDR(self.linkCidrBlock) && cidr(self.linkCidrBlock).prefixLength() == 31 && cidr(self.linkCidrBlock) == cidr(self.linkCidrBlock).masked()",
        message = "linkCidrBlock must be a /31 that begins at its even address",
        fieldPath = ".linkCidrBlock")
public record HostNetworkSpec(
        @Required @Pattern("^vpc-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the VPC.")
        String vpcId,

        @Required
        @Size(min = 1, max = 50)
        @JsonPropertyDescription("The ranges of the VPC; the first is the primary one.")
        List<@Size(max = 18) String> cidrBlocks,

        @JsonPropertyDescription("The resolver and the host names.")
        Dns dns,

        @Size(max = 18)
        @JsonPropertyDescription(
                "The /31 of the service link out of the service range: even address in the root namespace, odd one in the router.")
        String linkCidrBlock,

        @Size(max = 256) @JsonPropertyDescription("The subnets present on this host.")
        List<Subnet> subnets,

        @Size(max = 512) @JsonPropertyDescription("The groups that interfaces of this host are in.")
        List<SecurityGroup> securityGroups,

        @Size(max = 256)
        @JsonPropertyDescription("The ACLs around the subnets present on this host; a subnet that none names is open.")
        List<NetworkAcl> networkAcls,

        @Size(max = 256)
        @JsonPropertyDescription(
                "The route tables of the subnets present on this host; a subnet that none names reaches its VPC alone.")
        List<RouteTable> routeTables,

        @JsonPropertyDescription("The internet gateway that is attached to the VPC; absent: none.")
        InternetGateway internetGateway) {
    /**
     * DNS of a VPC.
     *
     * @param enabled whether the resolver answers
     * @param domain the domain of private names, e.g. {@code home-1.compute.internal}
     * @param hostnames whether the private names of machines resolve
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Dns(
            @Required @JsonPropertyDescription("Whether the resolver answers.")
            Boolean enabled,

            @Required @Size(max = 253) @JsonPropertyDescription("The domain of private names.")
            String domain,

            @JsonPropertyDescription("Whether the private names of machines resolve; they do when absent.")
            Boolean hostnames) {}

    /**
     * A subnet on this host: one bridge in the VPC's namespace.
     *
     * @param subnetId the AWS id
     * @param cidrBlock the range; the router's address is the first one after its base
     * @param mtu bytes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "isCIDR(self.cidrBlock) && cidr(self.cidrBlock).ip().family() == 4",
            message = "cidrBlock must be an IPv4 range such as 10.0.0.0/16",
            fieldPath = ".cidrBlock")
    @ValidationRule(
            value = "!isCIDR(self.cidrBlock) || cidr(self.cidrBlock) == cidr(self.cidrBlock).masked()",
            message = "cidrBlock must begin at its network address: write 10.0.0.0/16, not 10.0.0.1/16",
            fieldPath = ".cidrBlock")
    public record Subnet(
            @Required @Pattern("^subnet-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the subnet.")
            String subnetId,

            @Required
            @Size(max = 18)
            @JsonPropertyDescription("The range; the address of the router is its base plus one.")
            String cidrBlock,

            @Required @Min(576) @Max(9216) @JsonPropertyDescription("The MTU in bytes.")
            Integer mtu) {}

    /**
     * A security group's rules; its members are AddressSets.
     *
     * @param groupId the AWS id
     * @param ingress what is let in
     * @param egress what is let out
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SecurityGroup(
            @Required @Pattern("^sg-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the group.")
            String groupId,

            @Required @Size(max = 1000) @JsonPropertyDescription("What is let in.")
            List<Rule> ingress,

            @Required @Size(max = 1000) @JsonPropertyDescription("What is let out.")
            List<Rule> egress) {}

    /**
     * One rule: a protocol, its ports and exactly one of range and group.
     *
     * @param ipProtocol tcp, udp, icmp, a number, or -1 for all
     * @param fromPort first port or ICMP type; -1 for all
     * @param toPort last port or ICMP code; -1 for all
     * @param cidrIpv4 the other side's range
     * @param groupId the other side's group
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "has(self.cidrIpv4) != has(self.groupId)",
            message = "name exactly one of cidrIpv4 and groupId")
    @ValidationRule(
            value = "!has(self.cidrIpv4) || isCIDR(self.cidrIpv4)",
            message = "cidrIpv4 must be an IPv4 range",
            fieldPath = ".cidrIpv4")
    public record Rule(
            @Required
            @Size(max = 4)
            @Pattern("^(tcp|udp|icmp|-1|[0-9]{1,3})$")
            @JsonPropertyDescription("tcp, udp, icmp, a protocol number, or -1 for all.")
            String ipProtocol,

            @Min(-1) @Max(65535) @JsonPropertyDescription("The first port or the ICMP type; -1 for all.")
            Integer fromPort,

            @Min(-1) @Max(65535) @JsonPropertyDescription("The last port or the ICMP code; -1 for all.")
            Integer toPort,

            @Size(max = 18) @JsonPropertyDescription("The range of the other side.")
            String cidrIpv4,

            @Pattern("^sg-[0-9a-f]{17}$") @JsonPropertyDescription("The group of the other side.")
            String groupId) {}

    /**
     * A network ACL: stateless, around subnets.
     *
     * @param networkAclId the AWS id
     * @param subnetIds the subnets of this host around which it stands
     * @param ingress what may come in, in the order in which it is looked at; the rest may not
     * @param egress what may go out, likewise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NetworkAcl(
            @Required @Pattern("^acl-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the ACL.")
            String networkAclId,

            @Required @Size(max = 256) @JsonPropertyDescription("The subnets around which it stands.")
            List<@Pattern("^subnet-[0-9a-f]{17}$") String> subnetIds,

            @Required @Size(max = 40) @JsonPropertyDescription("What may come in; the first that matches decides.")
            List<AclEntry> ingress,

            @Required @Size(max = 40) @JsonPropertyDescription("What may go out; the first that matches decides.")
            List<AclEntry> egress) {}

    /**
     * One entry of an ACL.
     *
     * @param ruleNumber its number, for whoever looks at the rules
     * @param allow whether what matches may pass
     * @param protocol tcp, udp, icmp, a number, or -1 for all
     * @param from first port or ICMP type; -1 for all
     * @param to last port or ICMP code; -1 for all
     * @param cidrBlock the other side's range
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "isCIDR(self.cidrBlock)",
            message = "cidrBlock must be an IPv4 range",
            fieldPath = ".cidrBlock")
    public record AclEntry(
            @Required @Min(1) @Max(32766) @JsonPropertyDescription("Its number.")
            Integer ruleNumber,

            @Required @JsonPropertyDescription("Whether what matches may pass.")
            Boolean allow,

            @Required
            @Size(max = 4)
            @Pattern("^(tcp|udp|icmp|-1|[0-9]{1,3})$")
            @JsonPropertyDescription("tcp, udp, icmp, a protocol number, or -1 for all.")
            String protocol,

            @Required @Min(-1) @Max(65535) @JsonPropertyDescription("The first port or the ICMP type; -1 for all.")
            Integer from,

            @Required @Min(-1) @Max(65535) @JsonPropertyDescription("The last port or the ICMP code; -1 for all.")
            Integer to,

            @Required @Size(max = 18) @JsonPropertyDescription("The range of the other side.")
            String cidrBlock) {}

    /**
     * A route table. What is within the VPC is always routed to it.
     *
     * @param routeTableId the AWS id
     * @param subnetIds the subnets of this host that have it
     * @param routes the ways out of the VPC; the longest prefix wins
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RouteTable(
            @Required @Pattern("^rtb-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the route table.")
            String routeTableId,

            @Required @Size(max = 256) @JsonPropertyDescription("The subnets of this host that have it.")
            List<@Pattern("^subnet-[0-9a-f]{17}$") String> subnetIds,

            @Required @Size(max = 1000) @JsonPropertyDescription("The ways out of the VPC; the longest prefix wins.")
            List<Route> routes) {}

    /**
     * One way out of the VPC.
     *
     * @param destinationCidrBlock where it leads
     * @param target InternetGateway for that of the network, NetworkInterface, or Blackhole for a target that is gone
     * @param privateIpAddress the primary address of a NetworkInterface
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value =
                    "isCIDR(self.destinationCidrBlock) && cidr(self.destinationCidrBlock) == cidr(self.destinationCidrBlock).masked()",
            message = "destinationCidrBlock must be an IPv4 range that begins at its network address",
            fieldPath = ".destinationCidrBlock")
    @ValidationRule(
            value = "(self.target == 'NetworkInterface') == has(self.privateIpAddress)",
            message = "a NetworkInterface has a privateIpAddress, nothing else has one")
    @ValidationRule(
            value = "!has(self.privateIpAddress) || isIP(self.privateIpAddress)",
            message = "privateIpAddress must be an IPv4 address",
            fieldPath = ".privateIpAddress")
    public record Route(
            @Required @Size(max = 18) @JsonPropertyDescription("Where it leads.")
            String destinationCidrBlock,

            @Required
            @Pattern("^(InternetGateway|NetworkInterface|Blackhole)$")
            @JsonPropertyDescription(
                    "InternetGateway for that of the network, NetworkInterface, or Blackhole for a target that is gone.")
            String target,

            @Size(max = 15) @JsonPropertyDescription("The primary address of a NetworkInterface.")
            String privateIpAddress) {}

    /**
     * The internet gateway of the VPC. The public addresses that it maps are those of the HostInterfaces.
     *
     * @param internetGatewayId the AWS id
     */
    public record InternetGateway(
            @Required @Pattern("^igw-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the internet gateway.")
            String internetGatewayId) {}
}
