package io.minicloud.controller.elbv2.loadbalancer;

import io.minicloud.api.elbv2.LoadBalancer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was seen last of the Secrets of each node. They are not watched, because keys are not kept in memory; so that not every pass asks
 * for them, who has seen that all is well asks again only when something else is wanted, or after a while.
 */
final class SecretMemory {
    private static final Duration TRUSTED = Duration.ofMinutes(2);

    private final Map<String, Seen> nodes = new ConcurrentHashMap<>();
    private final Clock clock;

    SecretMemory(Clock clock) {
        this.clock = clock;
    }

    /**
     * By what the Secrets of a node are known here.
     *
     * @param use what they are for
     */
    static String key(String use, LoadBalancer balancer, NodePlace node) {
        return String.join(" ", use, balancer.getMetadata().getUid(), node.subnetId(), node.host());
    }

    /**
     * The names of a node's Secrets by what they are made of; empty: one must look.
     *
     * @param certificates what each certificate or key is, by its name
     */
    Optional<Map<String, String>> brought(String node, Map<String, String> certificates) {
        return Optional.ofNullable(nodes.get(node))
                .filter(seen -> seen.certificates.equals(certificates))
                .filter(seen -> seen.at.plus(TRUSTED).isAfter(clock.instant()))
                .map(Seen::secrets);
    }

    /** All that a node needs is there; what else is there is to be looked at. */
    void brought(String node, Map<String, String> certificates, Map<String, String> secrets) {
        nodes.put(node, new Seen(Map.copyOf(certificates), Map.copyOf(secrets), null, clock.instant()));
    }

    /** Whether a node is known to have no other Secrets than these. */
    boolean isClear(String node, Set<String> needed) {
        var seen = nodes.get(node);
        return seen != null && needed.equals(seen.needed);
    }

    /** A node has no other Secrets than these. */
    void cleared(String node, Set<String> needed) {
        nodes.computeIfPresent(
                node, (name, seen) -> new Seen(seen.certificates, seen.secrets, Set.copyOf(needed), seen.at));
    }

    /** The node goes, or is in trouble: one must look. */
    void forget(String node) {
        nodes.remove(node);
    }

    private record Seen(
            Map<String, String> certificates,
            Map<String, String> secrets,
            @Nullable Set<String> needed,
            Instant at) {}
}
