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
 * What someone wants of a {@link Volume}.
 *
 * @param availabilityZone The zone; immutable.
 * @param size The size in GiB.
 * @param volumeType The volume type: gp3.
 * @param imageRef The image that the volume starts as a copy of; immutable.
 * @param attachments What the volume is attached to.
 * @param deletionPolicy What happens to the data when the object is deleted: Delete or Retain.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.availabilityZone.matches('^[a-z]+(-[a-z]+)*-[0-9]+[a-z]$')",
        message = "availabilityZone must be a region and a letter, such as home-1a",
        fieldPath = ".availabilityZone")
@ValidationRule(value = "self.size >= oldSelf.size", message = "size may grow but not shrink", fieldPath = ".size")
@ValidationRule(
        value = "self.availabilityZone == oldSelf.availabilityZone",
        message = "availabilityZone is immutable: delete the object and make a new one",
        fieldPath = ".availabilityZone")
@ValidationRule(
        value =
                "has(self.imageRef) == has(oldSelf.imageRef) && (!has(self.imageRef) || self.imageRef == oldSelf.imageRef)",
        message = "imageRef is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".imageRef")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record VolumeSpec(
        @Required @Size(max = 32) @JsonPropertyDescription("The zone; immutable.")
        String availabilityZone,

        @Required @Min(1) @Max(16384) @JsonPropertyDescription("The size in GiB.")
        Integer size,

        @Default("gp3") @Pattern("^gp3$") @JsonPropertyDescription("The volume type: gp3.")
        String volumeType,

        @JsonPropertyDescription("The image that the volume starts as a copy of; immutable.")
        LocalRef imageRef,

        @Size(max = 1) @JsonPropertyDescription("What the volume is attached to.")
        List<Attachment> attachments,

        @Default("Retain")
        @Pattern("^(Delete|Retain)$")
        @JsonPropertyDescription("What happens to the data when the object is deleted: Delete or Retain.")
        String deletionPolicy,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {
    /**
     * An attachment to an instance.
     *
     * @param instanceRef the instance
     * @param device the device name, e.g. {@code /dev/xvda}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Attachment(
            @Required @JsonPropertyDescription("The instance.")
            LocalRef instanceRef,

            @Required
            @Size(max = 32)
            @Pattern("^/dev/[a-z0-9]+$")
            @JsonPropertyDescription("The device name, for example /dev/xvda.")
            String device) {}
}
