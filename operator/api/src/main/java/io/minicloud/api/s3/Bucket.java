package io.minicloud.api.s3;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
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
@ValidationRule(
        value =
                "size((has(self.spec.bucketName) ? self.spec.bucketName : self.metadata.name)) >= 3 && size((has(self.spec.bucketName) ? self.spec.bucketName : self.metadata.name)) <= 63 && (has(self.spec.bucketName) ? self.spec.bucketName : self.metadata.name).matches('^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$') && !(has(self.spec.bucketName) ? self.spec.bucketName : self.metadata.name).contains('..')",
        message =
                "a bucket name (bucketName, or the name of the object) has 3 to 63 lower-case letters, digits, dots and hyphens, begins and ends with a letter or digit, and has no two dots together")
@ValidationRule(
        value =
                "!(has(self.spec.bucketName) ? self.spec.bucketName : self.metadata.name).matches('^[0-9]+([.][0-9]+){3}$')",
        message = "a bucket name (bucketName, or the name of the object) must not look like an IP address")
@ValidationRule(
        value =
                "!(has(self.spec.bucketName) ? self.spec.bucketName : self.metadata.name).matches('^(xn--|sthree-|amzn-s3-demo-)') && !(has(self.spec.bucketName) ? self.spec.bucketName : self.metadata.name).matches('(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$')",
        message =
                "a bucket name (bucketName, or the name of the object) must not begin with xn--, sthree- or amzn-s3-demo-, nor end with -s3alias, --ol-s3, .mrap, --x-s3 or --table-s3: AWS reserves these")
public final class Bucket extends CustomResource<BucketSpec, BucketStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
