package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/**
 * What someone wants of a {@link InstanceType}.
 *
 * @param vCpus Virtual CPUs.
 * @param memoryMiB Memory in MiB.
 * @param maxNetworkInterfaces The most network interfaces.
 * @param ipv4AddressesPerInterface The most private IPv4 addresses on one interface.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InstanceTypeSpec(
        @Required @Min(1) @Max(192) @JsonPropertyDescription("Virtual CPUs.")
        Integer vCpus,

        @Required @Min(64) @Max(1572864) @JsonPropertyDescription("Memory in MiB.")
        Integer memoryMiB,

        @Required @Min(1) @Max(15) @JsonPropertyDescription("The most network interfaces.")
        Integer maxNetworkInterfaces,

        @Required @Min(1) @Max(50) @JsonPropertyDescription("The most private IPv4 addresses on one interface.")
        Integer ipv4AddressesPerInterface) {}
