package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link HostNetwork}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param namespace The network namespace that the VPC became.
 * @param appliedSets The address sets in the kernel and their generations.
 * @param lookAt A command that shows what this became.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record HostNetworkStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The network namespace that the VPC became.")
        String namespace,

        @JsonPropertyDescription("The address sets in the kernel and their generations.")
        List<AppliedSet> appliedSets,

        @JsonPropertyDescription("A command that shows what this became.")
        String lookAt)
        implements Conditioned {
    /**
     * An address set that is in the kernel.
     *
     * @param name the AddressSet's name
     * @param generation the generation that was applied
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AppliedSet(
            @JsonPropertyDescription("The name of the AddressSet.")
            String name,

            @JsonPropertyDescription("The generation in the kernel.")
            Long generation) {}
}
