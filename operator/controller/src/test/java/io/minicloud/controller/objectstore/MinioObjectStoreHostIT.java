package io.minicloud.controller.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.SetBucketTagsArgs;
import io.minio.errors.ErrorResponseException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MinioObjectStoreHostIT extends ObjectStoreContract {
    private static MinioServer server;
    private static MinioConnection connection;

    @BeforeAll
    static void start() throws Exception {
        server = new MinioServer();
        connection = new MinioConnection(server.settings());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    protected ObjectStore store() {
        return new MinioObjectStore(connection);
    }

    @Override
    protected AccessKeys keys() {
        return new MinioAccessKeys(connection);
    }

    @Override
    protected void write(String object) {
        write(connection.client(), bucket, object, "");
    }

    @Test
    void aWritersKeyPutsBelowItsFolderAndDoesNothingElse() throws Exception {
        store().create(bucket);
        var key = new AccessKey("AKIA" + bucket.substring(9, 17).toUpperCase(), "secret-of-this-one-key");
        keys().putWriter(key, bucket, "web/AWSLogs/1/");
        var client = connection.client(key);

        write(client, bucket, "web/AWSLogs/1/a", "x");

        for (var elsewhere : List.of("web/AWSLogs/2/a", "web/b", "a")) {
            assertThatThrownBy(() -> write(client, bucket, elsewhere, "x")).hasMessageContaining("Access Denied");
        }
        assertThatThrownBy(() -> client.getObject(GetObjectArgs.builder()
                        .bucket(bucket)
                        .object("web/AWSLogs/1/a")
                        .build()))
                .hasMessageContaining("Access Denied");
        assertThat(keys().works(key, bucket)).isFalse();
        keys().revoke(key.id());
        assertThatThrownBy(() -> write(client, bucket, "web/AWSLogs/1/b", "x")).hasMessageContaining("Access Key Id");
    }

    @Test
    void aKeyReadsAndWritesItsBucketAndIsRefusedElsewhere() throws Exception {
        var other = "other-" + bucket;
        store().create(bucket);
        store().create(other);
        var key = new AccessKey("AKIA" + bucket.substring(9, 17).toUpperCase(), "secret-of-this-one-key");
        keys().put(key, bucket);
        var nonce = UUID.randomUUID().toString();
        var client = connection.client(key);

        write(client, bucket, "nonce", nonce);

        try (var answer = connection
                .client()
                .getObject(
                        GetObjectArgs.builder().bucket(bucket).object("nonce").build())) {
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(nonce);
        }
        assertThatThrownBy(() -> write(client, other, "nonce", nonce))
                .hasCauseInstanceOf(ErrorResponseException.class)
                .hasMessageContaining("Access Denied");
        // The owner tag is not the account's to change.
        assertThatThrownBy(() -> client.setBucketTags(SetBucketTagsArgs.builder()
                        .bucket(bucket)
                        .tags(Map.of("minicloud.io/owner", "me"))
                        .build()))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        e -> assertThat(e.errorResponse().code()).isEqualTo("AccessDenied"));
    }

    @Test
    void anOutageIsToldFromARefusal() throws Exception {
        try (var shortLived = new MinioServer()) {
            var store = new MinioObjectStore(new MinioConnection(shortLived.settings()));
            var keys = new MinioAccessKeys(new MinioConnection(shortLived.settings()));
            shortLived.stop();

            assertThatThrownBy(() -> store.find(bucket)).isInstanceOf(ObjectStoreUnavailableException.class);
            assertThatThrownBy(() -> keys.revoke("AKIA00000000")).isInstanceOf(ObjectStoreUnavailableException.class);

            shortLived.start();
            assertThat(store.find(bucket)).isEmpty();
        }
    }

    private static void write(MinioClient client, String bucket, String object, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            client.putObject(PutObjectArgs.builder().bucket(bucket).object(object).stream(
                            new ByteArrayInputStream(bytes), bytes.length, -1)
                    .build());
        } catch (Exception e) {
            throw new IllegalStateException("write " + object + ": " + e.getMessage(), e);
        }
    }
}
