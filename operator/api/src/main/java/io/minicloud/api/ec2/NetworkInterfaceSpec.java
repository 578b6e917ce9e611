package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import io.minicloud.api.common.LocalRef;
import java.util.List;
import java.util.Map;

/**
 * What someone wants of a {@link NetworkInterface}.
 *
 * @param subnetRef The subnet; immutable.
 * @param securityGroupRefs The security groups; the default group of the VPC when absent.
 * @param privateIpAddress The primary private address; chosen when absent; immutable.
 * @param sourceDestCheck Whether traffic that is neither from nor to this interface is dropped.
 * @param associatePublicIpAddress Whether, as the primary interface of an instance, it has a public address while the
 *     instance runs; immutable.
 * @param attachment What the interface is attached to; absent: to nothing.
 * @param description What it is for: at most 255 characters.
 * @param secondaryPrivateIpAddresses The secondary private addresses, when they are to be certain ones.
 * @param secondaryPrivateIpAddressCount How many secondary private addresses to choose.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html">CreateNetworkInterface</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.privateIpAddress) || isIP(self.privateIpAddress) && ip(self.privateIpAddress).family() == 4",
        message = "privateIpAddress must be an IPv4 address such as 10.0.1.10",
        fieldPath = ".privateIpAddress")
@ValidationRule(
        value =
                "!has(self.securityGroupRefs) || self.securityGroupRefs.all(a, self.securityGroupRefs.exists_one(b, a.name == b.name))",
        message = "securityGroupRefs names a group twice: name each once",
        fieldPath = ".securityGroupRefs")
@ValidationRule(
        value = "self.subnetRef == oldSelf.subnetRef",
        message = "subnetRef is immutable: delete the object and make a new one",
        fieldPath = ".subnetRef")
@ValidationRule(
        value =
                "has(self.privateIpAddress) == has(oldSelf.privateIpAddress) && (!has(self.privateIpAddress) || self.privateIpAddress == oldSelf.privateIpAddress)",
        message =
                "privateIpAddress is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".privateIpAddress")
// A controller of the release before does not know it and writes interfaces without it; that must not stop a rollback.
@ValidationRule(
        value =
                "!has(self.associatePublicIpAddress) || !has(oldSelf.associatePublicIpAddress) || self.associatePublicIpAddress == oldSelf.associatePublicIpAddress",
        message = "associatePublicIpAddress is immutable: delete the object and make a new one",
        fieldPath = ".associatePublicIpAddress")
@ValidationRule(
        value =
                "!has(self.attachment) || !has(self.attachment.natGatewayRef) || !has(self.securityGroupRefs) && !has(self.associatePublicIpAddress) && !self.sourceDestCheck",
        message =
                "the interface of a NAT gateway has no security groups, no public address of its own and sourceDestCheck: false")
@ValidationRule(
        value =
                "!has(self.attachment) || !has(self.attachment.loadBalancerRef) || !has(self.associatePublicIpAddress) && self.sourceDestCheck",
        message = "the interface of a load balancer has no public address of its own and sourceDestCheck: true")
@ValidationRule(
        value =
                "!has(self.associatePublicIpAddress) || !self.associatePublicIpAddress || has(self.attachment) && self.attachment.deviceIndex == 0",
        message =
                "associatePublicIpAddress is of the primary interface of an instance: give this one an ElasticIp with networkInterfaceRef",
        fieldPath = ".associatePublicIpAddress")
@ValidationRule(
        value =
                "(has(self.attachment) && self.attachment.deviceIndex == 0) == (has(oldSelf.attachment) && oldSelf.attachment.deviceIndex == 0)",
        message =
                "OperationNotPermitted: the interface at device index 0 is made with its instance and goes with it: attach another one at index 1 to 15",
        fieldPath = ".attachment")
@ValidationRule(
        value =
                "!has(self.attachment) || !has(oldSelf.attachment) || self.attachment.deviceIndex != 0 || has(self.attachment.instanceRef) == has(oldSelf.attachment.instanceRef) && (!has(self.attachment.instanceRef) || self.attachment.instanceRef == oldSelf.attachment.instanceRef)",
        message = "OperationNotPermitted: the interface at device index 0 stays with its instance",
        fieldPath = ".attachment")
@ValidationRule(
        value = "!has(self.secondaryPrivateIpAddresses) || !has(self.secondaryPrivateIpAddressCount)",
        message =
                "InvalidParameterCombination: give secondaryPrivateIpAddresses or secondaryPrivateIpAddressCount, not both",
        fieldPath = ".secondaryPrivateIpAddressCount")
@ValidationRule(
        value =
                "!has(self.secondaryPrivateIpAddresses) || self.secondaryPrivateIpAddresses.all(a, isIP(a) && ip(a).family() == 4)",
        message = "secondaryPrivateIpAddresses must be IPv4 addresses such as 10.0.1.11",
        fieldPath = ".secondaryPrivateIpAddresses")
@ValidationRule(
        value =
                "!has(self.secondaryPrivateIpAddresses) || self.secondaryPrivateIpAddresses.all(a, self.secondaryPrivateIpAddresses.exists_one(b, a == b) && (!has(self.privateIpAddress) || a != self.privateIpAddress))",
        message = "an address is there twice: name each once, and not the primary one",
        fieldPath = ".secondaryPrivateIpAddresses")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record NetworkInterfaceSpec(
        @Required @JsonPropertyDescription("The subnet; immutable.")
        LocalRef subnetRef,

        @Size(max = 5) @JsonPropertyDescription("The security groups; the default group of the VPC when absent.")
        List<LocalRef> securityGroupRefs,

        @Size(max = 15) @JsonPropertyDescription("The primary private address; chosen when absent; immutable.")
        String privateIpAddress,

        @Default("true")
        @JsonPropertyDescription("Whether traffic that is neither from nor to this interface is dropped.")
        Boolean sourceDestCheck,

        @JsonPropertyDescription(
                "Whether, as the primary interface of an instance, it has a public address while the instance runs; immutable.")
        Boolean associatePublicIpAddress,

        @JsonPropertyDescription("What the interface is attached to; absent: to nothing.")
        Attachment attachment,

        @Size(max = 255) @JsonPropertyDescription("What it is for: at most 255 characters.")
        String description,

        @Size(max = 49)
        @JsonPropertyDescription(
                "The secondary private addresses, when they are to be certain ones; not together with secondaryPrivateIpAddressCount.")
        List<@Size(max = 15) String> secondaryPrivateIpAddresses,

        @Min(0)
        @Max(49)
        @JsonPropertyDescription("How many secondary private addresses to choose; of those it has, the first are kept.")
        Integer secondaryPrivateIpAddressCount,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {
    /**
     * An attachment to an instance, a NAT gateway or a load balancer. Device index 0 is that of the interface which an instance makes itself.
     *
     * @param instanceRef the instance
     * @param natGatewayRef the NAT gateway, which makes and owns the interface
     * @param loadBalancerRef the load balancer, which makes and owns the interface
     * @param deviceIndex the place on the instance; 0 is the primary interface
     * @param deleteOnTermination whether the interface goes with the instance
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html">AttachNetworkInterface</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value =
                    "[has(self.instanceRef), has(self.natGatewayRef), has(self.loadBalancerRef)].exists_one(user, user)",
            message = "an interface is attached to one thing: give instanceRef")
    @ValidationRule(
            value = "!has(self.natGatewayRef) || self.deviceIndex == 0",
            message = "a NAT gateway has one interface: deviceIndex must be 0",
            fieldPath = ".deviceIndex")
    @ValidationRule(
            value = "!has(self.loadBalancerRef) || self.deviceIndex == 0",
            message = "a node of a load balancer has one interface: deviceIndex must be 0",
            fieldPath = ".deviceIndex")
    public record Attachment(
            @JsonPropertyDescription("The instance.") LocalRef instanceRef,

            @JsonPropertyDescription("The NAT gateway, which makes and owns the interface.")
            LocalRef natGatewayRef,

            @JsonPropertyDescription("The load balancer, which makes and owns the interface.")
            LocalRef loadBalancerRef,

            @Required
            @Min(0)
            @Max(15)
            @JsonPropertyDescription("The place on the instance; 0 is the primary interface.")
            Integer deviceIndex,

            @Default("false") @JsonPropertyDescription("Whether the interface goes with the instance.")
            Boolean deleteOnTermination) {}
}
