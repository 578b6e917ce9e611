package io.minicloud.controller.s3.bucket;

/** The controller has no right to Secrets in the namespace of a bucket; the message names the remedy. */
final class SecretsForbiddenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SecretsForbiddenException(String namespace, Throwable cause) {
        super(
                "minicloud may not keep Secrets in namespace " + namespace
                        + ", so the bucket's key cannot be handed out:"
                        + " run hack/up again, or name the account in the chart's values.accounts and upgrade",
                cause);
    }
}
