package io.minicloud.controller.objectstore;

import java.util.Map;

/**
 * What the engine says of a bucket.
 *
 * @param name its name
 * @param tags its tags, the owner's among them; empty for none
 * @param versioning whether versions are kept
 */
public record BucketState(String name, Map<String, String> tags, Versioning versioning) {
    /** Keeps an immutable copy of the tags. */
    public BucketState {
        tags = Map.copyOf(tags);
    }
}
