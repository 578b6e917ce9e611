package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import io.minicloud.api.common.LocalRef;
import java.util.List;
import java.util.Map;

/**
 * What someone wants of a {@link NetworkAcl}.
 *
 * @param vpcRef The VPC; immutable.
 * @param isDefault True for the default ACL of its VPC, which is named after the VPC with -default; immutable.
 * @param subnetRefs The subnets around which it stands; those that none names have the default one.
 * @param ingress What may come in; absent: nothing, and in a default ACL everything.
 * @param egress What may go out; absent: nothing, and in a default ACL everything.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.subnetRefs) || self.subnetRefs.all(a, self.subnetRefs.exists_one(b, a.name == b.name))",
        message = "subnetRefs names a subnet twice: name each once",
        fieldPath = ".subnetRefs")
@ValidationRule(
        value = "!has(self.isDefault) || !self.isDefault || !has(self.subnetRefs)",
        message = "the default ACL has the subnets that no other names: leave out subnetRefs",
        fieldPath = ".subnetRefs")
@ValidationRule(
        value = "!has(self.ingress) || self.ingress.all(a, self.ingress.exists_one(b, a.ruleNumber == b.ruleNumber))",
        message = NetworkAclSpec.TWICE,
        fieldPath = ".ingress")
@ValidationRule(
        value = "!has(self.egress) || self.egress.all(a, self.egress.exists_one(b, a.ruleNumber == b.ruleNumber))",
        message = NetworkAclSpec.TWICE,
        fieldPath = ".egress")
@ValidationRule(
        value = "self.vpcRef == oldSelf.vpcRef",
        message = "vpcRef is immutable: delete the object and make a new one",
        fieldPath = ".vpcRef")
@ValidationRule(
        value =
                "has(self.isDefault) == has(oldSelf.isDefault) && (!has(self.isDefault) || self.isDefault == oldSelf.isDefault)",
        message = "isDefault is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".isDefault")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record NetworkAclSpec(
        @Required @JsonPropertyDescription("The VPC; immutable.")
        LocalRef vpcRef,

        @JsonPropertyDescription(
                "True for the default ACL of its VPC, which is named after the VPC with -default; immutable.")
        Boolean isDefault,

        @Size(max = 200)
        @JsonPropertyDescription("The subnets around which it stands; those that none names have the default one.")
        List<LocalRef> subnetRefs,

        @Size(max = 40) @JsonPropertyDescription("What may come in; absent: nothing, and in a default ACL everything.")
        List<Entry> ingress,

        @Size(max = 40) @JsonPropertyDescription("What may go out; absent: nothing, and in a default ACL everything.")
        List<Entry> egress,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {
    static final String TWICE = "a ruleNumber is there twice (NetworkAclEntryAlreadyExists): give each entry its own";

    /**
     * One entry. What it matches is decided by it.
     *
     * @param ruleNumber its place: the lowest that matches decides
     * @param protocol tcp, udp, icmp, a protocol number, or -1 for all
     * @param ruleAction allow or deny
     * @param cidrBlock the range of the other side
     * @param portRange the destination ports of tcp and udp
     * @param icmpTypeCode the type and code of icmp
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html">CreateNetworkAclEntry</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "isCIDR(self.cidrBlock) && cidr(self.cidrBlock).ip().family() == 4",
            message = "cidrBlock must be an IPv4 range such as 10.0.0.0/16, one address is 10.0.0.1/32",
            fieldPath = ".cidrBlock")
    @ValidationRule(
            value = "!isCIDR(self.cidrBlock) || cidr(self.cidrBlock) == cidr(self.cidrBlock).masked()",
            message = "cidrBlock must begin at its network address: write 10.0.0.0/16, not 10.0.0.1/16",
            fieldPath = ".cidrBlock")
    @ValidationRule(
            value = "!self.protocol.matches('^[0-9]+$') || int(self.protocol) <= 255",
            message = "protocol must be tcp, udp, icmp, a number from 0 to 255, or -1 for all",
            fieldPath = ".protocol")
    @ValidationRule(
            value = "(self.protocol in ['tcp', 'udp', '6', '17']) == has(self.portRange)",
            message = "tcp and udp need a portRange, all ports are 0 and 65535; nothing else has one")
    @ValidationRule(
            value = "(self.protocol in ['icmp', '1']) == has(self.icmpTypeCode)",
            message = "icmp needs icmpTypeCode, all types are -1 and -1; nothing else has one")
    public record Entry(
            @Required @Min(1) @Max(32766) @JsonPropertyDescription("Its place: the lowest that matches decides.")
            Integer ruleNumber,

            @Required
            @Size(max = 4)
            @Pattern("^(tcp|udp|icmp|-1|[0-9]{1,3})$")
            @JsonPropertyDescription("tcp, udp, icmp, a protocol number, or -1 for all.")
            String protocol,

            @Required @Size(max = 5) @Pattern("^(allow|deny)$") @JsonPropertyDescription("allow or deny.")
            String ruleAction,

            @Required @Size(max = 18) @JsonPropertyDescription("The range of the other side.")
            String cidrBlock,

            @JsonPropertyDescription("The destination ports of tcp and udp.")
            PortRange portRange,

            @JsonPropertyDescription("The type and code of icmp.")
            IcmpTypeCode icmpTypeCode) {}

    /**
     * Ports.
     *
     * @param from the first
     * @param to the last
     */
    @ValidationRule(value = "self.from <= self.to", message = "from must not be above to", fieldPath = ".from")
    public record PortRange(
            @Required @Min(0) @Max(65535) @JsonPropertyDescription("The first port.")
            Integer from,

            @Required @Min(0) @Max(65535) @JsonPropertyDescription("The last port.")
            Integer to) {}

    /**
     * A kind of ICMP message.
     *
     * @param type its type, -1 for all
     * @param code its code, -1 for all
     */
    @ValidationRule(
            value = "self.type != -1 || self.code == -1",
            message = "all types have all codes: set code to -1",
            fieldPath = ".code")
    public record IcmpTypeCode(
            @Required @Min(-1) @Max(255) @JsonPropertyDescription("The type; -1 for all.")
            Integer type,

            @Required @Min(-1) @Max(255) @JsonPropertyDescription("The code; -1 for all.")
            Integer code) {}
}
