package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link InternetGateway}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param arn The Amazon resource name.
 * @param internetGatewayId The AWS id, igw-…
 * @param ownerId The account id.
 * @param attachments The VPC to which it is attached; empty while there is none.
 * @param realizedAs What it became on each host, with the command to look at it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record InternetGatewayStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String arn,

        @JsonPropertyDescription("The AWS id, igw-…") String internetGatewayId,

        @JsonPropertyDescription("The account id.") String ownerId,

        @JsonPropertyDescription("The VPC to which it is attached; empty while there is none.")
        List<Attachment> attachments,

        @JsonPropertyDescription("What it became on each host, with the command to look at it.")
        List<String> realizedAs)
        implements Conditioned {
    /**
     * An attachment to a VPC.
     *
     * @param vpcId the AWS id of the VPC
     * @param state available, the word of AWS for an internet gateway that is attached
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Attachment(
            @JsonPropertyDescription("The AWS id of the VPC.")
            String vpcId,

            @JsonPropertyDescription("available, the word of AWS for an internet gateway that is attached.")
            String state) {}
}
