package io.minicloud.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.preflight.Finding;
import io.minicloud.agent.preflight.Findings;
import io.minicloud.agent.stage.FakeContext;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostReconcilerTest {
    private static final Path HOME = Path.of("/var/lib/minicloud");

    private final AtomicInteger beats = new AtomicInteger();

    @Test
    void comesBackSoonUntilTheMachineWasLookedAt() {
        var before = reconciler(Optional::empty).reconcile(host("tower"), FakeContext.of());
        var after = reconciler(() -> Optional.of(List.<Finding>of())).reconcile(host("tower"), FakeContext.of());

        assertThat(before.getScheduleDelay()).contains(1_000L);
        assertThat(after.getScheduleDelay()).contains(HostReconciler.INTERVAL.toMillis());
        assertThat(beats).hasValue(2);
    }

    @Test
    void leavesOtherMachinesAlone() {
        var control = reconciler(Optional::empty).reconcile(host("cellar"), FakeContext.of());

        assertThat(control.isNoUpdate()).isTrue();
        assertThat(beats).hasValue(0);
    }

    private HostReconciler reconciler(Findings findings) {
        return new HostReconciler(
                new AgentSettings("", "tower", HOME, HOME, HOME, HOME, "", "100.64.0.0/16"),
                new HostReconciler.Sources(() -> new HostFacts(4, 16384, 100, "qemu"), List::of, findings),
                beats::incrementAndGet,
                new HostStatusFactory("home-1", Clock.systemUTC()));
    }

    private static Host host(String name) {
        var host = new Host();
        host.getMetadata().setName(name);
        host.setSpec(new HostSpec(List.of("home-1a"), null, null));
        return host;
    }
}
