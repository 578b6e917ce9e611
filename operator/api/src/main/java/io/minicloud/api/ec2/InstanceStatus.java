package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link Instance}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param arn The Amazon resource name.
 * @param instanceId The AWS id, i-…
 * @param state pending, running, stopping, stopped or shutting-down.
 * @param stateReason Why the state is what it is, in the words of AWS, for example Client.InstanceInitiatedShutdown.
 * @param privateIpAddress The primary private address.
 * @param privateDnsName The private DNS name.
 * @param publicIpAddress The public address of the primary network interface.
 * @param subnetId The AWS id of the subnet.
 * @param vpcId The AWS id of the VPC.
 * @param imageId The AWS id of the image.
 * @param launchTime When the instance last went from stopped to running, RFC 3339.
 * @param placement Where the instance lives.
 * @param networkInterfaces The network interfaces in the order of their device index.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record InstanceStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String arn,

        @JsonPropertyDescription("The AWS id, i-…") String instanceId,

        @JsonPropertyDescription("pending, running, stopping, stopped or shutting-down.")
        String state,

        @JsonPropertyDescription(
                "Why the state is what it is, in the words of AWS, for example Client.InstanceInitiatedShutdown.")
        String stateReason,

        @JsonPropertyDescription("The primary private address.")
        String privateIpAddress,

        @JsonPropertyDescription("The private DNS name.") String privateDnsName,

        @JsonPropertyDescription("The public address of the primary network interface.")
        String publicIpAddress,

        @JsonPropertyDescription("The AWS id of the subnet.")
        String subnetId,

        @JsonPropertyDescription("The AWS id of the VPC.") String vpcId,

        @JsonPropertyDescription("The AWS id of the image.") String imageId,

        @JsonPropertyDescription("When the instance last went from stopped to running, RFC 3339.")
        String launchTime,

        @JsonPropertyDescription("Where the instance lives.")
        Placement placement,

        @JsonPropertyDescription("The network interfaces in the order of their device index.")
        List<Interface> networkInterfaces)
        implements Conditioned {
    /**
     * A network interface of the instance.
     *
     * @param networkInterfaceId the AWS id
     * @param name the name of the NetworkInterface
     * @param deviceIndex the place on the instance; 0 is the primary one
     * @param status attaching, attached or detaching
     * @param macAddress the MAC address
     * @param privateIpAddresses the private addresses; the first is the primary one
     * @param publicIpAddress the public address of the primary one
     * @param subnetId the AWS id of the subnet
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterface.html">InstanceNetworkInterface</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Interface(
            @JsonPropertyDescription("The AWS id, eni-…") String networkInterfaceId,

            @JsonPropertyDescription("The name of the NetworkInterface.")
            String name,

            @JsonPropertyDescription("The place on the instance; 0 is the primary one.")
            Integer deviceIndex,

            @JsonPropertyDescription("attaching, attached or detaching.")
            String status,

            @JsonPropertyDescription("The MAC address.") String macAddress,

            @JsonPropertyDescription("The private addresses; the first is the primary one.")
            List<String> privateIpAddresses,

            @JsonPropertyDescription("The public address of the primary one.")
            String publicIpAddress,

            @JsonPropertyDescription("The AWS id of the subnet.")
            String subnetId) {}

    /**
     * Where an instance lives; written once, before any host object exists.
     *
     * @param availabilityZone the zone of its subnet
     * @param host the machine
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Placement(
            @JsonPropertyDescription("The zone of the subnet.")
            String availabilityZone,

            @JsonPropertyDescription("The machine that runs the instance.")
            String host) {}
}
