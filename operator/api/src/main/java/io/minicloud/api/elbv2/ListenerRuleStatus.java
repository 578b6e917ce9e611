package io.minicloud.api.elbv2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.InForceSchema;
import java.util.List;

/**
 * What is known of a {@link ListenerRule}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param ruleArn The Amazon resource name.
 * @param inForce The spec that was accepted last: it stays in force while a later one may not be.
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Rule.html">Rule</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
@SchemaCustomizer(InForceSchema.class)
public record ListenerRuleStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String ruleArn,

        @JsonPropertyDescription("The spec that was accepted last: it stays in force while a later one may not be.")
        ListenerRuleSpec inForce)
        implements Conditioned {}
