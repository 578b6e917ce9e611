package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link Vpc}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param arn The Amazon resource name.
 * @param vpcId The AWS id, vpc-…
 * @param state pending or available.
 * @param cidrBlockAssociationSet Its ranges, first the primary one, and what became of each.
 * @param ownerId The account id.
 * @param defaultSecurityGroupId The AWS id of the default security group, sg-…
 * @param realizedAs What it became on each host, with the command to look at it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record VpcStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String arn,

        @JsonPropertyDescription("The AWS id, vpc-…") String vpcId,

        @JsonPropertyDescription("pending or available.") String state,

        @JsonPropertyDescription("Its ranges, first the primary one, and what became of each.")
        List<CidrBlockAssociation> cidrBlockAssociationSet,

        @JsonPropertyDescription("The account id.") String ownerId,

        @JsonPropertyDescription("The AWS id of the default security group, sg-…")
        String defaultSecurityGroupId,

        @JsonPropertyDescription("What it became on each host, with the command to look at it.")
        List<String> realizedAs)
        implements Conditioned {
    /**
     * A range of the VPC.
     *
     * @param associationId the AWS id, vpc-cidr-assoc-…
     * @param cidrBlock the range
     * @param cidrBlockState what became of it
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcCidrBlockAssociation.html">VpcCidrBlockAssociation</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CidrBlockAssociation(
            @JsonPropertyDescription("The AWS id, vpc-cidr-assoc-…")
            String associationId,

            @JsonPropertyDescription("The range.") String cidrBlock,

            @JsonPropertyDescription("What became of it.") CidrBlockState cidrBlockState) {}

    /**
     * What became of a range.
     *
     * @param state associated: subnets may lie in it; disassociating: it is in force until the last subnet in it is gone; failed: it
     *     is not in force
     * @param statusMessage why it is not associated
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CidrBlockState(
            @JsonPropertyDescription(
                    "associated: subnets may lie in it; disassociating: it is in force until the last subnet in it is gone; failed: it is not in force.")
            String state,

            @JsonPropertyDescription("Why it is not associated.")
            String statusMessage) {}
}
