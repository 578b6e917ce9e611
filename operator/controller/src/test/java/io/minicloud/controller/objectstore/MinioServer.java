package io.minicloud.controller.objectstore;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real MinIO on a free port of loopback with a folder of its own, for one test class. */
public final class MinioServer implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final AccessKey administrator =
            new AccessKey("minicloud", UUID.randomUUID().toString());
    private Process process;

    /** Starts the server and waits until it answers. */
    public MinioServer() throws IOException {
        folder = Files.createTempDirectory("minicloud-minio-");
        port = freePort();
        start();
    }

    /** Starts the server again after {@link #stop}: same port, same data. */
    public void start() throws IOException {
        var builder = new ProcessBuilder(
                program().toString(), "server", "--quiet", "--address", "127.0.0.1:" + port, folder + "/data");
        builder.environment().put("MINIO_ROOT_USER", administrator.id());
        builder.environment().put("MINIO_ROOT_PASSWORD", administrator.secret());
        builder.environment().put("MINIO_REGION", "home-1");
        builder.environment().put("MINIO_BROWSER", "off");
        builder.environment().put("HOME", folder.toString());
        process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(this::isReady);
    }

    /** Ends the server, as a crash does. */
    public void stop() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** How to reach it as its administrator, with a timeout short enough for tests of outages. */
    public ObjectStoreSettings settings() {
        var url = "http://127.0.0.1:" + port;
        return new ObjectStoreSettings(url, url, "home-1", administrator, Duration.ofSeconds(8));
    }

    @Override
    public void close() throws IOException {
        stop();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(settings().endpoint() + "/minio/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path program() {
        var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .orElse(System.getProperty("user.home") + "/.cache");
        var bin = Optional.ofNullable(System.getenv("MINICLOUD_TOOLS_BIN")).orElse(cache + "/minicloud/tools/bin");
        return Path.of(bin, "minio");
    }
}
