package io.minicloud.controller.objectstore;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The policy of the key that an account gets for its bucket: everything about the data, and reading about the bucket.
 * What the Bucket object decides (tags, versioning, policy, the bucket itself) is not changed behind its back.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">Actions in the AWS documentation</a>
 */
final class BucketPolicyDocument {
    private static final List<String> ON_BUCKET = List.of(
            "s3:GetBucketLocation",
            "s3:GetBucketVersioning",
            "s3:GetBucketTagging",
            "s3:ListBucket",
            "s3:ListBucketVersions",
            "s3:ListBucketMultipartUploads");
    private static final List<String> ON_OBJECTS = List.of(
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:DeleteObjectTagging",
            "s3:DeleteObjectVersion",
            "s3:DeleteObjectVersionTagging",
            "s3:GetObject",
            "s3:GetObjectAttributes",
            "s3:GetObjectTagging",
            "s3:GetObjectVersion",
            "s3:GetObjectVersionTagging",
            "s3:ListMultipartUploadParts",
            "s3:PutObject",
            "s3:PutObjectTagging",
            "s3:PutObjectVersionTagging");

    private BucketPolicyDocument() {}

    /** The document; a key may not make further keys, which would outlive it. */
    static String forOwnerOf(String bucket) {
        return """
               {"Version":"2012-10-17","Statement":[\
               {"Effect":"Allow","Action":[%s],"Resource":["arn:aws:s3:::%s"]},\
               {"Effect":"Allow","Action":[%s],"Resource":["arn:aws:s3:::%s/*"]},\
               {"Effect":"Deny","Action":["admin:CreateServiceAccount","admin:UpdateServiceAccount"]}]}""".formatted(quoted(ON_BUCKET), bucket, quoted(ON_OBJECTS), bucket);
    }

    /** That of a key which puts objects below a folder and does nothing else. */
    static String forWriterTo(String bucket, String folder) {
        return """
               {"Version":"2012-10-17","Statement":[\
               {"Effect":"Allow","Action":["s3:PutObject"],"Resource":["arn:aws:s3:::%s/%s*"]},\
               {"Effect":"Deny","Action":["admin:CreateServiceAccount","admin:UpdateServiceAccount"]}]}""".formatted(bucket, folder);
    }

    private static String quoted(List<String> actions) {
        return actions.stream().map(action -> '"' + action + '"').collect(Collectors.joining(","));
    }
}
