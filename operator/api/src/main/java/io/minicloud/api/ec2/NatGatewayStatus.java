package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link NatGateway}. A gateway of AWS that failed stays so and is deleted; here one that lacks what time or
 * somebody else may bring, such as an internet gateway (Gateway.NotAttached), stays pending, with the failure code that it would
 * have there, and goes on when that has come. Only what its own spec makes impossible is failed.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param arn The Amazon resource name.
 * @param natGatewayId The AWS id, nat-…
 * @param state pending, available, failed or deleting. One that was available stays so until it is deleted.
 * @param failureCode The code of AWS for what keeps it from being available.
 * @param failureMessage What keeps it from being available, and the remedy.
 * @param vpcId The AWS id of the VPC.
 * @param subnetId The AWS id of the subnet.
 * @param natGatewayAddresses Its addresses; one.
 * @param host The host that it is on, for life.
 * @param realizedAs What it became on its host, with the command to look at it.
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html">NatGateway</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record NatGatewayStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String arn,

        @JsonPropertyDescription("The AWS id, nat-…") String natGatewayId,

        @JsonPropertyDescription(
                "pending, available, failed or deleting. One that was available stays so until it is deleted.")
        String state,

        @JsonPropertyDescription("The code of AWS for what keeps it from being available.")
        String failureCode,

        @JsonPropertyDescription("What keeps it from being available, and the remedy.")
        String failureMessage,

        @JsonPropertyDescription("The AWS id of the VPC.") String vpcId,

        @JsonPropertyDescription("The AWS id of the subnet.")
        String subnetId,

        @JsonPropertyDescription("Its addresses; one.") List<Address> natGatewayAddresses,

        @JsonPropertyDescription("The host that it is on, for life.")
        String host,

        @JsonPropertyDescription("What it became on its host, with the command to look at it.")
        List<String> realizedAs)
        implements Conditioned {
    /**
     * An address of the gateway.
     *
     * @param networkInterfaceId the AWS id of its network interface
     * @param privateIp the private address
     * @param publicIp the public address; absent while there is none
     * @param allocationId the AWS id of the ElasticIp
     * @param isPrimary whether it is the first one
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGatewayAddress.html">NatGatewayAddress</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Address(
            @JsonPropertyDescription("The AWS id of its network interface.")
            String networkInterfaceId,

            @JsonPropertyDescription("The private address.") String privateIp,

            @JsonPropertyDescription("The public address; absent while there is none.")
            String publicIp,

            @JsonPropertyDescription("The AWS id of the ElasticIp, eipalloc-…")
            String allocationId,

            @JsonPropertyDescription("Whether it is the first one.")
            Boolean isPrimary) {}
}
