package io.minicloud.api.elbv2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link LoadBalancer}. AWS's state failed is never said: what was missing may come, and then it goes on.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param loadBalancerArn The Amazon resource name.
 * @param dnsName The name by which clients reach it.
 * @param state provisioning: it has not been ready yet; active: all its nodes are; active_impaired: not all are.
 * @param vpcId The AWS id of the VPC.
 * @param availabilityZones Its nodes: one in each subnet, those that are leaving too.
 * @param realizedAs What it became on its hosts, with the commands to look at it.
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html">LoadBalancer</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record LoadBalancerStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String loadBalancerArn,

        @JsonPropertyDescription("The name by which clients reach it.")
        String dnsName,

        @JsonPropertyDescription(
                "provisioning: it has not been ready yet; active: all its nodes are; active_impaired: not all are.")
        String state,

        @JsonPropertyDescription("The AWS id of the VPC.") String vpcId,

        @JsonPropertyDescription("Its nodes: one in each subnet, those that are leaving too.")
        List<AvailabilityZone> availabilityZones,

        @JsonPropertyDescription("What it became on its hosts, with the commands to look at it.")
        List<String> realizedAs)
        implements Conditioned {
    /**
     * A node.
     *
     * @param zoneName the Availability Zone
     * @param subnetId the AWS id of the subnet
     * @param host the host that it is on, for life
     * @param state provisioning, active, impaired or deleting
     * @param loadBalancerAddresses its addresses; one
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AvailabilityZone.html">AvailabilityZone</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AvailabilityZone(
            @JsonPropertyDescription("The Availability Zone.")
            String zoneName,

            @JsonPropertyDescription("The AWS id of the subnet.")
            String subnetId,

            @JsonPropertyDescription("The host that it is on, for life.")
            String host,

            @JsonPropertyDescription(
                    "provisioning: it has not been ready yet; active: clients are sent to it; impaired: it was active and is not; deleting: its subnet was taken out.")
            String state,

            @JsonPropertyDescription("Its addresses; one.") List<Address> loadBalancerAddresses) {}

    /**
     * An address of a node.
     *
     * @param ipAddress the public address; absent: it has none
     * @param allocationId the AWS id of the ElasticIp
     * @param privateIPv4Address the private address
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAddress.html">LoadBalancerAddress</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Address(
            @JsonPropertyDescription("The public address; absent: it has none.")
            String ipAddress,

            @JsonPropertyDescription("The AWS id of the ElasticIp, eipalloc-…")
            String allocationId,

            @JsonPropertyDescription("The private address.") String privateIPv4Address) {}
}
