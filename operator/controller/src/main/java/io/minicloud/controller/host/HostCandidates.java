package io.minicloud.controller.host;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostStatus;
import io.minicloud.controller.placement.Candidate;
import io.minicloud.controller.placement.Room;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a Host and the Lease in its namespace into a candidate for placement. */
public final class HostCandidates {
    /** How long a heartbeat counts when its Lease does not say. */
    static final Duration DEFAULT_LEASE = Duration.ofSeconds(40);

    private final Clock clock;

    /**
     * Candidates by a clock.
     *
     * @param clock what heartbeats are compared with
     */
    public HostCandidates(Clock clock) {
        this.clock = clock;
    }

    /** The namespace that holds everything of a host. */
    public static String namespace(String host) {
        return Labels.HOST_NAMESPACE_PREFIX + host;
    }

    /** Every host as the placement sees it. The heartbeats are read from the API: they change all the time, so nobody watches them. */
    public List<Candidate> all(Context<?> context) {
        return Cached.of(context, Host.class)
                .all()
                .map(host -> of(host, heartbeat(host.getMetadata().getName(), context)))
                .toList();
    }

    /** Those of these hosts that nothing was heard of for as long as a heartbeat counts. */
    public Set<String> silent(Collection<String> hosts, Context<?> context) {
        return hosts.stream().filter(host -> !fresh(heartbeat(host, context))).collect(Collectors.toSet());
    }

    /** The agent renews the Lease of the host's name in the host's namespace. */
    private static @Nullable Lease heartbeat(String host, Context<?> context) {
        return context.getClient()
                .leases()
                .inNamespace(namespace(host))
                .withName(host)
                .get();
    }

    /**
     * A host as the placement sees it.
     *
     * @param host the host
     * @param heartbeat the Lease that its agent renews, null when there is none
     */
    public Candidate of(Host host, @Nullable Lease heartbeat) {
        var alive = host.getMetadata().getDeletionTimestamp() == null
                && Conditions.isTrue(host, ConditionType.READY)
                && fresh(heartbeat);
        return new Candidate(
                host.getMetadata().getName(), Set.copyOf(host.getSpec().zones()), alive, room(host.getStatus()));
    }

    private boolean fresh(@Nullable Lease heartbeat) {
        if (heartbeat == null
                || heartbeat.getSpec() == null
                || heartbeat.getSpec().getRenewTime() == null) {
            return false;
        }
        var seconds = heartbeat.getSpec().getLeaseDurationSeconds();
        var valid = seconds == null ? DEFAULT_LEASE : Duration.ofSeconds(seconds);
        return heartbeat.getSpec().getRenewTime().toInstant().plus(valid).isAfter(clock.instant());
    }

    private static Room room(@Nullable HostStatus status) {
        var allocatable = status == null ? null : status.allocatable();
        if (allocatable == null
                || allocatable.vCpus() == null
                || allocatable.memoryMiB() == null
                || allocatable.diskGiB() == null) {
            return Room.NONE;
        }
        return new Room(allocatable.vCpus(), allocatable.memoryMiB(), allocatable.diskGiB());
    }
}
