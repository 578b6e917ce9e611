package io.minicloud.agent.accesslog;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;

/** A real MinIO on a free port of loopback with one bucket, {@code logs}. */
public final class Minio implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final String secret = UUID.randomUUID().toString();
    private Process process;

    /** Starts it, with its data in an empty folder. */
    public Minio(Path folder) throws IOException {
        this.folder = folder;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            client().makeBucket(MakeBucketArgs.builder().bucket("logs").build());
            return true;
        });
    }

    /** Starts it, or again after {@link #stop}. */
    public void start() throws IOException {
        var builder = new ProcessBuilder(
                program().toString(), "server", "--quiet", "--address", "127.0.0.1:" + port, folder + "/data");
        builder.environment().put("MINIO_ROOT_USER", "minicloud");
        builder.environment().put("MINIO_ROOT_PASSWORD", secret);
        builder.environment().put("MINIO_REGION", "home-1");
        builder.environment().put("MINIO_BROWSER", "off");
        builder.environment().put("HOME", folder.toString());
        process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** Ends it, as a crash does. */
    public void stop() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Where it is. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Its administrator's secret; the name is {@code minicloud}. */
    public String secret() {
        return secret;
    }

    /** The names of all objects; none while it does not answer. */
    public List<String> objects() {
        var names = new ArrayList<String>();
        try {
            for (var object : client().listObjects(ListObjectsArgs.builder()
                    .bucket("logs")
                    .recursive(true)
                    .build())) {
                names.add(object.get().objectName());
            }
        } catch (MinioException | GeneralSecurityException | IOException e) {
            return List.of();
        }
        return names;
    }

    /** The lines of all log files. */
    public List<String> entries() throws Exception {
        var entries = new ArrayList<String>();
        for (var name : objects()) {
            if (name.endsWith(".log.gz")) {
                try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(content(name)))) {
                    entries.addAll(new String(unzipped.readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .toList());
                }
            }
        }
        return entries;
    }

    /** The bytes of an object. */
    public byte[] content(String name) throws Exception {
        try (var object = client().getObject(
                        GetObjectArgs.builder().bucket("logs").object(name).build())) {
            return object.readAllBytes();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private MinioClient client() {
        return MinioClient.builder()
                .endpoint(endpoint())
                .region("home-1")
                .credentials("minicloud", secret)
                .build();
    }

    private static Path program() {
        var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .orElse(System.getProperty("user.home") + "/.cache");
        var bin = Optional.ofNullable(System.getenv("MINICLOUD_TOOLS_BIN")).orElse(cache + "/minicloud/tools/bin");
        return Path.of(bin, "minio");
    }
}
