package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link RouteTable}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param arn The Amazon resource name.
 * @param routeTableId The AWS id, rtb-…
 * @param vpcId The AWS id of the VPC.
 * @param ownerId The account id.
 * @param main Whether it is the main table of its VPC.
 * @param subnetIds The AWS ids of the subnets that it names and that have it.
 * @param routes The routes, with what each leads to.
 * @param realizedAs What it became on each host, with the command to look at it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record RouteTableStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String arn,

        @JsonPropertyDescription("The AWS id, rtb-…") String routeTableId,

        @JsonPropertyDescription("The AWS id of the VPC.") String vpcId,

        @JsonPropertyDescription("The account id.") String ownerId,

        @JsonPropertyDescription("Whether it is the main table of its VPC.")
        Boolean main,

        @JsonPropertyDescription("The AWS ids of the subnets that it names and that have it.")
        List<String> subnetIds,

        @JsonPropertyDescription("The routes, with what each leads to.")
        List<Route> routes,

        @JsonPropertyDescription("What it became on each host, with the command to look at it.")
        List<String> realizedAs)
        implements Conditioned {
    /**
     * A route.
     *
     * @param destinationCidrBlock where the traffic goes
     * @param destinationPrefixListId the AWS id of the prefix list with the ranges where the traffic goes
     * @param gatewayId the AWS id of the internet gateway, or local for the VPC itself
     * @param networkInterfaceId the AWS id of the network interface
     * @param instanceId the AWS id of the instance
     * @param natGatewayId the AWS id of the NAT gateway
     * @param state active, or blackhole where the target is not there: what goes there is dropped
     * @param origin CreateRouteTable for the route that every table has, CreateRoute for the others
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html">Route</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Route(
            @JsonPropertyDescription("Where the traffic goes.")
            String destinationCidrBlock,

            @JsonPropertyDescription("The AWS id of the prefix list with the ranges where the traffic goes.")
            String destinationPrefixListId,

            @JsonPropertyDescription("The AWS id of the internet gateway, or local for the VPC itself.")
            String gatewayId,

            @JsonPropertyDescription("The AWS id of the network interface.")
            String networkInterfaceId,

            @JsonPropertyDescription("The AWS id of the instance.")
            String instanceId,

            @JsonPropertyDescription("The AWS id of the NAT gateway.")
            String natGatewayId,

            @JsonPropertyDescription("active, or blackhole where the target is not there: what goes there is dropped.")
            String state,

            @JsonPropertyDescription("CreateRouteTable for the route that every table has, CreateRoute for the others.")
            String origin) {}
}
