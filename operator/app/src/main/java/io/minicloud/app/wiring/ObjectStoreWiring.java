package io.minicloud.app.wiring;

import io.minicloud.app.Configuration;
import io.minicloud.controller.objectstore.AbsentObjectStore;
import io.minicloud.controller.objectstore.AccessKey;
import io.minicloud.controller.objectstore.AccessKeys;
import io.minicloud.controller.objectstore.MinioAccessKeys;
import io.minicloud.controller.objectstore.MinioConnection;
import io.minicloud.controller.objectstore.MinioObjectStore;
import io.minicloud.controller.objectstore.ObjectStore;
import io.minicloud.controller.objectstore.ObjectStoreSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The S3 engine that the controller drives; without an endpoint, buckets wait. */
@Singleton
public class ObjectStoreWiring {
    @Produces
    @Singleton
    ObjectStoreSettings settings(Configuration configuration) {
        var s3 = configuration.s3();
        var endpoint = s3.endpoint().map(URI::toString).orElse("");
        return new ObjectStoreSettings(
                endpoint,
                s3.publicEndpoint().map(URI::toString).orElse(endpoint),
                configuration.region(),
                s3.credentialsFile().map(ObjectStoreWiring::administrator).orElse(new AccessKey("", "")),
                ObjectStoreSettings.DEFAULT_TIMEOUT);
    }

    @Produces
    @Singleton
    ObjectStore store(ObjectStoreSettings settings) {
        return settings.isConfigured() ? new MinioObjectStore(new MinioConnection(settings)) : new AbsentObjectStore();
    }

    @Produces
    @Singleton
    AccessKeys keys(ObjectStoreSettings settings) {
        return settings.isConfigured() ? new MinioAccessKeys(new MinioConnection(settings)) : new AbsentObjectStore();
    }

    private static AccessKey administrator(Path file) {
        var lines = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("the credentials of the S3 engine cannot be read from " + file, e);
        }
        return new AccessKey(lines.getProperty("MINIO_ROOT_USER", ""), lines.getProperty("MINIO_ROOT_PASSWORD", ""));
    }
}
