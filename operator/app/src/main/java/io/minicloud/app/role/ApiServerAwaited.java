package io.minicloud.app.role;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until the API server answers. A start without one would fail, and each failed start makes Kubernetes wait longer
 * before the next, up to five minutes, though the API server is back.
 */
final class ApiServerAwaited {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServerAwaited.class);
    private static final int PAUSE_SECONDS = 2;

    /** The exit status after a SIGTERM. */
    private static final int TERMINATED = 143;

    private ApiServerAwaited() {}

    /**
     * Returns when the API server has answered, also with a refusal: what it refuses, the start tells. A SIGTERM meanwhile
     * ends the process.
     *
     * @param config where it is, and who asks
     * @throws InterruptedException when the thread is interrupted
     */
    static void by(Config config) throws InterruptedException {
        // The framework would wait for the end of the start before it stops anything; here nothing has begun.
        var end = new Thread(() -> Runtime.getRuntime().halt(TERMINATED), "end before the start");
        Runtime.getRuntime().addShutdownHook(end);
        // Its own repetitions would take longer and longer, too.
        var impatient =
                new ConfigBuilder(config).withRequestRetryBackoffLimit(0).build();
        try (var client = new KubernetesClientBuilder()
                .withConfig(impatient)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build()) {
            var never = new CountDownLatch(1);
            for (var told = false; ; told = true) {
                var silence = silence(client);
                if (silence.isEmpty()) {
                    break;
                }
                if (!told) {
                    LOG.atWarn()
                            .addKeyValue("server", config.getMasterUrl())
                            .addKeyValue("why", silence.get())
                            .log("the API server does not answer: waiting for it");
                }
                never.await(PAUSE_SECONDS, TimeUnit.SECONDS);
            }
        }
        Runtime.getRuntime().removeShutdownHook(end);
    }

    /** Why there was no answer; empty when there was one. */
    private static Optional<String> silence(KubernetesClient client) {
        try {
            client.getKubernetesVersion();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            var answered = e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST
                    && e.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR;
            return answered ? Optional.empty() : Optional.of(String.valueOf(e.getCause() == null ? e : e.getCause()));
        }
    }
}
