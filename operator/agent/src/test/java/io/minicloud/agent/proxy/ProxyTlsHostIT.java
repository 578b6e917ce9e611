package io.minicloud.agent.proxy;

import static io.minicloud.agent.proxy.ProxyLab.address;
import static io.minicloud.agent.proxy.Specs.fixed;
import static io.minicloud.agent.proxy.Specs.group;
import static io.minicloud.agent.proxy.Specs.proxy;
import static io.minicloud.agent.proxy.Specs.targets;
import static io.minicloud.agent.proxy.Specs.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.container.ContainerLab;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyTargetGroup;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that end encryption, and those that hand on bytes, by the real HAProxy. Needs root. */
class ProxyTlsHostIT {
    private static final SystemCommands COMMANDS = new SystemCommands(MachineView.direct());

    @TempDir
    private static Path home;

    @TempDir
    private static Path run;

    private static ContainerLab containers;
    private static ProxyLab lab;

    @BeforeAll
    static void serve() throws IOException {
        containers = new ContainerLab(home, "lab");
        lab = new ProxyLab(containers, run);
        lab.target(11);
        for (var name : List.of("shop.lab", "news.lab")) {
            lab.certificate(name, Certificates.make(home, name));
        }
        var tls = new ProxyListener.Tls(
                List.of("shop.lab", "news.lab"),
                "TLSv1.2",
                null,
                "ECDHE-ECDSA-AES128-GCM-SHA256",
                "TLS_AES_128_GCM_SHA256");
        var modern = new ProxyListener.Tls(List.of("shop.lab"), "TLSv1.3", null, null, null);
        var spec = proxy(
                List.of(
                        new ProxyListener(443, "HTTPS", tls, List.of(), to(group(1))),
                        new ProxyListener(444, "TLS", modern, null, to(group(2))),
                        new ProxyListener(445, "HTTPS", modern, List.of(), fixed(200, "text/plain", "secret")),
                        new ProxyListener(8080, "TCP", null, null, to(group(2)))),
                targets(1, new ProxyTargetGroup.Stickiness("ProxyCookie", "AWSALB", 60), address(11)),
                Specs.bytes(2, address(11)));
        lab.settle(spec);
        lab.await(spec, 1, 11, "Healthy");
        lab.await(spec, 2, 11, "Healthy");
        lab.settle(spec);
    }

    @AfterAll
    static void close() {
        lab.close();
        containers.close();
    }

    @Test
    void theNameChoosesTheCertificateAndTheFirstIsTheDefault() {
        assertThat(subject("-servername", "news.lab")).contains("CN = news.lab");
        assertThat(subject("-servername", "shop.lab")).contains("CN = shop.lab");
        assertThat(subject("-servername", "other.lab")).contains("CN = shop.lab");
        assertThat(subject("-noservername")).contains("CN = shop.lab");
    }

    @Test
    void versionsAndCiphersAreThoseOfThePolicy() {
        assertThat(hello(443, "-tls1_2")).contains("Cipher is ECDHE-ECDSA-AES128-GCM-SHA256");
        assertThat(hello(443, "-tls1_3")).contains("Cipher is TLS_AES_128_GCM_SHA256");
        assertThat(hello(443, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384"))
                .contains("Cipher is (NONE)");
        assertThat(hello(445, "-tls1_3")).contains("Cipher is TLS_");
        assertThat(hello(445, "-tls1_2")).contains("Cipher is (NONE)");
    }

    @Test
    void clientsSpeakHttp2AndTargetsHttp1() {
        var answer = COMMANDS.require(
                Command.of("curl", "-sk", "--http2", "-w", "%{http_version}", "https://" + ProxyLab.PROXY + "/two"));
        assertThat(answer)
                .startsWith("target-11\nGET /two\n")
                .containsIgnoringCase("X-Forwarded-Proto=https\n")
                .endsWith("\n2");
    }

    /** Browsers take a cookie for other sites only when it is to be encrypted. */
    @Test
    void aCookieForOtherSitesIsToBeEncrypted() {
        var answer = COMMANDS.require(Command.of(
                "curl", "-sk", "--http1.1", "-D", "-", "-o", "/dev/null", "https://" + ProxyLab.PROXY + "/"));
        assertThat(answer.lines().filter(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie: ")))
                .satisfiesExactlyInAnyOrder(
                        own -> assertThat(own).matches("(?i)set-cookie: AWSALB=[0-9a-f]+; Expires=.* GMT; Path=/"),
                        second -> assertThat(second)
                                .matches(
                                        "(?i)set-cookie: AWSALBCORS=[0-9a-f]+; Expires=.* GMT; Path=/; SameSite=None; Secure"));
    }

    @Test
    void bytesAreHandedOn() throws Exception {
        try (var socket = new Socket(ProxyLab.PROXY, 8080)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("target-11")
                    .doesNotContainIgnoringCase("X-Forwarded");
        }
        assertThat(COMMANDS.require(Command.of("curl", "-sk", "https://" + ProxyLab.PROXY + ":444/")))
                .startsWith("target-11\n")
                .doesNotContainIgnoringCase("X-Forwarded");
    }

    private static String subject(String... options) {
        return hello(443, options)
                .lines()
                .filter(line -> line.startsWith("subject="))
                .findFirst()
                .orElse("");
    }

    private static String hello(int port, String... options) {
        var all = new ArrayList<>(List.of("openssl", "s_client", "-connect", ProxyLab.PROXY + ":" + port));
        all.addAll(List.of(options));
        return COMMANDS.run(Command.of(all.toArray(String[]::new))).stdout();
    }
}
