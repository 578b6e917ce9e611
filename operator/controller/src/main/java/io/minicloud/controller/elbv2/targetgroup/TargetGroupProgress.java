package io.minicloud.controller.elbv2.targetgroup;

import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.elbv2.TargetGroupStatus;
import io.minicloud.api.elbv2.TargetGroupStatus.TargetHealth;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.loadbalancing.LoadBalancerNodes;
import io.minicloud.controller.loadbalancing.LoadBalancingReason;
import io.minicloud.controller.loadbalancing.ProxyPlanner;
import io.minicloud.controller.loadbalancing.ProxyTargets;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the nodes of the load balancer that uses a target group have it as it is. Pure. */
final class TargetGroupProgress {
    private TargetGroupProgress() {}

    static Progress of(TargetGroup group, GroupPlace place, List<TargetHealth> targets) {
        return place.user()
                .map(balancer -> of(group, balancer, place, targets))
                .orElseGet(() -> Progress.done(
                        LoadBalancingReason.NotInUse, "no listener and no rule that is accepted forwards to it"));
    }

    /** The targets as they were last told. */
    static List<TargetHealth> told(TargetGroup group) {
        return Stream.ofNullable(group.getStatus())
                .map(TargetGroupStatus::targetHealth)
                .flatMap(Stream::ofNullable)
                .flatMap(List::stream)
                .toList();
    }

    private static Progress of(TargetGroup group, LoadBalancer balancer, GroupPlace place, List<TargetHealth> targets) {
        var zones = ProxyPlanner.zones(balancer).collect(Collectors.toSet());
        var wanted = ProxyTargets.compile(group, targets, zones);
        var held = Conditions.isTrue(group, ConditionType.PROGRAMMED)
                && wanted.equals(ProxyTargets.compile(group, told(group), zones));
        var everywhere = new HashSet<ProxyTargetGroup.Target>();
        place.nodes().stream()
                .flatMap(node -> LoadBalancerNodes.proxy(node).stream())
                .flatMap(proxy -> found(proxy, wanted).stream())
                .forEach(found -> everywhere.addAll(found.targets()));
        return LoadBalancerNodes.progress(
                balancer,
                place.nodes(),
                held,
                proxy -> found(proxy, wanted)
                                .filter(found -> alike(found, wanted))
                                .isPresent()
                        && everywhere.equals(Set.copyOf(wanted.targets())));
    }

    private static Optional<ProxyTargetGroup> found(ProxySpec proxy, ProxyTargetGroup wanted) {
        return proxy.targetGroups().stream()
                .filter(group -> group.targetGroupId().equals(wanted.targetGroupId()))
                .findFirst();
    }

    /** But for the targets: without cross-zone balancing each node has those of its own zone. */
    private static boolean alike(ProxyTargetGroup one, ProxyTargetGroup other) {
        return one.withTargets(List.of()).equals(other.withTargets(List.of()));
    }
}
