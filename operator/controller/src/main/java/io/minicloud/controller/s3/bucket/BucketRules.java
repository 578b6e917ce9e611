package io.minicloud.controller.s3.bucket;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * S3's rules for names and tags that the schema cannot know, since a name may come from the object.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">Bucket naming rules</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html">Bucket tags</a>
 */
final class BucketRules {
    /** S3 allows 50 tags; one each says whose the bucket is and in which account. */
    static final int MAX_TAGS = 48;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final Pattern TAG_TEXT = Pattern.compile("[\\p{L}\\p{N}\\p{Zs}_.:/=+\\-@]*");
    private static final int MAX_TAG_KEY = 128;
    private static final int MAX_TAG_VALUE = 256;
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

    /** What is wrong with the tags; empty when nothing is. */
    static Optional<String> tagProblem(Map<String, String> tags) {
        if (tags.size() > MAX_TAGS) {
            return Optional.of("at most " + MAX_TAGS + " tags; minicloud needs the other two of S3's 50");
        }
        return tags.entrySet().stream()
                .filter(tag -> !validTag(tag.getKey(), tag.getValue()))
                .findFirst()
                .map(tag -> "tag " + tag.getKey() + " is invalid: keys up to " + MAX_TAG_KEY + " and values up to "
                        + MAX_TAG_VALUE + " letters, digits, spaces and _.:/=+-@, no key beginning with aws: or"
                        + " minicloud.io/");
    }

    private static boolean validTag(String key, String value) {
        return !key.isEmpty()
                && key.length() <= MAX_TAG_KEY
                && value.length() <= MAX_TAG_VALUE
                && TAG_TEXT.matcher(key).matches()
                && TAG_TEXT.matcher(value).matches()
                && !key.startsWith("aws:")
                && !key.startsWith(BucketDemand.TAG_PREFIX);
    }
}
