package io.minicloud.controller.elbv2.targetgroup;

import io.minicloud.api.common.Condition;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.elbv2.TargetGroupStatus;
import io.minicloud.api.elbv2.TargetGroupStatus.TargetHealth;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.loadbalancing.LoadBalancingArns;
import io.minicloud.controller.loadbalancing.LoadBalancingReason;
import io.minicloud.controller.loadbalancing.ProxyPlanner;
import io.minicloud.controller.loadbalancing.ProxyTargets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The status of a TargetGroup. */
final class TargetGroupStatusFactory {
    private final String region;
    private final Clock clock;

    TargetGroupStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    /** It has no place; what it was, it is said to be still. */
    TargetGroupStatus refused(TargetGroup group, Enum<?> reason, String message) {
        return asBefore(
                group,
                Verdict.refuse(Verdict.conditions(group, clock), reason, message)
                        .build());
    }

    /** Its deletion waits, and it has lost its place. */
    TargetGroupStatus deleting(TargetGroup group, Progress waiting) {
        return asBefore(group, leaving(group, waiting));
    }

    /** Its deletion waits; the targets go on as before. */
    TargetGroupStatus deleting(TargetGroup group, GroupPlace place, Progress waiting) {
        return status(group, place, health(group, place), leaving(group, waiting));
    }

    /** The targets that may be are in force, also when another one may not. */
    TargetGroupStatus of(TargetGroup group, GroupPlace place) {
        var targets = health(group, place);
        var conditions = Verdict.conditions(group, clock);
        var problem = place.registration().problem();
        var judged = problem.isPresent()
                ? Verdict.refuse(
                        conditions, problem.get().reason(), problem.get().message())
                : Verdict.accept(
                        conditions, LoadBalancingReason.Accepted, TargetGroupProgress.of(group, place, targets));
        return status(group, place, targets, judged.build());
    }

    private List<TargetHealth> health(TargetGroup group, GroupPlace place) {
        var registered = place.registration().targets();
        var reports = place.user()
                .map(balancer -> HealthReports.of(
                        ProxyTargets.id(group),
                        ProxyPlanner.zones(balancer).collect(Collectors.toSet()),
                        place.nodes()))
                .orElseGet(HealthReports::unused);
        var delay = Duration.ofSeconds(group.getSpec().deregistrationDelaySeconds());
        var draining = place.user().isEmpty()
                ? Stream.<TargetHealth>empty()
                : Draining.of(TargetGroupProgress.told(group), registered, delay, clock.instant()).stream();
        return Stream.concat(registered.stream().map(reports::of), draining).toList();
    }

    private List<Condition> leaving(TargetGroup group, Progress waiting) {
        return Verdict.deleting(Verdict.conditions(group, clock), LoadBalancingReason.Accepted, waiting)
                .build();
    }

    private TargetGroupStatus status(
            TargetGroup group, GroupPlace place, List<TargetHealth> targets, List<Condition> conditions) {
        return new TargetGroupStatus(
                conditions,
                group.getMetadata().getGeneration(),
                LoadBalancingArns.targetGroup(group, region, place.account()),
                ProxyTargets.id(group),
                place.vpcId(),
                place
                        .user()
                        .flatMap(balancer -> Optional.ofNullable(balancer.getStatus()))
                        .map(LoadBalancerStatus::loadBalancerArn)
                        .stream()
                        .toList(),
                targets);
    }

    private static TargetGroupStatus asBefore(TargetGroup group, List<Condition> conditions) {
        var before = Optional.ofNullable(group.getStatus());
        return new TargetGroupStatus(
                conditions,
                group.getMetadata().getGeneration(),
                before.map(TargetGroupStatus::targetGroupArn).orElse(null),
                ProxyTargets.id(group),
                before.map(TargetGroupStatus::vpcId).orElse(null),
                before.map(TargetGroupStatus::loadBalancerArns).orElse(List.of()),
                before.map(TargetGroupStatus::targetHealth).orElse(List.of()));
    }
}
