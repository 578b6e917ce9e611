package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import java.util.Map;

/**
 * What someone wants of a {@link Vpc}.
 *
 * @param cidrBlock The primary IPv4 range, /16 to /28; immutable.
 * @param enableDnsSupport Whether the resolver at the base of the range plus two answers.
 * @param enableDnsHostnames Whether the private names of instances resolve; needs enableDnsSupport too. When absent: in the
 *     default VPC only.
 * @param isDefault Whether it is the account's default VPC, which begins with a subnet in each zone and a way to the world;
 *     immutable.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
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
        value = "(has(self.isDefault) && self.isDefault) == (has(oldSelf.isDefault) && oldSelf.isDefault)",
        message = "isDefault is immutable: delete the object and make a new one",
        fieldPath = ".isDefault")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record VpcSpec(
        @Required @Size(max = 18) @JsonPropertyDescription("The primary IPv4 range, /16 to /28; immutable.")
        String cidrBlock,

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
