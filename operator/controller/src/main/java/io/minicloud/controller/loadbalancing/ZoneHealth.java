package io.minicloud.controller.loadbalancing;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.elbv2.TargetGroupStatus;
import io.minicloud.api.elbv2.TargetGroupStatus.TargetHealth;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the node of a zone has a healthy target for whatever its load balancer is asked for. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html">Target group health</a>
 * @see <a href="https://repost.aws/knowledge-center/elb-dns-cross-zone-balance-configuration">Load balancer DNS and cross-zone load balancing</a>
 */
public final class ZoneHealth {
    private static final String HEALTHY = "healthy";

    private final LoadBalancer balancer;
    private final List<TargetGroup> groups;

    /**
     * The health of the zones of a load balancer.
     *
     * @param estate what its account has
     */
    public ZoneHealth(LoadBalancer balancer, Estate estate) {
        this.balancer = balancer;
        this.groups = estate.targetGroups(balancer).stream()
                .filter(group -> estate.user(new LocalRef(group.getMetadata().getName()))
                        .filter(balancer::equals)
                        .isPresent())
                .toList();
    }

    /** Whether each of its target groups has a healthy target among those that a node of the zone hands on to. */
    public boolean isHealthy(String zone) {
        return groups.stream().allMatch(group -> {
            var reached = ProxyPlanner.zones(balancer, group, zone);
            return healthyZones(group).stream().anyMatch(reached::contains);
        });
    }

    /** The zones in which a target group has a healthy target. */
    static Set<String> healthyZones(TargetGroup group) {
        return Stream.ofNullable(group.getStatus())
                .map(TargetGroupStatus::targetHealth)
                .flatMap(Stream::ofNullable)
                .flatMap(List::stream)
                .filter(target -> HEALTHY.equals(target.state()))
                .map(TargetHealth::target)
                .flatMap(target -> Stream.ofNullable(target.availabilityZone()))
                .collect(Collectors.toSet());
    }
}
