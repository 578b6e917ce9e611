package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import io.minicloud.api.common.LocalRef;
import java.util.List;
import java.util.Map;

/**
 * What someone wants of a {@link Instance}.
 *
 * @param imageRef The image; immutable.
 * @param instanceType The instance type, for example t3.micro; may change while stopped.
 * @param subnetRef The subnet of the primary network interface; one of the account's default VPC when absent; immutable.
 * @param securityGroupRefs The security groups of the primary network interface; the default group when absent.
 * @param privateIpAddress The primary private address; chosen when absent; immutable.
 * @param associatePublicIpAddress Whether it gets a public address at each start; the subnet's mapPublicIpOnLaunch when
 *     absent; immutable.
 * @param sourceDestCheck Whether traffic neither from nor to the instance is dropped.
 * @param userData User data: at most 16 KB, given to the guest by the metadata service.
 * @param blockDeviceMappings The root device; absent: as large as the image, gp3, deleted with the instance.
 * @param metadataOptions How the metadata service answers; immutable.
 * @param disableApiTermination Whether deleting the object is refused.
 * @param disableApiStop Whether stopping is refused.
 * @param lastRequestedReboot A new value reboots the guest once.
 * @param state What someone wants: running or stopped. Deleting the object terminates.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.privateIpAddress) || isIP(self.privateIpAddress) && ip(self.privateIpAddress).family() == 4",
        message = "privateIpAddress must be an IPv4 address such as 10.0.1.10",
        fieldPath = ".privateIpAddress")
@ValidationRule(
        value = "!has(self.userData) || size(bytes(self.userData)) <= 16384",
        message = "userData must be at most 16384 bytes",
        fieldPath = ".userData")
@ValidationRule(
        value =
                "!has(self.securityGroupRefs) || self.securityGroupRefs.all(a, self.securityGroupRefs.exists_one(b, a.name == b.name))",
        message = "securityGroupRefs names a group twice: name each once",
        fieldPath = ".securityGroupRefs")
@ValidationRule(
        value = "self.instanceType == oldSelf.instanceType || oldSelf.state == 'stopped'",
        message = "instanceType may change only while the instance is stopped: set state to stopped first",
        fieldPath = ".instanceType")
@ValidationRule(
        value = "self.state == oldSelf.state || self.state != 'stopped' || !oldSelf.disableApiStop",
        message = "the instance is protected from being stopped: set disableApiStop to false first",
        fieldPath = ".state")
@ValidationRule(
        value = "self.imageRef == oldSelf.imageRef",
        message = "imageRef is immutable: delete the object and make a new one",
        fieldPath = ".imageRef")
@ValidationRule(
        value =
                "has(self.subnetRef) == has(oldSelf.subnetRef) && (!has(self.subnetRef) || self.subnetRef == oldSelf.subnetRef)",
        message = "subnetRef is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".subnetRef")
@ValidationRule(
        value =
                "has(self.privateIpAddress) == has(oldSelf.privateIpAddress) && (!has(self.privateIpAddress) || self.privateIpAddress == oldSelf.privateIpAddress)",
        message =
                "privateIpAddress is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".privateIpAddress")
@ValidationRule(
        value =
                "has(self.associatePublicIpAddress) == has(oldSelf.associatePublicIpAddress) && (!has(self.associatePublicIpAddress) || self.associatePublicIpAddress == oldSelf.associatePublicIpAddress)",
        message =
                "associatePublicIpAddress is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".associatePublicIpAddress")
@ValidationRule(
        value =
                "has(self.metadataOptions) == has(oldSelf.metadataOptions) && (!has(self.metadataOptions) || self.metadataOptions == oldSelf.metadataOptions)",
        message =
                "metadataOptions is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".metadataOptions")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record InstanceSpec(
        @Required @JsonPropertyDescription("The image; immutable.")
        LocalRef imageRef,

        @Required
        @Size(max = 63)
        @JsonPropertyDescription("The instance type, for example t3.micro; may change while stopped.")
        String instanceType,

        @JsonPropertyDescription(
                "The subnet of the primary network interface; one of the account's default VPC when absent; immutable.")
        LocalRef subnetRef,

        @Size(max = 5)
        @JsonPropertyDescription("The security groups of the primary network interface; the default group when absent.")
        List<LocalRef> securityGroupRefs,

        @Size(max = 15) @JsonPropertyDescription("The primary private address; chosen when absent; immutable.")
        String privateIpAddress,

        @JsonPropertyDescription(
                "Whether it gets a public address at each start; the subnet's mapPublicIpOnLaunch when absent; immutable.")
        Boolean associatePublicIpAddress,

        @Default("true") @JsonPropertyDescription("Whether traffic neither from nor to the instance is dropped.")
        Boolean sourceDestCheck,

        @Size(max = 16384)
        @JsonPropertyDescription("User data: at most 16 KB, given to the guest by the metadata service.")
        String userData,

        @Size(max = 1)
        @JsonPropertyDescription("The root device; absent: as large as the image, gp3, deleted with the instance.")
        List<BlockDeviceMapping> blockDeviceMappings,

        @JsonPropertyDescription("How the metadata service answers; immutable.")
        MetadataOptions metadataOptions,

        @Default("false") @JsonPropertyDescription("Whether deleting the object is refused.")
        Boolean disableApiTermination,

        @Default("false") @JsonPropertyDescription("Whether stopping is refused.")
        Boolean disableApiStop,

        @Size(max = 64) @JsonPropertyDescription("A new value reboots the guest once.")
        String lastRequestedReboot,

        @Default("running")
        @Pattern("^(running|stopped)$")
        @JsonPropertyDescription("What someone wants: running or stopped. Deleting the object terminates.")
        String state,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {
    /**
     * A block device.
     *
     * @param deviceName e.g. {@code /dev/xvda}
     * @param ebs the volume
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BlockDeviceMapping(
            @Required
            @Size(max = 9)
            @Pattern("^/dev/(xvda|sda1)$")
            @JsonPropertyDescription("The root device name: /dev/xvda or /dev/sda1.")
            String deviceName,

            @Required @JsonPropertyDescription("The volume to make.")
            Ebs ebs) {}

    /**
     * A volume made at launch.
     *
     * @param volumeSize GiB; the image's size when absent
     * @param volumeType gp3
     * @param deleteOnTermination whether the volume goes with the instance
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ebs(
            @Min(1) @Max(16384) @JsonPropertyDescription("The size in GiB; at least that of the image.")
            Integer volumeSize,

            @Default("gp3") @Pattern("^gp3$") @JsonPropertyDescription("The volume type: gp3.")
            String volumeType,

            @Default("true") @JsonPropertyDescription("Whether the volume goes with the instance.")
            Boolean deleteOnTermination) {}

    /**
     * How the metadata service answers this instance. A token is always required (IMDSv2).
     *
     * @param httpEndpoint enabled or disabled
     * @param httpTokens required
     * @param httpPutResponseHopLimit the TTL of the token's response, 1 to 64
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MetadataOptions(
            @Default("enabled") @Pattern("^(enabled|disabled)$") @JsonPropertyDescription("enabled or disabled.")
            String httpEndpoint,

            @Default("required")
            @Pattern("^required$")
            @JsonPropertyDescription("required: a token is always needed (IMDSv2).")
            String httpTokens,

            @Default("1")
            @Min(1)
            @Max(64)
            @JsonPropertyDescription("How many hops the response that carries a token may travel.")
            Integer httpPutResponseHopLimit) {}
}
