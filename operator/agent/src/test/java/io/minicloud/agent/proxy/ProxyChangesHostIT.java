package io.minicloud.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.container.ContainerLab;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of all kinds while clients ask that try nothing twice. Needs root. */
class ProxyChangesHostIT {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: shop.lab\r\n";
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(25);

    @TempDir
    private Path home;

    @TempDir
    private Path run;

    private ContainerLab containers;
    private ProxyLab lab;

    @BeforeEach
    void open() throws IOException {
        containers = new ContainerLab(home, "lab");
        lab = new ProxyLab(containers, run);
        for (int last = 11; last <= 14; last++) {
            lab.target(last);
        }
    }

    @AfterEach
    void close() {
        lab.close();
        containers.close();
    }

    @Test
    void changesUnderLoadCostNoRequestAndOldProcessesEnd() throws Exception {
        var changes = new ProxyChanges(lab, home);
        changes.begin();
        try (var load = changes.load()) {
            long end = System.nanoTime() + LONG.toNanos();
            while (System.nanoTime() < end) {
                changes.next();
            }
            changes.settle();
            assertThat(load.end())
                    .as("%s: %,d answers", changes, load.answered())
                    .isEmpty();
            assertThat(load.answered()).isGreaterThan(5_000);
        }
        assertThat(changes.ofTargets()).isGreaterThan(40);
        assertThat(changes.reloads()).isGreaterThan(20);
        await("old processes")
                .atMost(Duration.ofSeconds(5))
                .until(() -> lab.state().leaving().isEmpty());
    }
}
