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
 * What someone wants of a {@link HostAppliance}.
 *
 * @param applianceId The AWS id of what this is, for example nat-0123456789abcdef0; immutable.
 * @param vpcId The AWS id of the VPC; immutable.
 * @param interfaces The network interfaces in order; the default route goes by the first.
 * @param sourceNat What it forwards, from addresses of its own; absent: it forwards nothing.
 * @param proxy How it takes connections and hands them on; absent: it takes none.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.applianceId == oldSelf.applianceId",
        message = "applianceId is immutable: delete the appliance and make a new one",
        fieldPath = ".applianceId")
@ValidationRule(
        value = "self.vpcId == oldSelf.vpcId",
        message = "vpcId is immutable: delete the appliance and make a new one",
        fieldPath = ".vpcId")
@ValidationRule(
        value =
                "self.interfaces.all(i, self.interfaces.exists_one(other, other.hostInterfaceName == i.hostInterfaceName))",
        message = "interfaces must name each HostInterface once",
        fieldPath = ".interfaces")
public record HostApplianceSpec(
        @Required
        @Size(max = 28)
        @Pattern("^[a-z]+-[0-9a-f]{17}$")
        @JsonPropertyDescription("The AWS id of what this is, for example nat-0123456789abcdef0; immutable.")
        String applianceId,

        @Required @Pattern("^vpc-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the VPC; immutable.")
        String vpcId,

        @Required
        @Size(min = 1, max = 15)
        @JsonPropertyDescription("The network interfaces in order; the default route goes by the first.")
        List<Interface> interfaces,

        @JsonPropertyDescription("What it forwards, from addresses of its own; absent: it forwards nothing.")
        SourceNat sourceNat,

        @JsonPropertyDescription("How it takes connections and hands them on; absent: it takes none.")
        ProxySpec proxy) {
    /**
     * A network interface of the appliance.
     *
     * @param hostInterfaceName the HostInterface, whose portType is Veth
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Interface(
            @Required @Size(max = 253) @JsonPropertyDescription("The HostInterface, whose portType is Veth.")
            String hostInterfaceName) {}

    /**
     * Source address translation: flows that begin in some ranges go on from the appliance's address. Nothing can begin a flow
     * from the other side.
     *
     * @param sourceCidrBlocks the ranges whose flows are let through and translated
     * @param fromPort the first port that translated flows come from
     * @param toPort the last port that translated flows come from
     * @param idleTimeoutSeconds seconds after which a flow without a packet is forgotten
     * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html">NAT gateway basics</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value =
                    "self.sourceCidrBlocks.all(c, isCIDR(c) && cidr(c).ip().family() == 4 && cidr(c) == cidr(c).masked())",
            message = "sourceCidrBlocks must be IPv4 ranges that begin at their network address",
            fieldPath = ".sourceCidrBlocks")
    @ValidationRule(
            value = "self.fromPort <= self.toPort",
            message = "fromPort must not be above toPort",
            fieldPath = ".fromPort")
    public record SourceNat(
            @Required
            @Size(min = 1, max = 50)
            @JsonPropertyDescription("The ranges whose flows are let through and translated.")
            List<@Size(max = 18) String> sourceCidrBlocks,

            @Required @Min(1) @Max(65535) @JsonPropertyDescription("The first port that translated flows come from.")
            Integer fromPort,

            @Required @Min(1) @Max(65535) @JsonPropertyDescription("The last port that translated flows come from.")
            Integer toPort,

            @Required
            @Min(1)
            @Max(432000)
            @JsonPropertyDescription("Seconds after which a flow without a packet is forgotten.")
            Integer idleTimeoutSeconds) {}
}
