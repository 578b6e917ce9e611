package io.minicloud.controller.elbv2.targetgroup;

import io.minicloud.api.elbv2.TargetGroupStatus.TargetHealth;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceStatus;
import io.minicloud.api.host.ProxyStatus;
import io.minicloud.controller.loadbalancing.LoadBalancerNodes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How registered targets are, from what the nodes of their load balancer find: healthy when every node that checks one says so, unhealthy
 * when one does. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html">TargetHealth</a>
 */
final class HealthReports {
    private final boolean used;
    private final Set<String> zones;
    private final Set<String> told;
    private final Map<String, List<ProxyStatus.Target>> reports;

    private HealthReports(
            boolean used, Set<String> zones, Set<String> told, Map<String, List<ProxyStatus.Target>> reports) {
        this.used = used;
        this.zones = zones;
        this.told = told;
        this.reports = reports;
    }

    /** Of a group that nobody forwards to. */
    static HealthReports unused() {
        return new HealthReports(false, Set.of(), Set.of(), Map.of());
    }

    /**
     * Of a group that a load balancer uses.
     *
     * @param groupId by which the nodes know it
     * @param zones the zones that the load balancer has a node in
     * @param nodes the nodes
     */
    static HealthReports of(String groupId, Set<String> zones, Collection<HostAppliance> nodes) {
        var told = new HashSet<String>();
        nodes.stream()
                .flatMap(node -> LoadBalancerNodes.proxy(node).stream())
                .flatMap(proxy -> proxy.targetGroups().stream())
                .filter(group -> group.targetGroupId().equals(groupId))
                .flatMap(group -> group.targets().stream())
                .forEach(target -> told.add(place(target.address(), target.port())));
        var reports = nodes.stream()
                .flatMap(node -> Stream.ofNullable(node.getStatus()))
                .map(HostApplianceStatus::proxy)
                .flatMap(Stream::ofNullable)
                .flatMap(proxy -> Stream.ofNullable(proxy.targets()))
                .flatMap(List::stream)
                .filter(target -> groupId.equals(target.targetGroupId()))
                .collect(Collectors.groupingBy(target -> place(target.address(), target.port())));
        return new HealthReports(true, zones, told, reports);
    }

    /** How a target is. */
    TargetHealth of(Registered one) {
        if (one.address() == null) {
            return health(one, "unused", "Target.InvalidState", "Target is in the " + one.state() + " state");
        }
        if (!used) {
            return health(
                    one,
                    "unused",
                    "Target.NotInUse",
                    "Target group is not configured to receive traffic from the load balancer");
        }
        if (!zones.isEmpty() && !zones.contains(one.target().availabilityZone())) {
            return health(
                    one,
                    "unused",
                    "Target.NotInUse",
                    "Target is in an Availability Zone that is not enabled for the load balancer");
        }
        var place = place(one.address(), one.target().port());
        if (!told.contains(place)) {
            return health(one, "initial", "Elb.RegistrationInProgress", "Target registration is in progress");
        }
        return checked(one, reports.getOrDefault(place, List.of()));
    }

    private static TargetHealth checked(Registered one, List<ProxyStatus.Target> reports) {
        var failed = reports.stream()
                .filter(report -> "Unhealthy".equals(report.state()))
                .findFirst();
        if (failed.isPresent()) {
            return unhealthy(one, failed.get());
        }
        return !reports.isEmpty() && reports.stream().allMatch(report -> "Healthy".equals(report.state()))
                ? health(one, "healthy", null, null)
                : health(one, "initial", "Elb.InitialHealthChecking", "Initial health checks in progress");
    }

    private static TargetHealth unhealthy(Registered one, ProxyStatus.Target report) {
        return switch (Objects.requireNonNullElse(report.cause(), "FailedHealthChecks")) {
            case "ResponseCodeMismatch" ->
                health(
                        one,
                        "unhealthy",
                        "Target.ResponseCodeMismatch",
                        Optional.ofNullable(report.responseCode())
                                .map(code -> "Health checks failed with these codes: [" + code + "]")
                                .orElse("Health checks failed with other codes than matcher names"));
            case "Timeout" -> health(one, "unhealthy", "Target.Timeout", "Request timed out");
            default -> health(one, "unhealthy", "Target.FailedHealthChecks", "Health checks failed");
        };
    }

    private static TargetHealth health(
            Registered one, String state, @Nullable String reason, @Nullable String description) {
        return new TargetHealth(one.target(), state, reason, description, one.address(), null);
    }

    private static String place(String address, int port) {
        return address + ":" + port;
    }
}
