package io.minicloud.reconcile.identity;

/**
 * Amazon resource names, which AWS tools can parse.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">Amazon Resource Names</a>
 */
public final class Arn {
    private Arn() {}

    /**
     * The ARN of a resource.
     *
     * @param service e.g. {@code ec2}
     * @param region e.g. {@code home-1}; empty for S3
     * @param account the 12-digit account id; empty for S3
     * @param resource e.g. {@code vpc/vpc-0f3a…}
     */
    public static String of(String service, String region, String account, String resource) {
        return String.join(":", "arn", "aws", service, region, account, resource);
    }
}
