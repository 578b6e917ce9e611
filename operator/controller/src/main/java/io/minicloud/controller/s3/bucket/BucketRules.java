package io.minicloud.controller.s3.bucket;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * S3's rules for names that the schema cannot know, since a name may come from the object.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">Bucket naming rules</a>
 */
final class BucketRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final List<String> RESERVED_PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> RESERVED_SUFFIXES =
            List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    private BucketRules() {}

    /** What is wrong with a name; empty when nothing is. */
    static Optional<String> nameProblem(String name) {
        if (!NAME.matcher(name).matches()
                || name.contains("..")
                || IP_ADDRESS.matcher(name).matches()) {
            return Optional.of(
                    "bucket name " + name + " is invalid: use 3 to 63 lower-case letters, digits, hyphens and"
                            + " single dots, beginning and ending with a letter or digit, and no IP address");
        }
        return RESERVED_PREFIXES.stream().anyMatch(name::startsWith)
                        || RESERVED_SUFFIXES.stream().anyMatch(name::endsWith)
                ? Optional.of("bucket name " + name + " begins or ends with what S3 reserves; choose another one")
                : Optional.empty();
    }
}
