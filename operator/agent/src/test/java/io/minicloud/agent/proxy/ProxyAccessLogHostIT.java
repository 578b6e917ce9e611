package io.minicloud.agent.proxy;

import static io.minicloud.agent.proxy.ProxyLab.address;
import static io.minicloud.agent.proxy.Specs.fixed;
import static io.minicloud.agent.proxy.Specs.group;
import static io.minicloud.agent.proxy.Specs.http;
import static io.minicloud.agent.proxy.Specs.redirect;
import static io.minicloud.agent.proxy.Specs.rule;
import static io.minicloud.agent.proxy.Specs.targets;
import static io.minicloud.agent.proxy.Specs.to;
import static io.minicloud.agent.proxy.Specs.when;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.accesslog.AccessLogs;
import io.minicloud.agent.accesslog.LogNames;
import io.minicloud.agent.accesslog.LogTarget;
import io.minicloud.agent.accesslog.Minio;
import io.minicloud.agent.accesslog.MinioLogBucket;
import io.minicloud.agent.container.ContainerLab;
import io.minicloud.api.host.ProxyAccessLog;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From requests through the real HAProxy to files in the real MinIO. Needs root. */
class ProxyAccessLogHostIT {
    private static final String NAME = "app/web/0123456789abcdef";

    @TempDir
    private Path home;

    @TempDir
    private Path run;

    @TempDir
    private Path state;

    @TempDir
    private Path data;

    private final String nonce = UUID.randomUUID().toString();
    private ContainerLab containers;
    private ProxyLab lab;
    private Minio minio;
    private AccessLogs logs;
    private ProxySpec spec;
    private EchoTarget target;

    @BeforeEach
    void serve() throws IOException {
        containers = new ContainerLab(home, "lab");
        lab = new ProxyLab(containers, run);
        minio = new Minio(data);
        target = lab.target(11);
        spec = spec(60);
        lab.settle(spec);
        lab.await(spec, 1, 11, "Healthy");
        lab.settle(spec);
        logs = logs();
        logs.keep(lab.id(), logTarget(), LogNames.of(spec));
    }

    @AfterEach
    void close() {
        if (logs != null) {
            logs.close();
        }
        lab.close();
        containers.close();
        minio.close();
    }

    @Test
    void eachRequestIsALineOfAFileInTheBucket() throws Exception {
        assertThat(lab.who(80, "/" + nonce + "?a=1")).isEqualTo("target-11");
        lab.get(80, "/fixed/" + nonce);
        lab.get(80, "/away/" + nonce);
        lab.get(81, "/nobody/" + nonce);
        Raw.send("GET / " + nonce + "\r\n\r\n");
        var nasty = "a\"b\\c\t{}[]%#ü€ 'd";
        Raw.get("/nasty\"" + nonce, "Host: shop.lab", "User-Agent: " + nasty);
        Raw.get("/long/" + nonce, "Host: shop.lab", "User-Agent: " + "x".repeat(8_192));

        var entries = entries(7);
        assertThat(entries).hasSize(7);
        assertThat(only(entries, "/" + nonce + "?a=1 "))
                .matches("http \\S+Z " + NAME
                        + " 198\\.18\\.77\\.10:\\d+ 198\\.18\\.77\\.11:8080 0\\.\\d{3} 0\\.\\d{3} 0\\.000 200 200 \\d+ \\d+"
                        + " \"GET http://198\\.18\\.77\\.1:80/" + nonce
                        + "\\?a=1 HTTP/1\\.1\" \"Java-http-client/[0-9.]+\" - -"
                        + " arn:aws:elasticloadbalancing:home-1:111122223333:targetgroup/one/0000000000000001"
                        + " \"Root=1-[0-9A-Fa-f]{8}-[0-9a-f]{24}\" \"-\" \"-\" 0 \\S+Z \"forward\" \"-\" \"-\""
                        + " \"198\\.18\\.77\\.11:8080\" \"200\" \"-\" \"-\" TID_[0-9a-f]{32} \"-\" \"-\" \"-\"");
        assertThat(only(entries, "/fixed/" + nonce))
                .contains(" - -1 -1 -1 418 - ", " 10 ", " \"fixed-response\" \"-\" ");
        assertThat(only(entries, "/away/" + nonce))
                .contains(" - -1 -1 -1 301 - ", " 20 ", " \"redirect\" \"http://elsewhere.lab:80/" + nonce + "\" ");
        assertThat(only(entries, "/nobody/" + nonce))
                .contains(" - -1 -1 -1 503 - ", "targetgroup/two/0000000000000002 ", " 0 ", " \"forward\" ");
        assertThat(only(entries, "\"- http://"))
                .contains(" - -1 -1 -1 400 - ", "\"- http://198.18.77.1:80- -\" \"-\" - - - \"-\" \"-\" \"-\" - ");
        assertThat(only(entries, "/nasty\\x22" + nonce))
                .contains(" \"a\\x22b\\x5Cc\\x09{}[]%#\\xC3\\xBC\\xE2\\x82\\xAC 'd\" ");
        assertThat(only(entries, "/long/" + nonce)).contains(" \"" + "x".repeat(3_000) + "\" ");
        assertThat(minio.objects())
                .contains("web/AWSLogs/111122223333/ELBAccessLogTestFile")
                .anyMatch(
                        name -> name.matches(
                                "web/AWSLogs/111122223333/elasticloadbalancing/home-1/\\d{4}/\\d\\d/\\d\\d/111122223333_elasticloadbalancing_home-1_app\\.web\\.0123456789abcdef_\\d{8}T\\d{4}Z_203\\.0\\.113\\.7_[0-9a-f]{8}\\.log\\.gz"));
        assertThat(new String(
                        minio.content("web/AWSLogs/111122223333/ELBAccessLogTestFile"), StandardCharsets.US_ASCII))
                .endsWith(NAME);
        nothingIsTold();
    }

    @Test
    void whatTheBucketDoesNotTakeWaits() throws Exception {
        lab.get(80, "/before/" + nonce);
        entries(1);
        minio.stop();
        lab.get(80, "/away-1/" + nonce);
        await().atMost(20, SECONDS).until(() -> !waiting().isEmpty());
        lab.get(80, "/away-2/" + nonce);
        await().atMost(20, SECONDS).until(() -> waiting().size() >= 2);
        logs.close();
        logs = logs();
        logs.keep(lab.id(), logTarget(), LogNames.of(spec));
        minio.start();

        assertThat(entries(3))
                .hasSize(3)
                .anyMatch(entry -> entry.contains("/away-1/"))
                .anyMatch(entry -> entry.contains("/away-2/"));
        await().atMost(20, SECONDS).untilAsserted(() -> assertThat(waiting()).isEmpty());
    }

    /** Of what is asked while no agent hears, and of what ends in a process that was told to end, nothing is lost or told twice. */
    @Test
    void neitherANewAgentNorANewProcessLosesALine() throws Exception {
        var slow = Thread.ofVirtual().start(() -> {
            try {
                lab.get(80, "/slow");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (int count = 0; count < 20; count++) {
            lab.get(80, "/one/" + count);
        }
        entries(20);
        logs.close();
        for (int count = 0; count < 20; count++) {
            lab.get(80, "/two/" + count);
        }
        logs = logs();
        logs.keep(lab.id(), logTarget(), LogNames.of(spec));
        entries(40);

        lab.settle(spec(61));
        target.release();
        slow.join(10_000);
        for (int count = 0; count < 20; count++) {
            lab.get(80, "/three/" + count);
        }

        var entries = entries(61);
        assertThat(entries).hasSize(61).doesNotHaveDuplicates();
        assertThat(entries).filteredOn(entry -> entry.contains(":80/slow ")).hasSize(1);
        IntStream.range(0, 20).forEach(count -> assertThat(entries)
                .filteredOn(entry -> entry.contains("/two/" + count + " "))
                .hasSize(1));
        await().atMost(20, SECONDS).until(() -> lab.processes().size() == 1);
    }

    @Test
    void aLogThatIsSwitchedOffLeavesNothingAndCostsNothing() throws Exception {
        lab.get(80, "/last/" + nonce);
        // A file lasts a second here, and is in the bucket by then.
        await().atMost(10, SECONDS)
                .until(() -> Files.exists(folder().resolve("current"))
                        || !minio.entries().isEmpty());
        lab.settle(spec.withAccessLog(null));
        logs.forget(lab.id());

        assertThat(minio.entries()).hasSize(1);
        assertThat(folder()).doesNotExist();
        assertThat(Files.readString(lab.folder().resolve("files/haproxy.cfg")))
                .doesNotContain("log-format", ProxyFolder.SOCKETS + "/" + ProxyFolder.LOG);
    }

    /** No key in what a person of this machine may read. */
    private void nothingIsTold() throws IOException {
        try (Stream<Path> all = Stream.concat(Files.walk(lab.folder()), Files.walk(state))) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(minio.secret());
            }
        }
        assertThat(logTarget().toString()).doesNotContain(minio.secret());
    }

    private List<String> entries(int count) {
        await().atMost(30, SECONDS).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> assertThat(minio.entries())
                .hasSizeGreaterThanOrEqualTo(count));
        try {
            return minio.entries();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String only(List<String> entries, String part) {
        assertThat(entries).filteredOn(entry -> entry.contains(part)).hasSize(1);
        return entries.stream()
                .filter(entry -> entry.contains(part))
                .findFirst()
                .orElseThrow();
    }

    private Path folder() {
        return state.resolve("access-logs").resolve(lab.id());
    }

    private List<Path> waiting() throws IOException {
        try (Stream<Path> all = Files.walk(folder().resolve("waiting"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private AccessLogs logs() {
        return new AccessLogs(lab.proxies(), new MinioLogBucket(), state, Duration.ofSeconds(1), Clock.systemUTC());
    }

    private LogTarget logTarget() {
        return LogTarget.of(spec, "minicloud", minio.secret());
    }

    private ProxySpec spec(int idleSeconds) {
        var listeners = List.<ProxyListener>of(
                http(
                        80,
                        to(group(1)),
                        rule(10, fixed(418, null, null), when("path-pattern", "/fixed/*")),
                        rule(
                                20,
                                redirect("HTTP", "elsewhere.lab", "80", "/" + nonce, ""),
                                when("path-pattern", "/away/*"))),
                http(81, to(group(2))));
        return new ProxySpec(
                listeners,
                List.of(
                        Specs.named(targets(1, address(11)), "targetgroup/one/0000000000000001"),
                        Specs.named(targets(2), "targetgroup/two/0000000000000002")),
                idleSeconds,
                3600,
                true,
                "Append",
                NAME,
                "home-1a",
                new ProxyAccessLog(
                        "logs", "web", "111122223333", "home-1", minio.endpoint(), "key", "203.0.113.7", null));
    }
}
