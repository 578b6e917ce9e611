package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What someone wants of a {@link HostInterface}.
 *
 * @param networkInterfaceId The AWS id of the network interface.
 * @param vpcId The AWS id of the VPC.
 * @param subnetId The AWS id of the subnet.
 * @param macAddress The MAC address.
 * @param privateIpAddresses The private addresses; the first is the primary one.
 * @param securityGroupIds The AWS ids of the groups; none: no group stands before it, only network ACLs do.
 * @param sourceDestCheck Whether both halves of the source/destination check hold.
 * @param portType Tap for a virtual machine, Veth for an appliance.
 * @param hostname The host name given by DHCP, without the domain.
 * @param publicIpAddresses The public addresses by which the internet gateway knows the private ones.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.privateIpAddresses.all(a, isIP(a) && ip(a).family() == 4)",
        message = "privateIpAddresses must be IPv4 addresses",
        fieldPath = ".privateIpAddresses")
public record HostInterfaceSpec(
        @Required @Pattern("^eni-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the network interface.")
        String networkInterfaceId,

        @Required @Pattern("^vpc-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the VPC.")
        String vpcId,

        @Required @Pattern("^subnet-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the subnet.")
        String subnetId,

        @Required
        @Size(max = 17)
        @Pattern("^([0-9a-f]{2}:){5}[0-9a-f]{2}$")
        @JsonPropertyDescription("The MAC address.")
        String macAddress,

        @Required
        @Size(min = 1, max = 50)
        @JsonPropertyDescription("The private addresses; the first is the primary one.")
        List<@Size(max = 15) String> privateIpAddresses,

        @Required
        @Size(max = 16)
        @JsonPropertyDescription("The AWS ids of the groups; none: no group stands before it, only network ACLs do.")
        List<@Pattern("^sg-[0-9a-f]{17}$") String> securityGroupIds,

        @Required @JsonPropertyDescription("Whether both halves of the source/destination check hold.")
        Boolean sourceDestCheck,

        @Required @Pattern("^(Tap|Veth)$") @JsonPropertyDescription("Tap for a virtual machine, Veth for an appliance.")
        String portType,

        @Size(max = 63) @JsonPropertyDescription("The host name given by DHCP, without the domain.")
        String hostname,

        @Size(max = 50)
        @JsonPropertyDescription("The public addresses by which the internet gateway knows the private ones.")
        List<PublicAddress> publicIpAddresses) {
    /**
     * A pair of addresses that the internet gateway exchanges for each other.
     *
     * @param privateIpAddress an address of the interface
     * @param publicIp the address that the world knows
     * @param mode Routed: masqueraded beyond this machine; Lan: a part of the network on which it is; Routed when absent
     * @param uplink of mode Lan: the link by which that network is reached; that of the default route when absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "isIP(self.privateIpAddress) && isIP(self.publicIp)",
            message = "privateIpAddress and publicIp must be IPv4 addresses")
    @ValidationRule(
            value = "!has(self.uplink) || has(self.mode) && self.mode == 'Lan'",
            message = "uplink is for mode Lan: leave it out, or set mode to Lan",
            fieldPath = ".uplink")
    public record PublicAddress(
            @Required @Size(max = 15) @JsonPropertyDescription("An address of the interface.")
            String privateIpAddress,

            @Required @Size(max = 15) @JsonPropertyDescription("The address that the world knows.")
            String publicIp,

            @Size(max = 6)
            @Pattern("^(Routed|Lan)$")
            @JsonPropertyDescription(
                    "Routed: masqueraded beyond this machine; Lan: a part of the network on which it is; Routed when absent.")
            String mode,

            @Size(min = 1, max = 15)
            @Pattern("^[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,14}$")
            @JsonPropertyDescription(
                    "Of mode Lan: the link by which that network is reached; that of the default route when absent.")
            String uplink) {
        /** A pair that is masqueraded beyond this machine. */
        public PublicAddress(String privateIpAddress, String publicIp) {
            this(privateIpAddress, publicIp, null, null);
        }
    }
}
