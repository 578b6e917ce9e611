package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link DnsServer}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record DnsServerStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration)
        implements Conditioned {}
