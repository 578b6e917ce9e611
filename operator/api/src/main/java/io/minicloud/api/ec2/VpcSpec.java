package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import java.util.List;
import java.util.Map;

/**
 * What someone wants of a {@link Vpc}.
 *
 * @param cidrBlock The primary IPv4 range, /16 to /28; immutable.
 * @param secondaryCidrBlocks More IPv4 ranges, each /16 to /28, in which subnets may lie; they may come and go. What became of each stands
 *     in cidrBlockAssociationSet.
 * @param enableDnsSupport Whether the resolver at the base of the range plus two answers.
 * @param enableDnsHostnames Whether the private names of instances resolve; needs enableDnsSupport too. When absent: in the
 *     default VPC only.
 * @param isDefault Whether it is the account's default VPC, which begins with a subnet in each zone and a way to the world;
 *     immutable.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html">VPC CIDR blocks</a>
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
@ValidationRule(
        value =
                "!isCIDR(self.cidrBlock) || cidr(self.cidrBlock).prefixLength() >= 16 && cidr(self.cidrBlock).prefixLength() <= 28",
        message = "cidrBlock must be between /16 and /28",
        fieldPath = ".cidrBlock")
@ValidationRule(
        value =
                "!isCIDR(self.cidrBlock) || !['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].exists(r, cidr(r).containsCIDR(self.cidrBlock))",
        message =
                "cidrBlock must not lie in 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16 or 224.0.0.0/3: choose a private range such as 10.0.0.0/16",
        fieldPath = ".cidrBlock")
@ValidationRule(
        value = "self.cidrBlock == oldSelf.cidrBlock",
        message = "cidrBlock is immutable: delete the object and make a new one",
        fieldPath = ".cidrBlock")
@ValidationRule(
        value = "!has(self.isDefault) || !self.isDefault || self.cidrBlock == '172.31.0.0/16'",
        message = "cidrBlock of a default VPC is 172.31.0.0/16",
        fieldPath = ".cidrBlock")
@ValidationRule(
        value =
                "!has(self.secondaryCidrBlocks) || self.secondaryCidrBlocks.all(c, isCIDR(c) && cidr(c).ip().family() == 4)",
        message = "secondaryCidrBlocks must be IPv4 ranges such as 10.1.0.0/16",
        fieldPath = ".secondaryCidrBlocks")
@ValidationRule(
        value =
                "!has(self.secondaryCidrBlocks) || self.secondaryCidrBlocks.all(c, !isCIDR(c) || cidr(c) == cidr(c).masked())",
        message = "secondaryCidrBlocks must begin at their network addresses: write 10.1.0.0/16, not 10.1.0.1/16",
        fieldPath = ".secondaryCidrBlocks")
@ValidationRule(
        value =
                "!has(self.secondaryCidrBlocks) || self.secondaryCidrBlocks.all(c, !isCIDR(c) || cidr(c).prefixLength() >= 16 && cidr(c).prefixLength() <= 28)",
        message = "secondaryCidrBlocks must be between /16 and /28",
        fieldPath = ".secondaryCidrBlocks")
@ValidationRule(
        value =
                "!has(self.secondaryCidrBlocks) || self.secondaryCidrBlocks.all(c, !isCIDR(c) || !['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].exists(r, cidr(r).containsCIDR(c)))",
        message =
                "secondaryCidrBlocks must not lie in 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16 or 224.0.0.0/3: choose private ranges such as 10.1.0.0/16",
        fieldPath = ".secondaryCidrBlocks")
@ValidationRule(
        value =
                "!has(self.secondaryCidrBlocks) || self.secondaryCidrBlocks.all(a, !isCIDR(a) || self.secondaryCidrBlocks.exists_one(b, isCIDR(b) && (cidr(a).containsCIDR(b) || cidr(b).containsCIDR(a))))",
        message = "secondaryCidrBlocks must not overlap each other: leave out what another range holds",
        fieldPath = ".secondaryCidrBlocks")
@ValidationRule(
        value =
                "!has(self.secondaryCidrBlocks) || !isCIDR(self.cidrBlock) || self.secondaryCidrBlocks.all(c, !isCIDR(c) || !cidr(self.cidrBlock).containsCIDR(c) && !cidr(c).containsCIDR(self.cidrBlock))",
        message = "secondaryCidrBlocks must not overlap cidrBlock: leave out what it holds",
        fieldPath = ".secondaryCidrBlocks")
@ValidationRule(
        value = "(has(self.isDefault) && self.isDefault) == (has(oldSelf.isDefault) && oldSelf.isDefault)",
        message = "isDefault is immutable: delete the object and make a new one",
        fieldPath = ".isDefault")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record VpcSpec(
        @Required @Size(max = 18) @JsonPropertyDescription("The primary IPv4 range, /16 to /28; immutable.")
        String cidrBlock,

        @Size(max = 49)
        @JsonPropertyDescription(
                "More IPv4 ranges, each /16 to /28, in which subnets may lie; they may come and go. What became of each stands in cidrBlockAssociationSet.")
        List<@Size(max = 18) String> secondaryCidrBlocks,

        @Default("true") @JsonPropertyDescription("Whether the resolver at the base of the range plus two answers.")
        Boolean enableDnsSupport,

        @JsonPropertyDescription(
                "Whether the private names of instances resolve; needs enableDnsSupport too. When absent: in the default VPC only.")
        Boolean enableDnsHostnames,

        @JsonPropertyDescription(
                "Whether it is the account's default VPC, which begins with a subnet in each zone and a way to the world; immutable.")
        Boolean isDefault,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {}
