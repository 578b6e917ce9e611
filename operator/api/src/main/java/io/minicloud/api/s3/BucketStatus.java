package io.minicloud.api.s3;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link Bucket}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param arn The Amazon resource name.
 * @param bucketName The name of the bucket.
 * @param endpoint The S3 endpoint, a URL.
 * @param region The region.
 * @param ownerAccessKeySecretName The Secret with the access key of the account for this bucket.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record BucketStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name.")
        String arn,

        @JsonPropertyDescription("The name of the bucket.") String bucketName,

        @JsonPropertyDescription("The S3 endpoint, a URL.") String endpoint,

        @JsonPropertyDescription("The region.") String region,

        @JsonPropertyDescription("The Secret with the access key of the account for this bucket.")
        String ownerAccessKeySecretName)
        implements Conditioned {}
