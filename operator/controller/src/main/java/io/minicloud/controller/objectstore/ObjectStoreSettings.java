package io.minicloud.controller.objectstore;

import java.time.Duration;

/**
 * How the engine is reached. Its text form never holds the secret.
 *
 * @param endpoint the URL by which the controller reaches it, e.g. {@code http://127.0.0.1:9000}
 * @param publicEndpoint the URL by which users reach it
 * @param region the region that the engine was started with
 * @param administrator the engine's root key
 * @param timeout after which any one call is given up
 */
public record ObjectStoreSettings(
        String endpoint, String publicEndpoint, String region, AccessKey administrator, Duration timeout) {
    /** Long enough for a batch of deletions on a busy disk, short enough to keep a worker of the controller free. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** Whether there is an engine and a key for it. */
    public boolean isConfigured() {
        return !endpoint.isEmpty()
                && !administrator.id().isEmpty()
                && !administrator.secret().isEmpty();
    }
}
