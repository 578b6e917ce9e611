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
 * What someone wants of a {@link SecurityGroup}.
 *
 * @param vpcRef The VPC; immutable.
 * @param groupName The name in AWS; the object's name when absent; immutable.
 * @param description What the group is for; immutable.
 * @param isDefault True for the default group of its VPC, which is named after the VPC with -default; immutable.
 * @param ingress What is let in; absent: nothing, and in a default group its own members.
 * @param egress What is let out; absent: everything.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value =
                "!has(self.groupName) || self.groupName.matches('^[a-zA-Z0-9 ._:/()#,@+=&;{}!$*-]+$') && !self.groupName.startsWith('sg-')",
        message = "groupName may have letters, digits, spaces and ._-:/()#,@+=&;{}!$* and must not begin with sg-",
        fieldPath = ".groupName")
@ValidationRule(
        value = "self.description.matches('^[a-zA-Z0-9 ._:/()#,@+=&;{}!$*-]+$')",
        message = "description may have letters, digits, spaces and ._-:/()#,@+=&;{}!$*",
        fieldPath = ".description")
@ValidationRule(value = SecurityGroupSpec.DISTINCT_INGRESS, message = SecurityGroupSpec.TWICE, fieldPath = ".ingress")
@ValidationRule(value = SecurityGroupSpec.DISTINCT_EGRESS, message = SecurityGroupSpec.TWICE, fieldPath = ".egress")
@ValidationRule(
        value = "self.vpcRef == oldSelf.vpcRef",
        message = "vpcRef is immutable: delete the object and make a new one",
        fieldPath = ".vpcRef")
@ValidationRule(
        value = "!has(self.groupName) && !has(oldSelf.groupName) || self.groupName == oldSelf.groupName",
        message = "groupName is immutable: delete the object and make a new one",
        fieldPath = ".groupName")
@ValidationRule(
        value = "self.description == oldSelf.description",
        message = "description is immutable: delete the object and make a new one",
        fieldPath = ".description")
@ValidationRule(
        value =
                "has(self.isDefault) == has(oldSelf.isDefault) && (!has(self.isDefault) || self.isDefault == oldSelf.isDefault)",
        message = "isDefault is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".isDefault")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record SecurityGroupSpec(
        @Required @JsonPropertyDescription("The VPC; immutable.")
        LocalRef vpcRef,

        @Size(min = 1, max = 255) @JsonPropertyDescription("The name in AWS; the object's name when absent; immutable.")
        String groupName,

        @Required @Size(min = 1, max = 255) @JsonPropertyDescription("What the group is for; immutable.")
        String description,

        @JsonPropertyDescription(
                "True for the default group of its VPC, which is named after the VPC with -default; immutable.")
        Boolean isDefault,

        @Size(max = 200)
        @JsonPropertyDescription("What is let in; absent: nothing, and in a default group its own members.")
        List<Rule> ingress,

        @Size(max = 200) @JsonPropertyDescription("What is let out; absent: everything.")
        List<Rule> egress,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {
    /**
     * One rule: a protocol, its ports and the other side, which is a range, a group or a prefix list.
     *
     * @param ipProtocol tcp, udp, icmp, a protocol number, or -1 for all
     * @param fromPort the first port of tcp and udp, the type of icmp (-1: all)
     * @param toPort the last port of tcp and udp, the code of icmp (-1: all)
     * @param cidrIpv4 the range of the other side
     * @param securityGroupRef the group of the other side, of the same VPC
     * @param prefixListRef the prefix list with the ranges of the other side; it counts as so many rules as its maxEntries
     * @param description what the rule is for
     * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html">Security group rules</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "[has(self.cidrIpv4), has(self.securityGroupRef), has(self.prefixListRef)].exists_one(side, side)",
            message = "name exactly one of cidrIpv4, securityGroupRef and prefixListRef")
    @ValidationRule(
            value = "!has(self.cidrIpv4) || isCIDR(self.cidrIpv4) && cidr(self.cidrIpv4).ip().family() == 4",
            message = "cidrIpv4 must be an IPv4 range such as 10.0.0.0/16, one address is 10.0.0.1/32",
            fieldPath = ".cidrIpv4")
    @ValidationRule(
            value =
                    "!has(self.cidrIpv4) || !isCIDR(self.cidrIpv4) || cidr(self.cidrIpv4) == cidr(self.cidrIpv4).masked()",
            message = "cidrIpv4 must begin at its network address: write 10.0.0.0/16, not 10.0.0.1/16",
            fieldPath = ".cidrIpv4")
    @ValidationRule(
            value = "!self.ipProtocol.matches('^[0-9]+$') || int(self.ipProtocol) <= 255",
            message = "ipProtocol must be tcp, udp, icmp, a number from 0 to 255, or -1 for all",
            fieldPath = ".ipProtocol")
    @ValidationRule(
            value =
                    "!(self.ipProtocol in ['tcp', 'udp', '6', '17']) || has(self.fromPort) && has(self.toPort) && self.fromPort >= 0 && self.fromPort <= self.toPort",
            message =
                    "tcp and udp need fromPort and toPort: 0 to 65535, the first not above the last; all are 0 and 65535")
    @ValidationRule(
            value =
                    "!(self.ipProtocol in ['icmp', '1']) || has(self.fromPort) && has(self.toPort) && self.fromPort <= 255 && self.toPort <= 255 && (self.fromPort != -1 || self.toPort == -1)",
            message =
                    "icmp needs fromPort, its type, and toPort, its code: -1 to 255, -1 for all; all types are -1 and -1")
    @ValidationRule(
            value =
                    "self.ipProtocol in ['tcp', 'udp', 'icmp', '6', '17', '1'] || (!has(self.fromPort) || self.fromPort == -1) && (!has(self.toPort) || self.toPort == -1)",
            message = "only tcp, udp and icmp have ports: leave out fromPort and toPort")
    @ValidationRule(
            value =
                    "!has(self.description) || self.description.matches('^[a-zA-Z0-9. _:/()#,@+=&;{}!$*\\\\[\\\\]-]*$')",
            message = "description may have letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
            fieldPath = ".description")
    public record Rule(
            @Required
            @Size(max = 4)
            @Pattern("^(tcp|udp|icmp|-1|[0-9]{1,3})$")
            @JsonPropertyDescription("tcp, udp, icmp, a protocol number, or -1 for all.")
            String ipProtocol,

            @Min(-1) @Max(65535) @JsonPropertyDescription("The first port of tcp and udp, the type of icmp (-1: all).")
            Integer fromPort,

            @Min(-1) @Max(65535) @JsonPropertyDescription("The last port of tcp and udp, the code of icmp (-1: all).")
            Integer toPort,

            @Size(max = 18) @JsonPropertyDescription("The range of the other side.")
            String cidrIpv4,

            @JsonPropertyDescription("The group of the other side, of the same VPC.")
            LocalRef securityGroupRef,

            @JsonPropertyDescription(
                    "The prefix list with the ranges of the other side; it counts as so many rules as its maxEntries.")
            LocalRef prefixListRef,

            @Size(max = 255) @JsonPropertyDescription("What the rule is for.")
            String description) {}

    private static final String SAME = "a.ipProtocol == b.ipProtocol"
            + " && has(a.fromPort) == has(b.fromPort) && (!has(a.fromPort) || a.fromPort == b.fromPort)"
            + " && has(a.toPort) == has(b.toPort) && (!has(a.toPort) || a.toPort == b.toPort)"
            + " && has(a.cidrIpv4) == has(b.cidrIpv4) && (!has(a.cidrIpv4) || a.cidrIpv4 == b.cidrIpv4)"
            + " && has(a.securityGroupRef) == has(b.securityGroupRef)"
            + " && (!has(a.securityGroupRef) || a.securityGroupRef == b.securityGroupRef)"
            + " && has(a.prefixListRef) == has(b.prefixListRef)"
            + " && (!has(a.prefixListRef) || a.prefixListRef == b.prefixListRef)";

    static final String TWICE = "a rule is there twice (InvalidPermission.Duplicate): write each once";

    static final String DISTINCT_INGRESS =
            "!has(self.ingress) || self.ingress.all(a, self.ingress.exists_one(b, " + SAME + "))";

    static final String DISTINCT_EGRESS =
            "!has(self.egress) || self.egress.all(a, self.egress.exists_one(b, " + SAME + "))";
}
