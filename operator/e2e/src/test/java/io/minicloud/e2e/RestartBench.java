package io.minicloud.e2e;

import static org.awaitility.Awaitility.await;

import io.minicloud.api.testing.bench.BenchReport;
import io.minicloud.api.testing.bench.Figure;
import io.minicloud.api.testing.bench.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P3: packets that a guest loses while what drives the network goes and comes back, beside a time in which nothing happens;
 * and how long it takes until that is ready again. Answers are counted by the guest that asks.
 */
class RestartBench {
    private static final int ROUNDS = 5;
    private static final Duration PINGING = Duration.ofSeconds(30);
    private static final Duration PINGING_LONG = Duration.ofSeconds(240);
    private static final int PACKETS = 100_000;
    private static final double SECOND = 1e9;
    private static final double MILLIS = 1e3;
    private static final double MIB = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final BenchReport REPORT = new BenchReport("restart");

    @TempDir
    static Path folder;

    @AfterAll
    static void publish() throws IOException {
        REPORT.publish();
    }

    @Test
    void theOperatorOfOneMachineIsKilled() {
        var cloud = Cloud.in(folder.resolve("home"), "restart", "100.92.0.0/16");
        try {
            cloud.hack("hack/up").succeeded();
            var lost = new ArrayList<Double>();
            var floor = new ArrayList<Double>();
            var ready = new ArrayList<Double>();
            for (var round = 0; round < ROUNDS; round++) {
                floor.add(lostMeanwhile(cloud, PINGING, () -> {}).lost());
                lost.add(lostMeanwhile(cloud, PINGING, () -> ready.add(killOperator(cloud)))
                        .lost());
            }
            REPORT.add(Figure.low(
                            "P3", "packets lost in 30 s in which the operator is killed", "packets", Samples.of(lost))
                    .byMax()
                    .over(Samples.of(floor).max())
                    .aiming(0));
            REPORT.add(Figure.low("P3", "killed operator ready again", "s", Samples.of(ready)));
        } finally {
            cloud.hack("hack/down").succeeded();
        }
    }

    @Test
    void podsOfAClusterGoAndComeAndTheChartIsUpgraded() throws IOException {
        var builder = Cloud.in(folder.resolve("builder"), "builder", "100.84.0.0/16");
        var release = Release.present(builder);
        var before = Release.previous(builder).orElse(release);
        try (var cluster = new Cluster(Files.createDirectory(folder.resolve("cluster")), List.of(before, release))) {
            cluster.install(before);
            cluster.quickstart();
            var host = cluster.host();
            var floor = lostMeanwhile(host, PINGING, () -> {}).lost();
            var took = new ArrayList<Double>();
            var pinged = lostMeanwhile(host, PINGING_LONG, () -> {
                cluster.deletePodOfAgent();
                took.add(cluster.killLeader().toMillis() / MILLIS);
                cluster.upgrade(release);
                cluster.helm("rollback", "1", "--wait", "--timeout=5m");
                cluster.upgrade(release);
            });
            REPORT.add(Figure.low(
                            "P3",
                            "packets lost over agent deleted, leader killed, upgrade, rollback, upgrade",
                            "packets",
                            new Samples(pinged.lost()))
                    .over(floor)
                    .aiming(0));
            REPORT.add(Figure.high("P3", "packets sent meanwhile", "packets", new Samples(2.0 * pinged.asked()))
                    .aiming(PACKETS));
            REPORT.add(Figure.low("P3", "leader killed, a controller leads", "s", Samples.of(took))
                    .aiming(Cluster.TAKE_OVER.toSeconds()));
            REPORT.add(Figure.low("P3", "pod made until ready", "s", Samples.of(startsOfPods(cluster.host())))
                    .byMax());
            REPORT.add(Figure.low(
                    "P3", "image of the operator", "MiB", new Samples(Files.size(release.operatorImage()) / MIB)));
        }
    }

    /** From when a pod was made until it was ready, in whole s, of those that are there. */
    private static List<Double> startsOfPods(Cloud host) {
        var times =
                "{range .items[*]}{.metadata.creationTimestamp} {.status.conditions[?(@.type==\"Ready\")].lastTransitionTime}{\"\\n\"}{end}";
        return host.kubectl("get", "pods", "-A", "-l", "app.kubernetes.io/part-of=minicloud", "-o", "jsonpath=" + times)
                .succeeded()
                .output()
                .lines()
                .map(line -> line.split(" "))
                .map(pair -> (double) Duration.between(Instant.parse(pair[0]), Instant.parse(pair[1]))
                        .toSeconds())
                .toList();
    }

    private static double killOperator(Cloud cloud) {
        var operator = Unit.operator(cloud);
        var start = System.nanoTime();
        operator.kill();
        await().atMost(PATIENCE).pollInterval(100, TimeUnit.MILLISECONDS).until(cloud::isReady);
        return (System.nanoTime() - start) / SECOND;
    }

    private record Pinged(double asked, double lost) {}

    private static Pinged lostMeanwhile(Cloud cloud, Duration time, Runnable event) {
        var pinger = new Pinger(time);
        cloud.launch("pinger", "b", "", pinger.userData("10.0.1.10"));
        awaitConsole(cloud, Pinger.BEGUN);
        event.run();
        awaitConsole(cloud, Pinger.DONE);
        var console = cloud.console("pinger");
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "instance/pinger").succeeded();
        return new Pinged(pinger.asked(console), pinger.lost(console));
    }

    private static void awaitConsole(Cloud cloud, String words) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> cloud.console("pinger")
                .contains(words));
    }
}
