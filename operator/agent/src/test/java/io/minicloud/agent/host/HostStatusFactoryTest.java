package io.minicloud.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.inventory.UnknownThing;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostSpec;
import io.minicloud.api.host.HostStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostStatusFactoryTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final HostFacts FACTS = new HostFacts(4, 16384, 100, "kvm");

    private final HostStatusFactory factory = new HostStatusFactory("home-1", Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void leavesWhatIsReservedAndPromisesTheRestByItsFactor() {
        var status = factory.status(
                host("home-1a", new HostSpec.Reserved(4096, 2), new HostSpec.Overcommit(8, 1, 2)), FACTS, List.of());

        assertThat(status.capacity()).isEqualTo(new HostStatus.Capacity(4, 16384, 100));
        assertThat(status.allocatable()).isEqualTo(new HostStatus.Capacity(16, 12288, 200));
        assertThat(reason(status, "Ready")).isEqualTo("Ready");
    }

    @Test
    void knowsTheDefaultsOfArchitecture() {
        var status = factory.status(host("home-1a", null, null), FACTS, List.of());

        assertThat(status.allocatable()).isEqualTo(new HostStatus.Capacity(48, 14336, 400));
    }

    @Test
    void neverPromisesLessThanNothing() {
        var status = factory.status(host("home-1a", new HostSpec.Reserved(32768, 8), null), FACTS, List.of());

        assertThat(status.allocatable()).isEqualTo(new HostStatus.Capacity(0, 0, 400));
    }

    @Test
    void refusesZonesOfAnotherRegion() {
        var status = factory.status(host("away-1a", null, null), FACTS, List.of());

        assertThat(reason(status, "Accepted")).isEqualTo("ZoneOutsideRegion");
        assertThat(reason(status, "Ready")).isEqualTo("ZoneOutsideRegion");
    }

    @Test
    void isNotReadyWithoutAHypervisor() {
        var status = factory.status(host("home-1a", null, null), new HostFacts(4, 16384, 100, null), List.of());

        assertThat(reason(status, "Programmed")).isEqualTo("HypervisorUnavailable");
        assertThat(reason(status, "Ready")).isEqualTo("HypervisorUnavailable");
        assertThat(status.virtualization()).isNull();
    }

    @Test
    void tellsWhatNobodyKnows() {
        var disk = new UnknownThing(UnknownThing.Kind.Disk, "vol-1", "install/minicloud-host-tower/hostdisk/uid");

        assertThat(factory.status(host("home-1a", null, null), FACTS, List.of(disk))
                        .unknown())
                .containsExactly(new HostStatus.Unknown("Disk", "vol-1", "install/minicloud-host-tower/hostdisk/uid"));
        assertThat(factory.status(host("home-1a", null, null), FACTS, List.of()).unknown())
                .isNull();
    }

    @Test
    void staysTheSameWhileNothingChanges() {
        var host = host("home-1a", null, null);
        var first = factory.status(host, FACTS, List.of());
        host.setStatus(first);

        var later = new HostStatusFactory("home-1", Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));

        assertThat(later.status(host, FACTS, List.of())).isEqualTo(first);
    }

    private static Host host(
            String zone, HostSpec.@Nullable Reserved reserved, HostSpec.@Nullable Overcommit overcommit) {
        var host = new Host();
        host.getMetadata().setName("tower");
        host.getMetadata().setGeneration(3L);
        host.setSpec(new HostSpec(List.of(zone), reserved, overcommit));
        return host;
    }

    private static String reason(HostStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(Condition::reason)
                .findFirst()
                .orElseThrow();
    }
}
