package io.minicloud.api.s3;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * An S3 bucket.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingBucket.html">Bucket in the AWS documentation</a>
 */
@JsonClassDescription("An S3 bucket.")
@Group("s3.minicloud.io")
@Version("v1alpha1")
@Kind("Bucket")
@Plural("buckets")
@ShortNames({"bkt"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "Bucket", jsonPath = ".status.bucketName", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Versioning",
        jsonPath = ".spec.versioningConfiguration.status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type=='Ready')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class Bucket extends CustomResource<BucketSpec, BucketStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
