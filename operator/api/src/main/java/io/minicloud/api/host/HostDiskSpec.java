package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What someone wants of a {@link HostDisk}.
 *
 * @param volumeId The AWS id of the volume.
 * @param sizeGiB The virtual size in GiB.
 * @param hostImageName The HostImage that the disk starts as a copy of; an empty disk when absent; immutable.
 * @param deletionPolicy What happens to the bytes when this object is deleted.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.sizeGiB >= oldSelf.sizeGiB",
        message = "sizeGiB may grow but not shrink",
        fieldPath = ".sizeGiB")
@ValidationRule(
        value =
                "has(self.hostImageName) == has(oldSelf.hostImageName) && (!has(self.hostImageName) || self.hostImageName == oldSelf.hostImageName)",
        message =
                "hostImageName is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".hostImageName")
public record HostDiskSpec(
        @Required @Pattern("^vol-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the volume.")
        String volumeId,

        @Required @Min(1) @Max(16384) @JsonPropertyDescription("The virtual size in GiB.")
        Integer sizeGiB,

        @Size(max = 253)
        @JsonPropertyDescription(
                "The HostImage that the disk starts as a copy of; an empty disk when absent; immutable.")
        String hostImageName,

        @Required
        @Pattern("^(Delete|Retain)$")
        @JsonPropertyDescription("What happens to the bytes when this object is deleted.")
        String deletionPolicy) {}
