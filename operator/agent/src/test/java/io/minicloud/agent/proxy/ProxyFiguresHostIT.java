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

import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyRule;
import io.minicloud.api.host.ProxySpec;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The figures of the real HAProxy count exactly what was sent. Needs root. */
class ProxyFiguresHostIT extends ProxyStory {
    private static final String NAME = "app/web/0123456789abcdef";

    private EchoTarget first;
    private EchoTarget second;
    private FigureWatch figures;

    @BeforeEach
    void makeTheTargets() throws IOException {
        first = lab.target(11);
        second = lab.target(12);
    }

    @AfterEach
    void gatherNoMore() {
        if (figures != null) {
            figures.close();
        }
    }

    @Test
    void answersOfTargetsAreCountedByTheirCodes() throws Exception {
        serve(spec(0));
        ask(5, "/");
        ask(1, "/own204");
        ask(2, "/own302");
        ask(3, "/own404");
        ask(4, "/own503");
        // Another group, so that none gets what is the other's.
        ask(1, "/blue");
        untilGroup(1, Figure.REQUESTS, 15);
        assertThat(ofGroup(1, Figure.TARGET_2XX)).isEqualTo(6);
        assertThat(ofGroup(1, Figure.TARGET_3XX)).isEqualTo(2);
        assertThat(ofGroup(1, Figure.TARGET_4XX)).isEqualTo(3);
        assertThat(ofGroup(1, Figure.TARGET_5XX)).isEqualTo(4);
        assertThat(ofGroup(1, Figure.RESPONSES)).isEqualTo(15);
        assertThat(ofGroup(1, Figure.REQUESTS_PER_TARGET)).isEqualTo(7.5);
        assertThat(ofGroup(1, Figure.HEALTHY_TARGETS)).isEqualTo(2);
        assertThat(ofGroup(1, Figure.UNHEALTHY_TARGETS)).isZero();
        assertThat(ofGroup(2, Figure.REQUESTS)).isEqualTo(1);
        assertThat(ofGroup(2, Figure.REQUESTS_PER_TARGET)).isEqualTo(1);
        look();
        assertThat(whole())
                .containsEntry(Figure.OWN_3XX, 0.0)
                .containsEntry(Figure.OWN_4XX, 0.0)
                .containsEntry(Figure.OWN_5XX, 0.0);
    }

    @Test
    void theProxysOwnAnswersAreToldFromThoseOfTargets() throws Exception {
        serve(spec(0));
        ask(2, "/redirect");
        ask(3, "/fixed404");
        ask(4, "/fixed500");
        ask(5, "/empty");
        ask(6, "/dead");
        ask(1, "/own404");
        Raw.send("NO REQUEST\r\n\r\n");
        Raw.send("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n");
        untilWhole(Figure.OWN_4XX, 3 + 2);
        assertThat(whole())
                .containsEntry(Figure.REDIRECTS, 2.0)
                .containsEntry(Figure.FIXED_RESPONSES, 7.0)
                .containsEntry(Figure.OWN_3XX, 2.0)
                .containsEntry(Figure.OWN_5XX, 15.0)
                .containsEntry(Figure.OWN_500, 4.0)
                .containsEntry(Figure.OWN_502, 6.0)
                .containsEntry(Figure.OWN_503, 5.0)
                .containsEntry(Figure.OWN_504, 0.0);
        assertThat(ofGroup(3, Figure.REQUESTS)).as("nobody could be asked").isZero();
        assertThat(ofGroup(3, Figure.FAILED_TARGET_CONNECTIONS)).isZero();
        assertThat(ofGroup(4, Figure.REQUESTS)).isEqualTo(6);
        assertThat(ofGroup(4, Figure.FAILED_TARGET_CONNECTIONS))
                .as("each is tried once more")
                .isEqualTo(12);
        assertThat(ofGroup(4, Figure.UNHEALTHY_TARGETS)).isEqualTo(1);
        assertThat(ofGroup(4, Figure.HEALTHY_TARGETS)).isZero();
        assertThat(ofGroup(4, Figure.RESPONSES)).isZero();
        assertThat(ofGroup(1, Figure.TARGET_4XX)).isEqualTo(1);
    }

    @Test
    void timeIsMeasuredUntilTheTargetAnswersAndWhatIsOpenIsCounted() throws Exception {
        serve(spec(0));
        long asked = System.nanoTime();
        var begun = CompletableFuture.supplyAsync(() -> get("/slow"));
        await().until(() -> first.served() + second.served() > 0);
        untilWhole(Figure.ACTIVE_FLOWS, 1);
        assertThat(whole()).containsEntry(Figure.ACTIVE_CONNECTIONS, 2.0);
        assertThat(whole()).containsEntry(Figure.NEW_CONNECTIONS, 2.0);
        Thread.sleep(2000);
        assertThat(ofGroup(1, Figure.REQUESTS)).isEqualTo(1);
        assertThat(ofGroup(1, Figure.RESPONSES)).isZero();
        release();
        assertThat(begun.get(5, SECONDS)).isEqualTo(200);
        var waited = (System.nanoTime() - asked) / 1e9;
        untilGroup(1, Figure.RESPONSES, 1);
        assertThat(ofGroup(1, Figure.RESPONSE_SECONDS)).isBetween(2.0, waited);
    }

    @Test
    void noRequestIsForgottenByReloadsUnderLoad() throws Exception {
        serve(spec(0));
        var done = new AtomicBoolean();
        var answered = new AtomicInteger();
        var missing = new AtomicInteger();
        var load = new ArrayList<CompletableFuture<Void>>();
        for (int client = 0; client < 4; client++) {
            load.add(CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    (get("/") == 200 ? answered : missing).incrementAndGet();
                    (get("/own404") == 404 ? answered : missing).incrementAndGet();
                    (get("/fixed404") == 404 ? answered : missing).incrementAndGet();
                }
            }));
        }
        double before = 0;
        for (int version = 1; version <= 6; version++) {
            lab.settle(spec(version));
            lab.gather(figures, spec(version));
            assertThat(ofGroup(1, Figure.REQUESTS)).as("never less").isGreaterThanOrEqualTo(before);
            before = ofGroup(1, Figure.REQUESTS);
        }
        var slow = CompletableFuture.supplyAsync(() -> get("/slow"));
        // It is at its target before the process is replaced.
        Thread.sleep(500);
        lab.settle(spec(7));
        done.set(true);
        load.forEach(CompletableFuture::join);
        Thread.sleep(1500);
        release();
        assertThat(slow.get(5, SECONDS)).isEqualTo(200);

        assertThat(missing).hasValue(0);
        assertThat(answered.get()).isGreaterThan(300);
        int each = answered.get() / 3;
        untilGroup(1, Figure.RESPONSES, 2 * each + 1);
        assertThat(ofGroup(1, Figure.REQUESTS)).isEqualTo(2 * each + 1);
        assertThat(ofGroup(1, Figure.TARGET_2XX)).isEqualTo(each + 1);
        assertThat(ofGroup(1, Figure.TARGET_4XX)).isEqualTo(each);
        untilWhole(Figure.OWN_4XX, each);
        assertThat(whole()).containsEntry(Figure.FIXED_RESPONSES, (double) each);
        await("an old process goes when it has been read")
                .atMost(5, SECONDS)
                .until(() -> lab.processes().size() == 1);
    }

    @Test
    void anAgentThatStartsCountsFromThereOn() throws Exception {
        serve(spec(0));
        ask(3, "/");
        untilGroup(1, Figure.REQUESTS, 3);
        figures.close();
        ask(2, "/");
        Thread.sleep(1000);
        figures = lab.gather(spec(0));
        look();
        assertThat(ofGroup(1, Figure.REQUESTS)).isZero();
        ask(4, "/");
        untilGroup(1, Figure.REQUESTS, 4);
        lab.settle(spec(1));
        ask(1, "/");
        untilGroup(1, Figure.REQUESTS, 5);
    }

    @Test
    void aProxyThatHangsOrDiesHoldsUpNobodyAndLosesNothingThatWasRead() throws Exception {
        serve(spec(0));
        ask(3, "/");
        untilGroup(1, Figure.REQUESTS, 3);
        var processes = lab.processes();
        lab.signal("STOP", processes);
        try {
            await("nobody knows").atMost(10, SECONDS).until(() -> !whole().containsKey(Figure.ACTIVE_FLOWS));
            long begun = System.nanoTime();
            assertThat(ofGroup(1, Figure.REQUESTS)).isEqualTo(3);
            assertThat(System.nanoTime() - begun).isLessThan(SECONDS.toNanos(1) / 10);
        } finally {
            lab.signal("CONT", processes);
        }
        ask(2, "/");
        untilGroup(1, Figure.REQUESTS, 5);
        lab.kill();
        await().atMost(10, SECONDS).until(() -> get("/") == 200);
        untilGroup(1, Figure.REQUESTS, 6);
    }

    @Test
    void handshakesAndFlowsAreCounted() throws Exception {
        lab.certificate("shop.lab", Certificates.make(home, "shop.lab"));
        var tls = new ProxyListener.Tls(List.of("shop.lab"), "TLSv1.2", null, null, null);
        var spec = named(List.of(
                new ProxyListener(444, "TLS", tls, null, to(group(5))),
                new ProxyListener(8080, "TCP", null, null, to(group(5)))));
        serve(spec);
        for (int flow = 0; flow < 3; flow++) {
            try (var socket = new Socket(ProxyLab.PROXY, 8080)) {
                socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
            }
        }
        try (var socket = new Socket(ProxyLab.PROXY, 444)) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().readAllBytes();
        }
        untilWhole(Figure.FAILED_HANDSHAKES, 1);
        assertThat(whole()).containsEntry(Figure.NEW_FLOWS, 3.0).containsEntry(Figure.ACTIVE_FLOWS, 0.0);
        try (var open = new Socket(ProxyLab.PROXY, 8080)) {
            assertThat(open.isConnected()).isTrue();
            untilWhole(Figure.NEW_FLOWS, 4);
            assertThat(whole()).containsEntry(Figure.ACTIVE_FLOWS, 1.0);
        }
        assertThat(ofGroup(5, Figure.HEALTHY_TARGETS)).isEqualTo(1);
    }

    private void serve(ProxySpec spec) {
        figures = lab.gather(spec);
        lab.settle(spec);
        for (var target : spec.targetGroups().getFirst().targets()) {
            lab.await(spec, 1, Integer.parseInt(target.address().split("\\.")[3]), "Healthy");
        }
        lab.settle(spec);
        lab.gather(figures, spec);
        look();
    }

    /** Two groups with targets, one without and one whose target is not there. */
    private static ProxySpec spec(int version) {
        return named(List.of(http(
                80,
                to(group(1)),
                rule(1, redirect("HTTPS", "#{host}", "443", "/#{path}", "#{query}"), path("/redirect")),
                rule(2, fixed(404, "text/plain", "version " + version), path("/fixed404")),
                rule(3, fixed(500, null, null), path("/fixed500")),
                rule(4, to(group(2)), path("/blue")),
                rule(5, to(group(3)), path("/empty")),
                rule(6, to(group(4)), path("/dead")))));
    }

    private static ProxyRule.Condition path(String path) {
        return when("path-pattern", path);
    }

    private static ProxySpec named(List<ProxyListener> listeners) {
        return new ProxySpec(
                listeners,
                List.of(
                        Specs.named(targets(1, address(11), address(12)), "targetgroup/g/1"),
                        Specs.named(targets(2, address(12)), "targetgroup/g/2"),
                        Specs.named(targets(3), "targetgroup/g/3"),
                        Specs.named(targets(4, address(13)), "targetgroup/g/4"),
                        Specs.named(Specs.bytes(5, address(11)), "targetgroup/g/5")),
                60,
                3600,
                true,
                "Append",
                NAME,
                "eu-home-1a",
                null);
    }

    /** Answers what waits, whoever of both has it. */
    private void release() {
        first.release();
        second.release();
    }

    private void ask(int times, String path) {
        for (int request = 0; request < times; request++) {
            get(path);
        }
    }

    private int get(String path) {
        try {
            return lab.get(80, path).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private Map<Figure, Double> whole() {
        return figures.figures().getFirst().values();
    }

    private double ofGroup(int number, Figure figure) {
        return figures.figures()
                .getFirst()
                .targetGroups()
                .get("targetgroup/g/" + number)
                .get(figure);
    }

    private void untilWhole(Figure figure, double value) {
        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(whole()).containsEntry(figure, value));
        look();
        assertThat(whole()).containsEntry(figure, value);
    }

    private void untilGroup(int number, Figure figure, double value) {
        await().atMost(5, SECONDS)
                .untilAsserted(() -> assertThat(ofGroup(number, figure)).isEqualTo(value));
        look();
        assertThat(ofGroup(number, figure)).isEqualTo(value);
    }

    /** Two looks, after which everything that is over is told. */
    private static void look() {
        try {
            Thread.sleep(ProxyLab.LOOK.multipliedBy(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
