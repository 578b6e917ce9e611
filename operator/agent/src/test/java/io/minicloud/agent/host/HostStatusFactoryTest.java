package io.minicloud.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.inventory.UnknownThing;
import io.minicloud.agent.preflight.Finding;
import io.minicloud.agent.preflight.Finding.Verdict;
import io.minicloud.agent.preflight.PreflightReason;
import io.minicloud.agent.preflight.Topic;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostSpec;
import io.minicloud.api.host.HostStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostStatusFactoryTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Optional<List<Finding>> GOOD = Optional.of(Stream.of(Topic.values())
            .map(topic -> new Finding(topic, Verdict.GOOD, PreflightReason.Good, ""))
            .toList());
    private static final HostFacts FACTS = new HostFacts(4, 16384, 100, "kvm");

    private final HostStatusFactory factory = new HostStatusFactory("home-1", Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void leavesWhatIsReservedAndPromisesTheRestByItsFactor() {
        var status = factory.status(
                host("home-1a", new HostSpec.Reserved(4096, 2), new HostSpec.Overcommit(8, 1, 2)),
                FACTS,
                List.of(),
                GOOD);

        assertThat(status.capacity()).isEqualTo(new HostStatus.Capacity(4, 16384, 100));
        assertThat(status.allocatable()).isEqualTo(new HostStatus.Capacity(16, 12288, 200));
        assertThat(reason(status, "Ready")).isEqualTo("Ready");
    }

    @Test
    void knowsTheDefaultsOfArchitecture() {
        var status = factory.status(host("home-1a", null, null), FACTS, List.of(), GOOD);

        assertThat(status.allocatable()).isEqualTo(new HostStatus.Capacity(48, 14336, 400));
    }

    @Test
    void neverPromisesLessThanNothing() {
        var status = factory.status(host("home-1a", new HostSpec.Reserved(32768, 8), null), FACTS, List.of(), GOOD);

        assertThat(status.allocatable()).isEqualTo(new HostStatus.Capacity(0, 0, 400));
    }

    @Test
    void refusesZonesOfAnotherRegion() {
        var status = factory.status(host("away-1a", null, null), FACTS, List.of(), GOOD);

        assertThat(reason(status, "Accepted")).isEqualTo("ZoneOutsideRegion");
        assertThat(reason(status, "Ready")).isEqualTo("ZoneOutsideRegion");
    }

    @Test
    void isNotReadyWithoutAHypervisor() {
        var status = factory.status(host("home-1a", null, null), new HostFacts(4, 16384, 100, null), List.of(), GOOD);

        assertThat(reason(status, "Programmed")).isEqualTo("HypervisorUnavailable");
        assertThat(reason(status, "Ready")).isEqualTo("HypervisorUnavailable");
        assertThat(status.virtualization()).isNull();
    }

    @Test
    void tellsWhatNobodyKnows() {
        var disk = new UnknownThing(UnknownThing.Kind.Disk, "vol-1", "install/minicloud-host-tower/hostdisk/uid");

        assertThat(factory.status(host("home-1a", null, null), FACTS, List.of(disk), GOOD)
                        .unknown())
                .containsExactly(new HostStatus.Unknown("Disk", "vol-1", "install/minicloud-host-tower/hostdisk/uid"));
        assertThat(factory.status(host("home-1a", null, null), FACTS, List.of(), GOOD)
                        .unknown())
                .isNull();
    }

    @Test
    void staysTheSameWhileNothingChanges() {
        var host = host("home-1a", null, null);
        var first = factory.status(host, FACTS, List.of(), GOOD);
        host.setStatus(first);

        var later = new HostStatusFactory("home-1", Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));

        assertThat(later.status(host, FACTS, List.of(), GOOD)).isEqualTo(first);
    }

    @Test
    void isNotReadyForWhatBlocksAndSaysWhy() {
        var status = factory.status(host("home-1a", null, null), FACTS, List.of(), with(Verdict.BLOCKING));

        assertThat(status(status, "LibvirtReachable")).isEqualTo("False");
        assertThat(reason(status, "LibvirtReachable")).isEqualTo("LibvirtUnreachable");
        assertThat(status(status, "Ready")).isEqualTo("False");
        assertThat(reason(status, "Ready")).isEqualTo("LibvirtUnreachable");
        assertThat(reason(status, "Programmed")).isEqualTo("Observed");
    }

    @Test
    void isReadyInSpiteOfAdviceAndOfWhatCannotBeSeen() {
        var advised = factory.status(host("home-1a", null, null), FACTS, List.of(), with(Verdict.ADVICE));
        var unseen = factory.status(host("home-1a", null, null), FACTS, List.of(), with(Verdict.UNKNOWN));

        assertThat(status(advised, "LibvirtReachable")).isEqualTo("False");
        assertThat(status(advised, "Ready")).isEqualTo("True");
        assertThat(status(unseen, "LibvirtReachable")).isEqualTo("Unknown");
        assertThat(status(unseen, "Ready")).isEqualTo("True");
    }

    @Test
    void knowsNothingBeforeTheFirstLook() {
        var status = factory.status(host("home-1a", null, null), FACTS, List.of(), Optional.empty());

        assertThat(status.conditions())
                .extracting(Condition::type)
                .startsWith("Accepted", "Programmed", "Ready")
                .containsAll(Stream.of(Topic.values()).map(Topic::name).toList());
        assertThat(status(status, "Ready")).isEqualTo("Unknown");
        assertThat(status(status, "KvmAvailable")).isEqualTo("Unknown");
    }

    @Test
    void keepsWhatWasSaidUntilTheFirstLookAfterARestart() {
        var host = host("home-1a", null, null);
        var last = factory.status(host, FACTS, List.of(), with(Verdict.BLOCKING));
        host.setStatus(last);

        assertThat(factory.status(host, FACTS, List.of(), Optional.empty())).isEqualTo(last);
    }

    /** All is good but for libvirt. */
    private static Optional<List<Finding>> with(Verdict verdict) {
        return GOOD.map(findings -> findings.stream()
                .map(finding -> finding.topic() == Topic.LibvirtReachable
                        ? new Finding(finding.topic(), verdict, PreflightReason.LibvirtUnreachable, "start it")
                        : finding)
                .toList());
    }

    private static Host host(
            String zone, HostSpec.@Nullable Reserved reserved, HostSpec.@Nullable Overcommit overcommit) {
        var host = new Host();
        host.getMetadata().setName("tower");
        host.getMetadata().setGeneration(3L);
        host.setSpec(new HostSpec(List.of(zone), reserved, overcommit));
        return host;
    }

    private static String status(HostStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(Condition::status)
                .findFirst()
                .orElseThrow();
    }

    private static String reason(HostStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(Condition::reason)
                .findFirst()
                .orElseThrow();
    }
}
