package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link ElasticIp}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param arn The Amazon resource name.
 * @param allocationId The AWS id, eipalloc-…
 * @param publicIp The public address, kept for life.
 * @param domain vpc, the only one that AWS still has.
 * @param publicIpv4Pool The AWS id of the pool that the address is of.
 * @param associationId The AWS id of the association, eipassoc-…; absent while there is none.
 * @param networkInterfaceId The AWS id of the network interface that has the address.
 * @param networkInterfaceOwnerId The account id of that network interface.
 * @param instanceId The AWS id of the instance to which that network interface is attached.
 * @param privateIpAddress The private address that is known by the public one.
 * @param ownerId The account id.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record ElasticIpStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String arn,

        @JsonPropertyDescription("The AWS id, eipalloc-…") String allocationId,

        @JsonPropertyDescription("The public address, kept for life.")
        String publicIp,

        @JsonPropertyDescription("vpc, the only one that AWS still has.")
        String domain,

        @JsonPropertyDescription("The AWS id of the pool that the address is of.")
        String publicIpv4Pool,

        @JsonPropertyDescription("The AWS id of the association, eipassoc-…; absent while there is none.")
        String associationId,

        @JsonPropertyDescription("The AWS id of the network interface that has the address.")
        String networkInterfaceId,

        @JsonPropertyDescription("The account id of that network interface.")
        String networkInterfaceOwnerId,

        @JsonPropertyDescription("The AWS id of the instance to which that network interface is attached.")
        String instanceId,

        @JsonPropertyDescription("The private address that is known by the public one.")
        String privateIpAddress,

        @JsonPropertyDescription("The account id.") String ownerId)
        implements Conditioned {}
