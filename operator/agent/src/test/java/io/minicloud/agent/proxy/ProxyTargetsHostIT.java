package io.minicloud.agent.proxy;

import static io.minicloud.agent.proxy.ProxyLab.address;
import static io.minicloud.agent.proxy.Specs.draining;
import static io.minicloud.agent.proxy.Specs.fixed;
import static io.minicloud.agent.proxy.Specs.group;
import static io.minicloud.agent.proxy.Specs.http;
import static io.minicloud.agent.proxy.Specs.of;
import static io.minicloud.agent.proxy.Specs.proxy;
import static io.minicloud.agent.proxy.Specs.rule;
import static io.minicloud.agent.proxy.Specs.target;
import static io.minicloud.agent.proxy.Specs.targets;
import static io.minicloud.agent.proxy.Specs.to;
import static io.minicloud.agent.proxy.Specs.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.api.host.ProxyTargetGroup.Stickiness;
import io.minicloud.reconcile.plan.ActionFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The targets of a proxy and its changes, by the real HAProxy. Each pass is that of an agent that has just started. Needs root. */
class ProxyTargetsHostIT extends ProxyStory {
    private EchoTarget first;
    private EchoTarget second;

    @BeforeEach
    void makeTheTargets() throws IOException {
        first = lab.target(11);
        second = lab.target(12);
    }

    @Test
    void aTargetGoesWithItsHealthAndComesBack() throws Exception {
        var spec = serve(targets(1, address(11), address(12)));
        assertThat(answering(20)).containsOnly("target-11", "target-12");

        first.health(500);
        lab.await(spec, 1, 11, "Unhealthy");
        assertThat(lab.health(group(1), 11).cause()).isEqualTo("ResponseCodeMismatch");
        assertThat(lab.health(group(1), 11).responseCode()).isEqualTo(500);
        assertThat(answering(20)).containsOnly("target-12");

        second.hang();
        lab.await(spec, 1, 12, "Unhealthy");
        assertThat(lab.health(group(1), 12).cause()).isEqualTo("Timeout");
        assertThat(answering(20)).as("fail open").containsOnly("target-11", "target-12");

        second.release();
        lab.await(spec, 1, 12, "Healthy");
        assertThat(answering(20)).containsOnly("target-12");
        first.health(204);
        lab.await(spec, 1, 11, "Healthy");
        assertThat(answering(20)).containsOnly("target-11", "target-12");
    }

    @Test
    void aNewTargetGetsNothingBeforeItsFirstCheckAndOneIsEnough() throws Exception {
        serve(Specs.patient(1, address(11)));
        second.hang();
        var both = listening(Specs.patient(1, address(11), address(12)));
        lab.pass(both);
        assertThat(lab.health(group(1), 12).state()).isEqualTo("Initial");
        assertThat(answering(20)).containsOnly("target-11");

        var third = lab.target(13);
        var all = listening(Specs.patient(1, address(11), address(12), address(13)));
        await().atMost(10, SECONDS).until(() -> {
            lab.pass(all);
            return answering(3).contains("target-13");
        });
        assertThat(third.served()).isPositive();
        assertThat(second.served()).isZero();
    }

    @Test
    void aDrainingTargetEndsWhatItBeganAndGetsNothingMore() throws Exception {
        var sticky = new Stickiness("ProxyCookie", "AWSALB", 3600);
        var spec = serve(of(1, sticky, List.of(target(address(11)), target(address(12)))));
        var cookie = cookieOf("target-11");
        assertThat(lab.who(lab.request(80, "/").header("Cookie", cookie))).isEqualTo("target-11");
        var begun = CompletableFuture.supplyAsync(() -> who("/slow", cookie));
        await().until(() -> first.served() > 0 && !begun.isDone());
        int before = first.served();

        lab.settle(listening(of(1, sticky, List.of(draining(address(11)), target(address(12))))));
        for (int request = 0; request < 20; request++) {
            assertThat(lab.who(lab.request(80, "/").header("Cookie", cookie))).isEqualTo("target-12");
        }
        lab.settle(listening(of(1, sticky, List.of(target(address(12))))));
        assertThat(begun).isNotDone();
        first.release();
        assertThat(begun.get(5, SECONDS)).isEqualTo("target-11");
        assertThat(first.served()).isEqualTo(before);

        lab.settle(spec);
        lab.await(spec, 1, 11, "Healthy");
        assertThat(answering(20)).containsOnly("target-11", "target-12");
    }

    @Test
    void aClientStaysWithItsTarget() throws Exception {
        var spec = serve(of(
                1, new Stickiness("ProxyCookie", "AWSALB", 3600), List.of(target(address(11)), target(address(12)))));
        var cookie = cookieOf("target-12");
        for (int request = 0; request < 20; request++) {
            assertThat(lab.who(lab.request(80, "/").header("Cookie", cookie))).isEqualTo("target-12");
            assertThat(lab.who(lab.request(80, "/").header("Cookie", cookie.replace("AWSALB=", "AWSALBCORS="))))
                    .isEqualTo("target-12");
        }
        assertThat(lab.get(80, "/").headers().allValues("set-cookie"))
                .satisfiesExactlyInAnyOrder(
                        own -> assertThat(own).matches("AWSALB=[0-9a-f]+; Expires=.* GMT; Path=/"),
                        crossSite -> assertThat(crossSite)
                                .matches("AWSALBCORS=[0-9a-f]+; Expires=.* GMT; Path=/; SameSite=None"));
        second.health(500);
        lab.await(spec, 1, 12, "Unhealthy");
        assertThat(lab.who(lab.request(80, "/").header("Cookie", cookie))).isEqualTo("target-11");
    }

    @Test
    void aClientStaysWithItsTargetByTheCookieOfTheApplication() throws Exception {
        serve(of(
                1,
                new Stickiness("ApplicationCookie", "app", 3600),
                List.of(target(address(11)), target(address(12)))));
        assertThat(lab.get(80, "/").headers().allValues("set-cookie")).isEmpty();
        var answer = lab.get(80, "/login");
        var name = answer.body().lines().findFirst().orElseThrow();
        var own = answer.headers().allValues("set-cookie").stream()
                .filter(cookie -> cookie.startsWith("AWSALBAPP-0="))
                .findFirst()
                .orElseThrow()
                .split(";")[0];
        var seen = new HashSet<String>();
        for (int request = 0; request < 20; request++) {
            assertThat(lab.who(lab.request(80, "/").header("Cookie", "app=1; " + own)))
                    .isEqualTo(name);
            seen.add(lab.who(lab.request(80, "/").header("Cookie", own)));
        }
        assertThat(seen).as("without the application's").hasSize(2);
    }

    @Test
    void whoRefusesIsABadGatewayAndWhoIsSlowIsLate() throws Exception {
        var quick = new ProxySpec(
                List.of(http(80, to(group(1))), http(81, to(group(2)))),
                List.of(targets(1, address(11)), targets(2, address(14))),
                1,
                3600,
                true,
                "Append",
                null,
                null,
                null);
        lab.settle(quick);
        var late = lab.get(80, "/slow");
        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(late.headers().firstValue("server")).hasValue("awselb/2.0");
        lab.target(14).close();
        var refused = lab.get(81, "/");
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("<h1>502 Bad Gateway</h1>");
        assertThat(refused.headers().firstValue("server")).hasValue("awselb/2.0");
    }

    @Test
    void changesUnderLoadCostNoRequest() throws Exception {
        serve(targets(1, address(11), address(12)));
        var done = new AtomicBoolean();
        var failed = Collections.synchronizedList(new ArrayList<String>());
        var answered = new AtomicInteger();
        var load = new ArrayList<CompletableFuture<Void>>();
        for (int client = 0; client < 4; client++) {
            load.add(CompletableFuture.runAsync(() -> load(done, answered, failed)));
        }
        for (int change = 0; change < 100; change++) {
            var turned = change % 2 == 0
                    ? of(1, null, List.of(draining(address(11)), target(address(12))))
                    : of(1, null, List.of(target(address(11)), target(address(12))));
            lab.pass(listening(turned, change / 25));
        }
        lab.settle(listening(targets(1, address(11), address(12)), 9));
        done.set(true);
        load.forEach(CompletableFuture::join);
        assertThat(failed).isEmpty();
        assertThat(answered.get()).isGreaterThan(200);
        assertThat(lab.who(80, "/change-9")).isEqualTo("9");
    }

    @Test
    void whatBeganOutlivesAReload() throws Exception {
        serve(targets(1, address(11)));
        var begun = CompletableFuture.supplyAsync(() -> who("/slow", "none=1"));
        await().until(() -> first.served() > 0);
        var before = lab.state().serversState();
        lab.settle(listening(targets(1, address(11)), 3));
        assertThat(before).isNotEmpty();
        assertThat(lab.health(group(1), 11).state()).as("nothing is forgotten").isEqualTo("Healthy");
        first.release();
        assertThat(begun.get(5, SECONDS)).isEqualTo("target-11");
    }

    @Test
    void aConnectionThatGaveUpHttpOutlivesAReloadAndTheEndOfItsTarget() throws Exception {
        try (var _ = new UpgradeTarget(address(10), 8080)) {
            serve(targets(1, address(10)));
            try (var socket = new Socket(ProxyLab.PROXY, 80)) {
                socket.setSoTimeout(5000);
                var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"
                                .getBytes(UTF_8));
                assertThat(lines.readLine()).startsWith("HTTP/1.1 101 ");
                while (!lines.readLine().isEmpty()) {
                    // The rest of the header.
                }
                assertThat(said("before", socket, lines)).isEqualTo("before");
                lab.settle(listening(of(1, null, List.of(draining(address(10))))));
                lab.settle(listening(targets(1, address(11)), 5));
                assertThat(said("after", socket, lines)).isEqualTo("after");
            }
        }
    }

    private static String said(String line, Socket socket, BufferedReader lines) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
        return lines.readLine();
    }

    @Test
    void aConfigurationThatIsRefusedLeavesTheOldOne() throws Exception {
        var spec = serve(targets(1, address(11)));
        lab.certificate("bad", "no certificate");
        var tls = new ProxyListener(
                443,
                "HTTPS",
                new ProxyListener.Tls(List.of("bad"), "TLSv1.2", null, null, null),
                List.of(),
                to(group(1)));
        var bad = proxy(List.of(http(80, to(group(1))), tls), targets(1, address(11)));
        await().until(() -> lab.state().uptimeSeconds() >= 1);
        assertThatThrownBy(() -> lab.pass(bad))
                .isInstanceOf(ActionFailedException.class)
                .hasCauseInstanceOf(ProxyRefusedException.class);
        assertThat(lab.who(80, "/")).isEqualTo("target-11");
        lab.kill();
        await().until(() -> who("/", "none=1").equals("target-11"));
        lab.settle(spec);
    }

    @Test
    void killedItIsBackWithoutAnAgentAndNobodyElseCanReadItsFiles() throws Exception {
        serve(targets(1, address(11)));
        lab.kill();
        await().atMost(3, SECONDS).until(() -> who("/", "none=1").equals("target-11"));
        try (var files = Files.walk(lab.folder())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.getPosixFilePermissions(file)).as("%s", file).hasSize(2);
            }
        }
    }

    /** Serves a group on port 80 until all its targets are healthy. */
    private ProxySpec serve(ProxyTargetGroup targets) {
        var spec = listening(targets);
        lab.settle(spec);
        for (var target : targets.targets()) {
            lab.await(spec, 1, Integer.parseInt(target.address().split("\\.")[3]), "Healthy");
        }
        lab.settle(spec);
        return spec;
    }

    private static ProxySpec listening(ProxyTargetGroup targets) {
        return listening(targets, 0);
    }

    private static ProxySpec listening(ProxyTargetGroup targets, int version) {
        return proxy(
                List.of(http(
                        80,
                        to(group(1)),
                        rule(
                                1,
                                fixed(200, "text/plain", String.valueOf(version)),
                                when("path-pattern", "/change-" + version)))),
                targets);
    }

    private void load(AtomicBoolean done, AtomicInteger answered, List<String> failed) {
        while (!done.get()) {
            try {
                var answer = lab.get(80, "/");
                if (answer.statusCode() != 200) {
                    failed.add(answer.statusCode() + " " + answer.body());
                }
                answered.incrementAndGet();
            } catch (IOException | InterruptedException e) {
                failed.add(e.toString());
            }
        }
    }

    private Set<String> answering(int requests) throws IOException, InterruptedException {
        var names = new HashSet<String>();
        for (int request = 0; request < requests; request++) {
            names.add(lab.who(80, "/"));
        }
        return names;
    }

    private String who(String path, String cookie) {
        try {
            return lab.who(lab.request(80, path).header("Cookie", cookie));
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }

    private String cookieOf(String name) throws IOException, InterruptedException {
        for (int request = 0; request < 20; request++) {
            var answer = lab.get(80, "/");
            if (answer.body().startsWith(name + "\n")) {
                return answer.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
            }
        }
        throw new AssertionError("never " + name);
    }
}
