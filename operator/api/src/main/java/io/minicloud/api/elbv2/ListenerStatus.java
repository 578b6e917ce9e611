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
 * What is known of a {@link Listener}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param listenerArn The Amazon resource name.
 * @param loadBalancerArn The Amazon resource name of the load balancer.
 * @param sslPolicy The policy in force; with HTTPS and TLS.
 * @param inForce The spec that was accepted last: it stays in force while a later one may not be.
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html">Listener</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
@SchemaCustomizer(InForceSchema.class)
public record ListenerStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String listenerArn,

        @JsonPropertyDescription("The Amazon resource name of the load balancer.")
        String loadBalancerArn,

        @JsonPropertyDescription("The policy in force; with HTTPS and TLS.")
        String sslPolicy,

        @JsonPropertyDescription("The spec that was accepted last: it stays in force while a later one may not be.")
        ListenerSpec inForce)
        implements Conditioned {}
