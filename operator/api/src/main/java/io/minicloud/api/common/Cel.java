package io.minicloud.api.common;

/** Rules of the schema that several kinds share, in the Common Expression Language of Kubernetes. */
public final class Cel {
    /** AWS's limits on the keys of tags; the number of tags and the length of values are bounded by the schema. */
    public static final String TAGS =
            "!has(self.tags) || self.tags.all(k, size(k) >= 1 && size(k) <= 128 && !k.matches('^[aA][wW][sS]:'))";

    public static final String TAGS_MESSAGE =
            "a tag key has 1 to 128 characters and does not begin with aws:, which is reserved";

    private Cel() {}
}
