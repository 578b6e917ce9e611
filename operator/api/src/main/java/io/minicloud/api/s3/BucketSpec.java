package io.minicloud.api.s3;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import java.util.Map;

/**
 * What someone wants of a {@link Bucket}.
 *
 * @param bucketName The name of the bucket, unique in this cloud; the name of the object when absent; immutable.
 * @param versioningConfiguration Versioning.
 * @param deletionPolicy What happens to the bucket when the object is deleted: Retain, DeleteIfEmpty or Delete.
 * @param tags Tags: at most 48 (S3's 50 less the two that say whose the bucket is), keys up to 128 and values up to 256
 *     characters.
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html">A tag set can contain as many
 *     as 50 tags</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging.html">The characters of keys and values</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(oldSelf.versioningConfiguration) || has(self.versioningConfiguration)",
        message = "versioning cannot be off again: set versioningConfiguration.status to Suspended",
        fieldPath = ".versioningConfiguration")
@ValidationRule(
        value =
                "has(self.bucketName) == has(oldSelf.bucketName) && (!has(self.bucketName) || self.bucketName == oldSelf.bucketName)",
        message = "bucketName is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".bucketName")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(k, !k.startsWith('minicloud.io/'))",
        message = "tag keys that begin with minicloud.io/ say whose a bucket is: choose another key",
        fieldPath = ".tags")
@ValidationRule(
        value =
                "!has(self.tags) || self.tags.all(k, k.matches('^[\\\\p{L}\\\\p{Z}\\\\p{N}_.:/=+@-]*$') && self.tags[k].matches('^[\\\\p{L}\\\\p{Z}\\\\p{N}_.:/=+@-]*$'))",
        message = "tag keys and values are letters, digits, spaces and _ . : / = + - @",
        fieldPath = ".tags")
public record BucketSpec(
        @Size(min = 3, max = 63)
        @JsonPropertyDescription(
                "The name of the bucket, unique in this cloud; the name of the object when absent; immutable.")
        String bucketName,

        @JsonPropertyDescription("Versioning.") VersioningConfiguration versioningConfiguration,

        @Default("Retain")
        @Pattern("^(Retain|DeleteIfEmpty|Delete)$")
        @JsonPropertyDescription(
                "What happens to the bucket when the object is deleted: Retain, DeleteIfEmpty or Delete.")
        String deletionPolicy,

        @Size(max = 48)
        @JsonPropertyDescription(
                "Tags: at most 48 (S3's 50 less the two that say whose the bucket is), keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {
    /**
     * Versioning of a bucket; once enabled it can be suspended but never be off again.
     *
     * @param status Enabled or Suspended
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VersioningConfiguration(
            @Required
            @Pattern("^(Enabled|Suspended)$")
            @JsonPropertyDescription("Enabled or Suspended; never off again once enabled.")
            String status) {}
}
