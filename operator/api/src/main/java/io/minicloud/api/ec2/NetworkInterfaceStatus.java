package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.LocalRef;
import java.util.List;

/**
 * What is known of a {@link NetworkInterface}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param arn The Amazon resource name.
 * @param networkInterfaceId The AWS id, eni-…
 * @param macAddress The MAC address, kept for life.
 * @param privateIpAddress The primary private address, kept for life.
 * @param privateDnsName The private DNS name.
 * @param subnetId The AWS id of the subnet.
 * @param vpcId The AWS id of the VPC.
 * @param availabilityZone The zone of the subnet.
 * @param state pending, available, attaching, in-use or detaching.
 * @param securityGroupIds The AWS ids of the groups in force.
 * @param host The host that holds the port, once attached to what has a host.
 * @param association The public address by which the world knows the private one.
 * @param interfaceType interface, nat_gateway for that of a NAT gateway, or network_load_balancer for that of a network load balancer.
 * @param description What it is for, in the words of who made it.
 * @param requesterManaged Whether what asked for it manages it, such as a NAT gateway, and not its user.
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html">NetworkInterface</a>
 * @param realizedAs What it became on its host, with the command to look at it.
 * @param privateIpAddresses Every private address; the first is the primary one.
 * @param attachment What has become of the attachment.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record NetworkInterfaceStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String arn,

        @JsonPropertyDescription("The AWS id, eni-…") String networkInterfaceId,

        @JsonPropertyDescription("The MAC address, kept for life.")
        String macAddress,

        @JsonPropertyDescription("The primary private address, kept for life.")
        String privateIpAddress,

        @JsonPropertyDescription("The private DNS name.") String privateDnsName,

        @JsonPropertyDescription("The AWS id of the subnet.")
        String subnetId,

        @JsonPropertyDescription("The AWS id of the VPC.") String vpcId,

        @JsonPropertyDescription("The zone of the subnet.") String availabilityZone,

        @JsonPropertyDescription("pending, available, attaching, in-use or detaching.")
        String state,

        @JsonPropertyDescription("The AWS ids of the groups in force.")
        List<String> securityGroupIds,

        @JsonPropertyDescription("The host that holds the port, once attached to what has a host.")
        String host,

        @JsonPropertyDescription("The public address by which the world knows the private one.")
        Association association,

        @JsonPropertyDescription(
                "interface, nat_gateway for that of a NAT gateway, or network_load_balancer for that of a network load balancer.")
        String interfaceType,

        @JsonPropertyDescription("What it is for, in the words of who made it.")
        String description,

        @JsonPropertyDescription("Whether what asked for it manages it, such as a NAT gateway, and not its user.")
        Boolean requesterManaged,

        @JsonPropertyDescription("What it became on its host, with the command to look at it.")
        List<String> realizedAs,

        @JsonPropertyDescription("Every private address; the first is the primary one.")
        List<PrivateIpAddress> privateIpAddresses,

        @JsonPropertyDescription("What has become of the attachment.")
        Attachment attachment)
        implements Conditioned {
    /**
     * A private address.
     *
     * @param privateIpAddress the address
     * @param primary whether it is the primary one
     * @param association the public address by which the world knows it
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterfacePrivateIpAddress.html">NetworkInterfacePrivateIpAddress</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PrivateIpAddress(
            @JsonPropertyDescription("The address.") String privateIpAddress,

            @JsonPropertyDescription("Whether it is the primary one.")
            Boolean primary,

            @JsonPropertyDescription("The public address by which the world knows it.")
            Association association) {}

    /**
     * What has become of an attachment. It is bound to one instance: another one that is made later under the same name is
     * not the one that was meant.
     *
     * @param attachmentId the AWS id
     * @param instanceId the AWS id of the instance
     * @param instanceRef the name that the instance has, or had
     * @param deviceIndex the place on the instance
     * @param status attaching, attached, detaching, or detached once the instance is terminated
     * @param deleteOnTermination whether the interface goes with the instance
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterfaceAttachment.html">NetworkInterfaceAttachment</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Attachment(
            @JsonPropertyDescription("The AWS id, eni-attach-…")
            String attachmentId,

            @JsonPropertyDescription("The AWS id of the instance.")
            String instanceId,

            @JsonPropertyDescription("The name that the instance has, or had.")
            LocalRef instanceRef,

            @JsonPropertyDescription("The place on the instance.")
            Integer deviceIndex,

            @JsonPropertyDescription("attaching, attached, detaching, or detached once the instance is terminated.")
            String status,

            @JsonPropertyDescription("Whether the interface goes with the instance.")
            Boolean deleteOnTermination) {}

    /**
     * An association with an {@link ElasticIp}, or with an address that was assigned at the start of the instance.
     *
     * @param publicIp the public address
     * @param allocationId the AWS id of the ElasticIp; null: the address was assigned at the start
     * @param associationId the AWS id of the association with an ElasticIp
     * @param ipOwnerId the account that has the address; amazon for one that was assigned at the start
     * @param publicIpv4Pool the AWS id of the pool of an address that was assigned at the start
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Association(
            @JsonPropertyDescription("The public address.") String publicIp,

            @JsonPropertyDescription("The AWS id of the ElasticIp, eipalloc-…")
            String allocationId,

            @JsonPropertyDescription("The AWS id of the association, eipassoc-…")
            String associationId,

            @JsonPropertyDescription("The id of the account that has the address; amazon: assigned at the start.")
            String ipOwnerId,

            @JsonPropertyDescription("The AWS id of the pool of an address that was assigned at the start.")
            String publicIpv4Pool) {}
}
