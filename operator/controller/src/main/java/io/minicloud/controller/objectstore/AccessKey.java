package io.minicloud.controller.objectstore;

/**
 * A pair that signs requests to the engine. Its text form never holds the secret.
 *
 * @param id the access key id, e.g. {@code AKIA…}
 * @param secret the secret access key, 8 to 40 characters
 */
public record AccessKey(String id, String secret) {
    @Override
    public String toString() {
        return "AccessKey[id=" + id + "]";
    }
}
