package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
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
public record VolumeSpec(
        @Required @JsonPropertyDescription("The zone; immutable.")
        String availabilityZone,

        @Required @Min(1) @Max(16384) @JsonPropertyDescription("The size in GiB.")
        Integer size,

        @Default("gp3") @JsonPropertyDescription("The volume type: gp3.")
        String volumeType,

        @JsonPropertyDescription("The image that the volume starts as a copy of; immutable.")
        LocalRef imageRef,

        @Size(max = 1) @JsonPropertyDescription("What the volume is attached to.")
        List<Attachment> attachments,

        @Default("Retain")
        @Pattern("^(Delete|Retain)$")
        @JsonPropertyDescription("What happens to the data when the object is deleted: Delete or Retain.")
        String deletionPolicy,

        @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, String> tags) {
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

            @Required @Size(max = 32) @JsonPropertyDescription("The device name, for example /dev/xvda.")
            String device) {}
}
