package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.util.Map;

/**
 * What someone wants of a {@link Vpc}.
 *
 * @param cidrBlock The primary IPv4 range, /16 to /28; immutable.
 * @param enableDnsSupport Whether the resolver at the base of the range plus two answers.
 * @param enableDnsHostnames Whether instances get DNS host names.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VpcSpec(
        @Required @JsonPropertyDescription("The primary IPv4 range, /16 to /28; immutable.")
        String cidrBlock,

        @Default("true") @JsonPropertyDescription("Whether the resolver at the base of the range plus two answers.")
        Boolean enableDnsSupport,

        @Default("false") @JsonPropertyDescription("Whether instances get DNS host names.")
        Boolean enableDnsHostnames,

        @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, String> tags) {}
