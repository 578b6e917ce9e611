package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import io.minicloud.api.common.LocalRef;
import java.util.Map;

/**
 * What someone wants of a {@link Subnet}.
 *
 * @param vpcRef The VPC; immutable.
 * @param cidrBlock The IPv4 range, /16 to /28, inside the range of the VPC; immutable.
 * @param availabilityZone The zone, for example home-1a; immutable.
 * @param mapPublicIpOnLaunch Whether instances launched here get a public address; concerns no instance that is there.
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
        value = "self.availabilityZone.matches('^[a-z]+(-[a-z]+)*-[0-9]+[a-z]$')",
        message = "availabilityZone must be a region and a letter, such as home-1a",
        fieldPath = ".availabilityZone")
@ValidationRule(
        value = "self.vpcRef == oldSelf.vpcRef",
        message = "vpcRef is immutable: delete the object and make a new one",
        fieldPath = ".vpcRef")
@ValidationRule(
        value = "self.cidrBlock == oldSelf.cidrBlock",
        message = "cidrBlock is immutable: delete the object and make a new one",
        fieldPath = ".cidrBlock")
@ValidationRule(
        value = "self.availabilityZone == oldSelf.availabilityZone",
        message = "availabilityZone is immutable: delete the object and make a new one",
        fieldPath = ".availabilityZone")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record SubnetSpec(
        @Required @JsonPropertyDescription("The VPC; immutable.")
        LocalRef vpcRef,

        @Required
        @Size(max = 18)
        @JsonPropertyDescription("The IPv4 range, /16 to /28, inside the range of the VPC; immutable.")
        String cidrBlock,

        @Required @Size(max = 32) @JsonPropertyDescription("The zone, for example home-1a; immutable.")
        String availabilityZone,

        @Default("false")
        @JsonPropertyDescription(
                "Whether instances launched here get a public address; concerns no instance that is there.")
        Boolean mapPublicIpOnLaunch,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {}
