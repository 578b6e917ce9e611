package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link Subnet}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param arn The Amazon resource name.
 * @param subnetId The AWS id, subnet-…
 * @param vpcId The AWS id of the VPC.
 * @param state pending or available.
 * @param ownerId The account id.
 * @param availableIpAddressCount Addresses that are free: the range less the five reserved ones and those in use.
 * @param realizedAs What it became on each host, with the command to look at it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record SubnetStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String arn,

        @JsonPropertyDescription("The AWS id, subnet-…") String subnetId,

        @JsonPropertyDescription("The AWS id of the VPC.") String vpcId,

        @JsonPropertyDescription("pending or available.") String state,

        @JsonPropertyDescription("The account id.") String ownerId,

        @JsonPropertyDescription("Addresses that are free: the range less the five reserved ones and those in use.")
        Integer availableIpAddressCount,

        @JsonPropertyDescription("What it became on each host, with the command to look at it.")
        List<String> realizedAs)
        implements Conditioned {}
