package io.minicloud.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.api.common.Condition;
import io.minicloud.api.host.Host;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, as its own process under the rights of the chart, against a real API server. */
class OperatorApiIT {
    /** Every reconciler of both brains. A module without its index would lose them in silence. */
    private static final List<String> RECONCILERS = List.of(
            "account",
            "bucket",
            "host",
            "hostdisk",
            "hostimage",
            "hostinterface",
            "hostmachine",
            "hostnetwork",
            "image",
            "instance",
            "networkinterface",
            "securitygroup",
            "subnet",
            "volume",
            "vpc");

    private static final Duration START = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private ApiServer server;

    @BeforeEach
    void install() {
        server = ApiServer.start();
        for (var namespace : new String[] {
            "minicloud-system", "minicloud-fabric", "minicloud-host-tower", "minicloud-host-shed", "lab"
        }) {
            server.namespace(namespace);
        }
        server.apply(Chart.render("tower", "shed", "lab"));
        server.kubeconfig(
                server.serviceAccountConfig("minicloud-system", "minicloud-controller"), folder.resolve("controller"));
        server.kubeconfig(
                server.serviceAccountConfig("minicloud-host-tower", "minicloud-agent"), folder.resolve("agent"));
    }

    @AfterEach
    void remove() throws InterruptedException {
        for (var process : started) {
            process.destroyForcibly().waitFor();
        }
        http.close();
        server.close();
    }

    @Test
    void bothBrainsStartTellOfTheHostAndStop() throws Exception {
        var port = freePort();

        var program = start(port, "minicloud.embedded=true");
        await().atMost(START).until(() -> !program.isAlive() || ready(port));

        assertThat(program.isAlive()).as(log(port)).isTrue();
        assertThat(names(log(port))).containsExactlyElementsOf(RECONCILERS);
        await().atMost(START).until(() -> host("tower").getStatus() != null);
        var status = host("tower").getStatus();
        assertThat(status.capacity().memoryMiB()).isPositive();
        assertThat(status.conditions()).extracting(Condition::type).contains("Accepted", "Programmed", "Ready");
        assertThat(host("shed").getStatus()).isNull();
        var renewed = renewTime();
        await().atMost(START).until(() -> !renewTime().equals(renewed));

        program.destroy();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void bothBrainsInOneProcessAreRefusedAgainstACluster() throws Exception {
        var port = freePort();

        var program = start(port);

        assertThat(program.waitFor(START.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isNotZero();
        assertThat(log(port)).contains("minicloud.roles names controller and agent");
    }

    @Test
    void aSecondControllerTakesOverFromOneThatIsStopped() throws Exception {
        var first = freePort();
        var leader = start(first, "minicloud.roles=controller");
        await().atMost(START).until(() -> !leader.isAlive() || log(first).contains("this controller leads"));
        var second = freePort();
        var heir = start(second, "minicloud.roles=controller");
        await().atMost(START).until(() -> !heir.isAlive() || log(second).contains("Installed features"));

        leader.destroy();

        assertThat(leader.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(log(first)).contains("lease given back");
        await().atMost(START).until(() -> log(second).contains("this controller leads"));
        assertThat(heir.isAlive()).isTrue();
    }

    private Process start(int port, String... properties) throws IOException {
        var jar = Tools.repository("operator/app/target/quarkus-app/quarkus-run.jar");
        assertThat(jar).as("run mvn package -pl operator/app -am first").exists();
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
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log-" + port).toFile())
                .start();
        started.add(process);
        return process;
    }

    private Path credentials() throws IOException {
        return Files.writeString(folder.resolve("s3"), "MINIO_ROOT_USER=admin\nMINIO_ROOT_PASSWORD=never-used-here\n");
    }

    private boolean ready(int port) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private Host host(String name) {
        return server.admin().resources(Host.class).withName(name).get();
    }

    private String renewTime() {
        return server.admin()
                .leases()
                .inNamespace("minicloud-host-tower")
                .withName("tower")
                .get()
                .getSpec()
                .getRenewTime()
                .toString();
    }

    private String log(int port) throws IOException {
        return Files.readString(folder.resolve("log-" + port));
    }

    private static List<String> names(String log) {
        var matcher =
                Pattern.compile("reconcilers=\\[([^]]*)\\] minicloud runs").matcher(log);
        assertThat(matcher.find()).as(log).isTrue();
        return List.of(matcher.group(1).split(", "));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
