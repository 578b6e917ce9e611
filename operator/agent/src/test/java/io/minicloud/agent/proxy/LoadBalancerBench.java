package io.minicloud.agent.proxy;

import static io.minicloud.agent.proxy.ProxyLab.address;
import static io.minicloud.agent.proxy.Specs.fixed;
import static io.minicloud.agent.proxy.Specs.group;
import static io.minicloud.agent.proxy.Specs.http;
import static io.minicloud.agent.proxy.Specs.proxy;
import static io.minicloud.agent.proxy.Specs.rule;
import static io.minicloud.agent.proxy.Specs.target;
import static io.minicloud.agent.proxy.Specs.to;
import static io.minicloud.agent.proxy.Specs.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.container.ContainerLab;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyRule;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.api.testing.bench.BenchReport;
import io.minicloud.api.testing.bench.Figure;
import io.minicloud.api.testing.bench.Samples;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P10: a load balancer's node beside HAProxy of the same image that a person configured and started without a container: in the same
 * namespace, in front of the same targets, which are a third HAProxy that answers by itself. The two take turns. Then 200 rules and 500
 * targets beside one and two; a new target until it answers, which is the agent's part without API server; and 1,000 changes while
 * clients ask that try nothing twice.
 */
class LoadBalancerBench {
    private static final int ROUNDS = 5;
    private static final int SECONDS = 2;
    private static final int MANY_RULES = 200;
    private static final int MANY_TARGETS = 500;
    private static final int NEW_TARGETS = 20;
    private static final int CHANGES = 1_000;
    private static final int FIRST_PORT = 20_000;
    private static final int BARE_PORTS = 10_000;
    private static final double ENOUGH = 0.97;
    private static final double EFFECTIVE_MS = 1_000;
    private static final double NANOS_PER_MS = 1e6;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final String ID = "P10";

    private static final String DEFAULTS = """
            global
              maxconn 7000
            defaults
              mode http
              timeout connect 10s
              timeout client 60s
              timeout server 60s
            """;

    @TempDir
    private Path home;

    @TempDir
    private Path run;

    @TempDir
    private Path root;

    private final BenchReport report = new BenchReport("loadbalancer");
    private ContainerLab containers;
    private ProxyLab lab;

    @BeforeEach
    void open() throws IOException {
        containers = new ContainerLab(home, "lab");
        lab = new ProxyLab(containers, run);
    }

    @AfterEach
    void close() {
        lab.close();
        containers.close();
    }

    @Test
    void besideOneThatWasConfiguredByHand() throws Exception {
        for (int last = 11; last <= 14; last++) {
            lab.target(last);
        }
        var certificate = Certificates.make(home, "shop.lab");
        lab.certificate("site", certificate);
        // With it the image is there.
        lab.settle(proxy(List.of(http(80, fixed(404, null, null)))));
        try (var bare = new BareHaproxy(containers, root)) {
            bare.start(null, DEFAULTS + """
                    frontend target
                      bind %1$s:%2$d-%3$d
                      http-request return status 200 content-type text/plain string hello
                    """.formatted(address(10), FIRST_PORT, FIRST_PORT + MANY_TARGETS));
            bare.write("site.pem", certificate);
            long byHand = bare.start(lab.namespace(), byHand());
            bare.shareAs(lab.pid(), byHand);
            awaitAll(fast());
            throughput(byHand);
            rules();
        }
        newTargets();
        changes();
        report.publish();
    }

    private void throughput(long byHand) {
        var ours = List.of(lab.pid());
        var theirs = List.of(byHand);
        Wrk.run("http://%s:%d/".formatted(address(10), FIRST_PORT), 1, List.of());
        report.add(Figure.high(
                ID,
                "HTTP requests by the generator to a target, no load balancer between",
                "1/s",
                samples(repeat("http://%s:%d/".formatted(address(10), FIRST_PORT), List.of()), Wrk::perSecond)));
        for (var way : List.of("http 80 HTTP", "https 443 HTTPS", "http 9000 TCP")) {
            var words = way.split(" ");
            int port = Integer.parseInt(words[1]);
            compare(words[2], url(words[0], port, "/"), ours, url(words[0], port + BARE_PORTS, "/"), theirs);
        }
    }

    private void compare(String what, String url, List<Long> ours, String bareUrl, List<Long> theirs) {
        var runs = new ArrayList<Wrk>();
        var bareRuns = new ArrayList<Wrk>();
        Wrk.run(url, 1, ours);
        Wrk.run(bareUrl, 1, theirs);
        for (int round = 0; round < ROUNDS; round++) {
            runs.add(Wrk.run(url, SECONDS, ours));
            bareRuns.add(Wrk.run(bareUrl, SECONDS, theirs));
        }
        double rate = samples(bareRuns, Wrk::perSecond).median();
        double late = samples(bareRuns, Wrk::p99Micros).median();
        report.add(Figure.high(ID, what + ", requests", "1/s", samples(runs, Wrk::perSecond))
                .over(rate)
                .aiming(ENOUGH * rate));
        report.add(Figure.low(ID, what + ", 99 of 100 are answered within", "us", samples(runs, Wrk::p99Micros))
                .over(late)
                .aiming(late / ENOUGH));
        report.add(Figure.low(ID, what + ", processor of a request", "us", samples(runs, Wrk::processorMicros))
                .over(samples(bareRuns, Wrk::processorMicros).median()));
    }

    /** The large one stands in the same process, so each has the other's checks. */
    private void rules() throws InterruptedException {
        var ours = List.of(lab.pid());
        var last = "/rule-" + MANY_RULES + "/x";
        var one = url("http", 81, "/rule-1/x");
        compare("%d rules beside 1".formatted(MANY_RULES), url("http", 83, last), ours, one, ours);
        compare(
                "%d rules, %d targets, beside 1 and 2".formatted(MANY_RULES, MANY_TARGETS),
                url("http", 82, last),
                ours,
                one,
                ours);
        long before = Wrk.processorNanos(ours);
        Thread.sleep(IDLE);
        report.add(Figure.low(
                ID,
                "processor of the checks of %d targets, of 1,000".formatted(MANY_TARGETS),
                "ms/s",
                new Samples((Wrk.processorNanos(ours) - before) / NANOS_PER_MS / IDLE.toSeconds())));
    }

    /** From the spec that names it to its first answer, by turns with the spec that does not. */
    private void newTargets() throws Exception {
        var without = proxy(List.of(http(80, to(group(1)))), echoes(11));
        var with = proxy(List.of(http(80, to(group(1)))), echoes(11, 12));
        lab.settle(without);
        lab.await(without, 1, 11, "Healthy");
        lab.settle(without);
        var millis = new ArrayList<Double>();
        for (int change = 0; change < NEW_TARGETS; change++) {
            millis.add(untilItAnswers(with));
            lab.settle(without);
        }
        report.add(Figure.low(ID, "a new target, from the spec to its first answer (agent)", "ms", Samples.of(millis))
                .byP95()
                .aiming(EFFECTIVE_MS));
    }

    private static ProxyTargetGroup echoes(int... lasts) {
        return checked(
                1,
                "HTTP",
                5,
                IntStream.of(lasts).mapToObj(last -> target(address(last))).toList());
    }

    private double untilItAnswers(ProxySpec spec) throws IOException {
        try (var watch = new ProxyWatch(lab.proxies());
                var connection = new HttpConnection(new Socket(ProxyLab.PROXY, 80))) {
            long start = System.nanoTime();
            synchronized (lab) {
                lab.pass(spec);
            }
            watch.onChange(id -> {
                synchronized (lab) {
                    lab.pass(spec);
                }
            });
            watch.keep(lab.id());
            while (!connection
                    .ask("GET / HTTP/1.1\r\nHost: shop.lab\r\n")
                    .body()
                    .startsWith("target-12")) {
                assertThat(System.nanoTime() - start).isLessThan(IDLE.toNanos());
            }
            return (System.nanoTime() - start) / NANOS_PER_MS;
        }
    }

    private void changes() throws Exception {
        var changes = new ProxyChanges(lab, home);
        changes.begin();
        try (var load = changes.load()) {
            while (changes.ofTargets() + changes.reloads() < CHANGES) {
                changes.next();
            }
            changes.settle();
            int failed = load.end().size();
            report.add(Figure.low(
                            ID,
                            "requests that failed of %,d over %,d changes, %,d reloads"
                                    .formatted(load.answered(), CHANGES, changes.reloads()),
                            "",
                            new Samples(failed))
                    .aiming(0));
        }
        report.add(Figure.low(ID, "old processes at a time during these changes", "", new Samples(changes.leaving())));
    }

    private static String url(String scheme, int port, String path) {
        return "%s://%s:%d%s".formatted(scheme, ProxyLab.PROXY, port, path);
    }

    private static List<Wrk> repeat(String url, List<Long> pids) {
        return IntStream.range(0, ROUNDS)
                .mapToObj(round -> Wrk.run(url, 1, pids))
                .toList();
    }

    private static Samples samples(List<Wrk> runs, ToDoubleFunction<Wrk> figure) {
        return new Samples(runs.stream().mapToDouble(figure).toArray());
    }

    private void awaitAll(ProxySpec spec) {
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(60))
                .until(() -> lab.pass(spec).status().targets().stream()
                        .allMatch(target -> target.state().equals("Healthy")));
        lab.settle(spec);
    }

    /** What a person would write who knows what a target wants to know of the client. */
    private String byHand() {
        return DEFAULTS + """
                frontend http
                  bind :10080
                  option forwardfor
                  http-request set-header X-Forwarded-Proto http
                  http-request set-header X-Forwarded-Port 80
                  default_backend targets
                frontend https
                  bind :10443 ssl crt /etc/site.pem alpn h2,http/1.1
                  option forwardfor
                  http-request set-header X-Forwarded-Proto https
                  http-request set-header X-Forwarded-Port 443
                  default_backend targets
                frontend tcp
                  mode tcp
                  bind :19000
                  default_backend bytes
                backend targets
                  option httpchk GET /health
                  server one %1$s:%2$d check inter 30s
                  server two %1$s:%3$d check inter 30s
                backend bytes
                  mode tcp
                  server one %1$s:%2$d check inter 30s
                  server two %1$s:%3$d check inter 30s
                """.formatted(address(10), FIRST_PORT, FIRST_PORT + 1);
    }

    private static ProxySpec fast() {
        var tls = new ProxyListener.Tls(List.of("site"), "TLSv1.2", null, null, null);
        return proxy(
                List.of(
                        http(80, to(group(1))),
                        new ProxyListener(443, "HTTPS", tls, List.of(), to(group(1))),
                        new ProxyListener(9000, "TCP", null, null, to(group(2))),
                        http(81, fixed(404, null, null), rules(1, group(1))),
                        http(82, fixed(404, null, null), rules(MANY_RULES, group(3))),
                        http(83, fixed(404, null, null), rules(MANY_RULES, group(1)))),
                targets(1, "HTTP", 2),
                targets(2, "TCP", 2),
                targets(3, "HTTP", MANY_TARGETS));
    }

    private static ProxyRule[] rules(int count, String group) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> rule(number, to(group), when("path-pattern", "/rule-" + number + "/*")))
                .toArray(ProxyRule[]::new);
    }

    /** Checked as often as AWS does it when nobody says otherwise. */
    private static ProxyTargetGroup targets(int number, String protocol, int count) {
        return checked(
                number,
                protocol,
                30,
                IntStream.range(0, count)
                        .mapToObj(port -> new ProxyTargetGroup.Target(address(10), FIRST_PORT + port, null))
                        .toList());
    }

    private static ProxyTargetGroup checked(
            int number, String protocol, int interval, List<ProxyTargetGroup.Target> targets) {
        var check = new ProxyTargetGroup.HealthCheck("HTTP", null, "/health", "200", interval, 5, 5, 2);
        return new ProxyTargetGroup(
                group(number), protocol, "RoundRobin", null, null, check, targets, null, null, null);
    }
}
