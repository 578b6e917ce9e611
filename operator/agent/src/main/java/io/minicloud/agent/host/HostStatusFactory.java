package io.minicloud.agent.host;

import io.minicloud.agent.inventory.UnknownThing;
import io.minicloud.agent.preflight.Finding;
import io.minicloud.agent.preflight.Topic;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostSpec;
import io.minicloud.api.host.HostStatus;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the status of a {@code Host}; pure but for the clock. */
public final class HostStatusFactory {
    private static final HostSpec.Reserved DEFAULT_RESERVED = new HostSpec.Reserved(2048, 1);
    private static final HostSpec.Overcommit DEFAULT_OVERCOMMIT = new HostSpec.Overcommit(16, 1, 4);

    private final String region;
    private final Clock clock;

    /**
     * A factory.
     *
     * @param region the region of the installation, whose zones are region and letter
     * @param clock the time of transitions
     */
    public HostStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    /**
     * The status of a host.
     *
     * @param host the host with its previous status
     * @param facts what the machine has
     * @param unknown what lies on it and nobody knows
     * @param findings what was found out of it; empty before the first look of this agent, when what was said last counts
     */
    public HostStatus status(Host host, HostFacts facts, List<UnknownThing> unknown, Optional<List<Finding>> findings) {
        var generation = host.getMetadata().getGeneration();
        var previous = host.getStatus() == null ? null : host.getStatus().conditions();
        var conditions = new ConditionBuilder(previous, generation, clock);
        var foreign = host.getSpec().zones().stream()
                .filter(zone -> !zone.matches(region + "[a-z]"))
                .toList();
        accepted(conditions, foreign);
        programmed(conditions, facts);
        ready(conditions, foreign, facts, findings);
        preflight(conditions, findings);
        return new HostStatus(
                conditions.build(),
                generation,
                new HostStatus.Capacity(facts.vCpus(), facts.memoryMiB(), facts.diskGiB()),
                allocatable(host.getSpec(), facts),
                facts.virtualization(),
                unknown.isEmpty()
                        ? null
                        : unknown.stream().map(HostStatusFactory::told).toList());
    }

    private static HostStatus.Unknown told(UnknownThing thing) {
        return new HostStatus.Unknown(thing.kind().name(), thing.name(), thing.tag());
    }

    private void accepted(ConditionBuilder conditions, List<String> foreign) {
        if (foreign.isEmpty()) {
            conditions.isTrue(ConditionType.ACCEPTED, HostReason.Accepted, "");
        } else {
            conditions.isFalse(ConditionType.ACCEPTED, HostReason.ZoneOutsideRegion, outside(foreign));
        }
    }

    private void programmed(ConditionBuilder conditions, HostFacts facts) {
        if (facts.virtualization() != null) {
            conditions.isTrue(ConditionType.PROGRAMMED, HostReason.Observed, "");
        } else {
            conditions.isFalse(ConditionType.PROGRAMMED, HostReason.HypervisorUnavailable, silent());
        }
    }

    private void ready(
            ConditionBuilder conditions, List<String> foreign, HostFacts facts, Optional<List<Finding>> findings) {
        var blocking =
                findings.stream().flatMap(List::stream).filter(Finding::blocks).findFirst();
        if (!foreign.isEmpty()) {
            conditions.isFalse(ConditionType.READY, HostReason.ZoneOutsideRegion, outside(foreign));
        } else if (facts.virtualization() == null) {
            conditions.isFalse(ConditionType.READY, HostReason.HypervisorUnavailable, silent());
        } else if (findings.isEmpty()) {
            conditions.keep(ConditionType.READY);
        } else if (blocking.isPresent()) {
            conditions.isFalse(
                    ConditionType.READY, blocking.get().reason(), blocking.get().message());
        } else {
            conditions.isTrue(ConditionType.READY, HostReason.Ready, "");
        }
    }

    private static void preflight(ConditionBuilder conditions, Optional<List<Finding>> findings) {
        Stream.of(Topic.values()).map(Topic::name).forEach(conditions::keep);
        findings.stream().flatMap(List::stream).forEach(finding -> {
            var type = finding.topic().name();
            switch (finding.verdict()) {
                case GOOD -> conditions.isTrue(type, finding.reason(), finding.message());
                case ADVICE, BLOCKING -> conditions.isFalse(type, finding.reason(), finding.message());
                case UNKNOWN -> conditions.isUnknown(type, finding.reason(), finding.message());
            }
        });
    }

    private String outside(List<String> foreign) {
        return "zones " + String.join(", ", foreign) + " are not in region " + region + ": name them " + region + "a, "
                + region + "b, …";
    }

    private static String silent() {
        return "libvirtd does not answer: start it, or look at its log";
    }

    private static HostStatus.Capacity allocatable(HostSpec spec, HostFacts facts) {
        var reserved = spec.reserved() == null ? DEFAULT_RESERVED : spec.reserved();
        var overcommit = spec.overcommit() == null ? DEFAULT_OVERCOMMIT : spec.overcommit();
        return new HostStatus.Capacity(
                Math.max(0, facts.vCpus() - reserved.vCpus()) * overcommit.vCpus(),
                Math.max(0, facts.memoryMiB() - reserved.memoryMiB()) * overcommit.memory(),
                facts.diskGiB() * overcommit.disk());
    }
}
