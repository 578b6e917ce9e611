package io.minicloud.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.network.Ipv4Range;
import io.minicloud.agent.preflight.MachineFacts.Kvm;
import io.minicloud.agent.preflight.MachineFacts.Libvirt;
import io.minicloud.agent.preflight.MachineFacts.Room;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicPreflightTest {
    private static final Path HOME = Path.of("/var/lib/minicloud");
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Preflight preflight =
            new Preflight(new AgentSettings("", "tower", HOME, HOME, HOME, HOME, "", "100.64.0.0/16"));
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void knowsNothingUntilItHasLooked() {
        var open = new CountDownLatch(1);

        try (var periodic = periodic(
                () -> {
                    uninterrupted(open);
                    return facts(true);
                },
                NEVER,
                NEVER)) {
            assertThat(periodic.latest()).isEmpty();
            open.countDown();
            await().until(() -> periodic.latest().isPresent());
        }
    }

    @Test
    void looksSoonerWhileNothingCanRun() {
        // Blocked at the first two looks, then mended: after that the usual pace, which is never.
        try (var periodic = periodic(() -> facts(looks.incrementAndGet() > 2), NEVER, AT_ONCE)) {
            await().until(() -> looks.get() == 3 && blocking(periodic).equals(Optional.of(0L)));
        }
    }

    @Test
    void keepsWhatItKnowsWhenItCannotLook() {
        MachineProbe failing = () -> {
            if (looks.incrementAndGet() > 1) {
                throw new IllegalStateException("no answer");
            }
            return facts(false);
        };

        try (var periodic = periodic(failing, NEVER, AT_ONCE)) {
            await().until(() -> looks.get() > 2);
            assertThat(blocking(periodic)).contains(1L);
        }
    }

    private PeriodicPreflight periodic(MachineProbe probe, Duration usual, Duration blocked) {
        return new PeriodicPreflight(probe, preflight, new PeriodicPreflight.Pace(usual, blocked));
    }

    private static Optional<Long> blocking(PeriodicPreflight periodic) {
        return periodic.latest()
                .map(findings -> findings.stream().filter(Finding::blocks).count());
    }

    private static MachineFacts facts(boolean free) {
        var route = new MachineFacts.Route(Ipv4Range.parse(free ? "10.0.0.0/8" : "100.64.0.0/10"), "eth0");
        return new MachineFacts(
                null,
                new Libvirt("9.0.0", ""),
                new Kvm(true, true, true, null, true),
                null,
                List.of(route),
                new Room(10L, 4096),
                Set.of());
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
