package io.minicloud.controller.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostSpec;
import io.minicloud.api.host.HostStatus;
import io.minicloud.controller.placement.Room;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostCandidatesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final HostCandidates candidates = new HostCandidates(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void readyWithAFreshHeartbeatIsAlive() {
        var candidate = candidates.of(host("True"), lease(NOW.minusSeconds(10), 40));
        assertThat(candidate.alive()).isTrue();
        assertThat(candidate.zones()).containsExactlyInAnyOrder("home-1a", "home-1b");
        assertThat(candidate.allocatable()).isEqualTo(new Room(16, 4096, 100));
    }

    @Test
    void aStaleHeartbeatIsNotAlive() {
        assertThat(candidates.of(host("True"), lease(NOW.minusSeconds(41), 40)).alive())
                .isFalse();
    }

    @Test
    void noHeartbeatIsNotAlive() {
        assertThat(candidates.of(host("True"), null).alive()).isFalse();
    }

    @Test
    void notReadyIsNotAlive() {
        assertThat(candidates.of(host("False"), lease(NOW, 40)).alive()).isFalse();
        assertThat(candidates.of(host("Unknown"), lease(NOW, 40)).alive()).isFalse();
    }

    @Test
    void aHostThatHasNotReportedHasNoRoom() {
        var host = host("True");
        host.setStatus(null);
        assertThat(candidates.of(host, lease(NOW, 40)).allocatable()).isEqualTo(Room.NONE);
    }

    private static Host host(String ready) {
        var host = new Host();
        host.getMetadata().setName("tower");
        host.getMetadata().setGeneration(1L);
        host.setSpec(new HostSpec(List.of("home-1a", "home-1b"), null, null));
        host.setStatus(new HostStatus(
                List.of(new Condition("Ready", ready, 1L, "2026-01-01T00:00:00Z", "Reported", "")),
                1L,
                null,
                new HostStatus.Capacity(16, 4096, 100),
                "kvm",
                List.of()));
        return host;
    }

    private static Lease lease(Instant renewed, int seconds) {
        return new LeaseBuilder()
                .withNewSpec()
                .withRenewTime(renewed.atZone(ZoneOffset.UTC))
                .withLeaseDurationSeconds(seconds)
                .endSpec()
                .build();
    }
}
