package io.minicloud.e2e;

import static org.awaitility.Awaitility.await;

import io.minicloud.api.testing.bench.BenchReport;
import io.minicloud.api.testing.bench.Figure;
import io.minicloud.api.testing.bench.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P3: packets that a guest loses while the operator is killed and comes back, beside the same time in which nothing happens;
 * and how long it takes until the operator is ready again. Answers are counted by the guest that asks.
 */
class RestartBench {
    private static final int ROUNDS = 5;
    private static final Duration PINGING = Duration.ofSeconds(30);
    private static final double SECOND = 1e9;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path folder;

    private final BenchReport report = new BenchReport("restart");
    private final Cloud cloud = Cloud.in(folder.resolve("home"), "restart", "100.92.0.0/16");

    @AfterEach
    void end() {
        cloud.hack("hack/down").succeeded();
    }

    @Test
    void lostPacketsAndTimeToReady() throws Exception {
        cloud.hack("hack/up").succeeded();
        var lost = new ArrayList<Double>();
        var floor = new ArrayList<Double>();
        var ready = new ArrayList<Double>();
        for (var round = 0; round < ROUNDS; round++) {
            floor.add(lostMeanwhile(() -> {}));
            lost.add(lostMeanwhile(() -> ready.add(killOperator())));
        }
        report.add(Figure.low("P3", "packets lost in 30 s in which the operator is killed", "packets", Samples.of(lost))
                .byMax()
                .over(Samples.of(floor).max())
                .aiming(0));
        report.add(Figure.low("P3", "killed operator ready again", "s", Samples.of(ready)));
        report.publish();
    }

    private double killOperator() {
        var operator = Unit.operator(cloud);
        var start = System.nanoTime();
        operator.kill();
        await().atMost(PATIENCE).pollInterval(100, TimeUnit.MILLISECONDS).until(cloud::isReady);
        return (System.nanoTime() - start) / SECOND;
    }

    private double lostMeanwhile(Runnable event) throws Exception {
        var pinger = new Pinger(PINGING);
        cloud.launch("pinger", "b", "", pinger.userData("10.0.1.10"));
        awaitConsole(Pinger.BEGUN);
        event.run();
        awaitConsole(Pinger.DONE);
        var lost = pinger.lost(cloud.console("pinger"));
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "instance/pinger").succeeded();
        return lost;
    }

    private void awaitConsole(String words) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> cloud.console("pinger")
                .contains(words));
    }
}
