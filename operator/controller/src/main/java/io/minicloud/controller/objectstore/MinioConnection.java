package io.minicloud.controller.objectstore;

import io.minio.MinioClient;
import io.minio.admin.MinioAdminClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.bouncycastle.crypto.InvalidCipherTextException;

/** One way to one MinIO server: clients that share their connections, bounded calls, and errors put into our words. */
public final class MinioConnection {
    private static final int CONCURRENT_CALLS = 64;
    private static final int SERVER_ERROR = 500;

    private final ObjectStoreSettings settings;
    private final OkHttpClient http;

    /**
     * A connection; nothing is sent yet.
     *
     * @param settings where the server is and how to sign
     */
    public MinioConnection(ObjectStoreSettings settings) {
        this.settings = settings;
        // The default of five calls to one host would let calls wait where no timeout counts.
        var dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(CONCURRENT_CALLS);
        this.http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(settings.timeout().dividedBy(2))
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .callTimeout(settings.timeout())
                .build();
    }

    MinioClient client() {
        return client(settings.administrator());
    }

    MinioClient client(AccessKey key) {
        return MinioClient.builder()
                .endpoint(settings.endpoint())
                .region(settings.region())
                .credentials(key.id(), key.secret())
                .httpClient(http)
                .build();
    }

    MinioAdminClient adminClient() {
        return MinioAdminClient.builder()
                .endpoint(settings.endpoint())
                .region(settings.region())
                .credentials(
                        settings.administrator().id(), settings.administrator().secret())
                .httpClient(http)
                .build();
    }

    /** A call to the server, with everything that its client may throw. */
    interface Call<T> {
        T run() throws MinioException, IOException, GeneralSecurityException, InvalidCipherTextException;
    }

    /**
     * Makes a call and puts its failure into our words.
     *
     * @param what what is tried, for the message; never holds a secret
     * @throws ObjectStoreException when the server refused; its code is S3's
     * @throws ObjectStoreUnavailableException when it did not answer or cannot work now
     */
    <T> T call(String what, Call<T> call) {
        try {
            return call.run();
        } catch (ErrorResponseException e) {
            if (e.response().code() >= SERVER_ERROR) {
                throw unavailable(what, e);
            }
            throw new ObjectStoreException(
                    e.errorResponse().code(), what + ": " + e.errorResponse().message());
        } catch (MinioException | IOException | InvalidCipherTextException e) {
            throw unavailable(what, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot sign S3 requests", e);
        }
    }

    private ObjectStoreUnavailableException unavailable(String what, Exception cause) {
        return new ObjectStoreUnavailableException(what + " at " + settings.endpoint() + ": " + cause.getMessage());
    }
}
