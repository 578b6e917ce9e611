package io.minicloud.api.elbv2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link TargetGroup}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param targetGroupArn The Amazon resource name.
 * @param targetGroupId The name by which proxies know it, tg-…
 * @param vpcId The AWS id of the VPC.
 * @param loadBalancerArns The load balancer that uses it; one at most.
 * @param targetHealth The targets, and those that drain still.
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html">TargetGroup</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record TargetGroupStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String targetGroupArn,

        @JsonPropertyDescription("The name by which proxies know it, tg-…")
        String targetGroupId,

        @JsonPropertyDescription("The AWS id of the VPC.") String vpcId,

        @JsonPropertyDescription("The load balancer that uses it; one at most.")
        List<String> loadBalancerArns,

        @JsonPropertyDescription("The targets, and those that drain still.")
        List<TargetHealth> targetHealth)
        implements Conditioned {
    /**
     * How a target is.
     *
     * @param target which one
     * @param state initial, healthy, unhealthy, unused or draining
     * @param reason the code of AWS for a state that is not healthy
     * @param description what a person should know
     * @param address where it is reached; absent: nowhere
     * @param drainsUntil when a target that is draining is forgotten, RFC 3339
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html">TargetHealth</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TargetHealth(
            @JsonPropertyDescription("Which one.") Target target,

            @JsonPropertyDescription("initial, healthy, unhealthy, unused or draining.")
            String state,

            @JsonPropertyDescription("The code of AWS for a state that is not healthy.")
            String reason,

            @JsonPropertyDescription("What a person should know.")
            String description,

            @JsonPropertyDescription("Where it is reached; absent: nowhere.")
            String address,

            @JsonPropertyDescription("When a target that is draining is forgotten, RFC 3339.")
            String drainsUntil) {}

    /**
     * Which target.
     *
     * @param id the AWS id of the instance or the address
     * @param port its port
     * @param availabilityZone the zone of its address
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html">TargetDescription</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            @JsonPropertyDescription("The AWS id of the instance or the address.")
            String id,

            @JsonPropertyDescription("Its port.") Integer port,

            @JsonPropertyDescription("The zone of its address.")
            String availabilityZone) {}
}
