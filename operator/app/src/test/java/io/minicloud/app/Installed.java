package io.minicloud.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.api.testing.Tools;
import io.minicloud.app.chart.Chart;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The chart for the hosts tower and shed and the account lab on a real API server, and the packaged program on it. */
public final class Installed {
    static final Duration START = Duration.ofMinutes(2);

    private final Path folder;
    private final ApiServer server = ApiServer.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Program> started = new ArrayList<>();

    /** Installs; credentials, state and logs go into the folder. */
    public Installed(Path folder) {
        this.folder = folder;
        for (var namespace : new String[] {
            "minicloud-system",
            "minicloud-fabric",
            "minicloud-authorities",
            "minicloud-host-tower",
            "minicloud-host-shed",
            "lab"
        }) {
            server.namespace(namespace);
        }
        server.apply(Chart.render("tower", "shed", "lab"));
        server.kubeconfig(
                server.serviceAccountConfig("minicloud-system", "minicloud-controller"), folder.resolve("controller"));
        server.kubeconfig(
                server.serviceAccountConfig("minicloud-host-tower", "minicloud-agent"), folder.resolve("agent"));
        server.kubeconfig(server.adminConfig(), folder.resolve("admin"));
    }

    /** A client that may do everything. */
    public KubernetesClient admin() {
        return server.admin();
    }

    /** Applies the objects of a YAML text with all rights. */
    public void apply(String yaml) {
        server.apply(yaml);
    }

    /** Starts the program with these properties beside those that it always needs. */
    public Program start(String... properties) throws IOException {
        var jar = Tools.repository("operator/app/target/quarkus-app/quarkus-run.jar");
        assertThat(jar).as("run mvn package -pl operator/app -am first").exists();
        var port = freePort();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dminicloud.host=tower",
                "-Dminicloud.home=" + folder.resolve("home"),
                "-Dminicloud.controller.kubeconfig=" + folder.resolve("controller"),
                "-Dminicloud.agent.kubeconfig=" + folder.resolve("agent"),
                "-Dminicloud.s3.endpoint=http://127.0.0.1:9",
                "-Dminicloud.s3.credentials-file=" + credentials(),
                "-Dquarkus.http.port=" + port));
        Arrays.stream(properties).map(property -> "-D" + property).forEach(command::add);
        command.addAll(List.of("-jar", jar.toString()));
        var log = folder.resolve("log-" + port);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var program = new Program(process, log, URI.create("http://127.0.0.1:" + port + "/q/health/ready"), http);
        started.add(program);
        return program;
    }

    /** Runs the real kubectl with all rights and returns what it printed. */
    String kubectl(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Tools.program("kubectl").toString(),
                "--kubeconfig",
                folder.resolve("admin").toString()));
        command.addAll(Arrays.asList(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Ends what it started. */
    public void remove() throws InterruptedException {
        for (var program : started) {
            program.process().destroyForcibly().waitFor();
        }
        http.close();
        server.close();
    }

    private Path credentials() throws IOException {
        return Files.writeString(folder.resolve("s3"), "MINIO_ROOT_USER=admin\nMINIO_ROOT_PASSWORD=never-used-here\n");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A process of the program. */
    public record Program(Process process, Path logFile, URI readiness, HttpClient http) {
        /** What it has logged so far. */
        public String log() throws IOException {
            return Files.readString(logFile);
        }

        /** Waits until all its brains work. */
        void awaitReady() throws IOException {
            await().atMost(START).until(() -> !process.isAlive() || ready());
            assertThat(process.isAlive()).as(log()).isTrue();
        }

        /** Waits for a line, or for the end of the process. */
        public void awaitLog(String text) {
            await().atMost(START).until(() -> !process.isAlive() || log().contains(text));
        }

        /** What Prometheus would read. */
        String metrics() throws IOException, InterruptedException {
            var request =
                    HttpRequest.newBuilder(readiness.resolve("/q/metrics")).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }

        private boolean ready() throws InterruptedException {
            try {
                var request = HttpRequest.newBuilder(readiness).build();
                return http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
