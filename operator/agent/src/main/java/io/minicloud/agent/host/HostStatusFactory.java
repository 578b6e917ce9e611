package io.minicloud.agent.host;

import io.minicloud.agent.inventory.UnknownThing;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostSpec;
import io.minicloud.api.host.HostStatus;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import java.time.Clock;
import java.util.List;

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
     */
    public HostStatus status(Host host, HostFacts facts, List<UnknownThing> unknown) {
        var generation = host.getMetadata().getGeneration();
        var previous = host.getStatus() == null ? null : host.getStatus().conditions();
        var conditions = new ConditionBuilder(previous, generation, clock);
        var foreign = host.getSpec().zones().stream()
                .filter(zone -> !zone.matches(region + "[a-z]"))
                .toList();
        accepted(conditions, foreign);
        programmed(conditions, facts);
        ready(conditions, foreign, facts);
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

    private void ready(ConditionBuilder conditions, List<String> foreign, HostFacts facts) {
        if (!foreign.isEmpty()) {
            conditions.isFalse(ConditionType.READY, HostReason.ZoneOutsideRegion, outside(foreign));
        } else if (facts.virtualization() == null) {
            conditions.isFalse(ConditionType.READY, HostReason.HypervisorUnavailable, silent());
        } else {
            conditions.isTrue(ConditionType.READY, HostReason.Ready, "");
        }
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
