package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link AddressPool}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param poolId The AWS id, ipv4pool-ec2-…
 * @param cidrBlocks The ranges from which addresses are given out.
 * @param totalAddressCount How many addresses these ranges hold.
 * @param availableAddressCount How many of them are free.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record AddressPoolStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The AWS id, ipv4pool-ec2-…")
        String poolId,

        @JsonPropertyDescription("The ranges from which addresses are given out.")
        List<String> cidrBlocks,

        @JsonPropertyDescription("How many addresses these ranges hold.")
        Integer totalAddressCount,

        @JsonPropertyDescription("How many of them are free.")
        Integer availableAddressCount)
        implements Conditioned {}
