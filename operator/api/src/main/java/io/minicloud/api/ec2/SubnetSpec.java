package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.minicloud.api.common.LocalRef;
import java.util.Map;

/**
 * What someone wants of a {@link Subnet}.
 *
 * @param vpcRef The VPC; immutable.
 * @param cidrBlock The IPv4 range, /16 to /28, inside the range of the VPC; immutable.
 * @param availabilityZone The zone, for example home-1a; immutable.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubnetSpec(
        @Required @JsonPropertyDescription("The VPC; immutable.")
        LocalRef vpcRef,

        @Required @JsonPropertyDescription("The IPv4 range, /16 to /28, inside the range of the VPC; immutable.")
        String cidrBlock,

        @Required @JsonPropertyDescription("The zone, for example home-1a; immutable.")
        String availabilityZone,

        @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, String> tags) {}
