package io.minicloud.agent.accesslog;

import io.minio.MinioClient;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import okhttp3.OkHttpClient;

/** A bucket behind S3's protocol, by MinIO's client, which speaks it to others too. */
public final class MinioLogBucket implements LogBucket {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final OkHttpClient http =
            new OkHttpClient.Builder().callTimeout(TIMEOUT).build();

    @Override
    public void put(LogTarget target, String key, Path file) throws IOException {
        var client = MinioClient.builder()
                .endpoint(target.log().endpoint())
                .region(target.log().region())
                .credentials(target.accessKeyId(), target.secretAccessKey())
                .httpClient(http)
                .build();
        try {
            client.uploadObject(UploadObjectArgs.builder()
                    .bucket(target.log().bucket())
                    .object(key)
                    .filename(file.toString())
                    .build());
        } catch (MinioException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
