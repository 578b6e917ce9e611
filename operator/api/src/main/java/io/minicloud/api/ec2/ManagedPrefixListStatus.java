package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link ManagedPrefixList}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param arn The Amazon resource name.
 * @param prefixListId The AWS id, pl-…
 * @param state create-complete, modify-complete once it was changed, delete-in-progress while its deletion waits.
 * @param ownerId The account id.
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ManagedPrefixList.html">ManagedPrefixList</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record ManagedPrefixListStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String arn,

        @JsonPropertyDescription("The AWS id, pl-…") String prefixListId,

        @JsonPropertyDescription(
                "create-complete, modify-complete once it was changed, delete-in-progress while its deletion waits.")
        String state,

        @JsonPropertyDescription("The account id.") String ownerId)
        implements Conditioned {}
