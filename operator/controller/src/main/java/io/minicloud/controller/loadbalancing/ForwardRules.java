package io.minicloud.controller.loadbalancing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.elbv2.TargetGroupStatus;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a listener or rule may forward to the target groups that it names. Pure. */
final class ForwardRules {
    private static final Map<String, Set<String>> GROUPS = Map.of(
            "HTTP", Set.of("HTTP", "HTTPS"),
            "HTTPS", Set.of("HTTP", "HTTPS"),
            "TCP", Set.of("TCP"),
            "TLS", Set.of("TCP", "TLS"),
            "UDP", Set.of("UDP"));

    private final Estate estate;

    ForwardRules(Estate estate) {
        this.estate = estate;
    }

    /**
     * Whether it may.
     *
     * @param user the listener or rule
     * @param listener the listener, itself or that of the rule
     * @param balancer the load balancer of that
     * @return the load balancer
     */
    Resolution<LoadBalancer> judge(HasMetadata user, Listener listener, LoadBalancer balancer) {
        Resolution<LoadBalancer> judged = uniqueGroups(user, balancer);
        for (var ref : Estate.groups(user)) {
            judged = judged.then(sound -> forwards(ref, listener, sound));
        }
        return judged;
    }

    /** AWS has the same bound; a proxy has room for no more. */
    private Resolution<LoadBalancer> uniqueGroups(HasMetadata user, LoadBalancer balancer) {
        var groups = new HashSet<LocalRef>();
        for (var one : Estate.haversFirst(estate.users(balancer), ForwardRules::hasItsGroups)) {
            groups.addAll(Estate.groups(one));
            if (one.getKind().equals(user.getKind()) && name(one).equals(name(user))) {
                break;
            }
        }
        return groups.size() <= ProxyPlanner.TARGET_GROUPS
                        || Estate.groups(user).isEmpty()
                ? new Resolution.Resolved<>(balancer)
                : new Resolution.Waiting<>(
                        LoadBalancingReason.TooManyUniqueTargetGroupsPerLoadBalancer,
                        "a load balancer may have %d target groups: forward to those that others forward to"
                                .formatted(ProxyPlanner.TARGET_GROUPS));
    }

    private static boolean hasItsGroups(HasMetadata user) {
        return LastAccepted.forwardsTo(user, Estate.groups(user));
    }

    private Resolution<LoadBalancer> forwards(LocalRef ref, Listener listener, LoadBalancer balancer) {
        return group(ref).then(group -> compatible(group, listener, balancer)).then(group -> ours(ref, balancer));
    }

    private Resolution<TargetGroup> group(LocalRef ref) {
        var what = "TargetGroup " + ref.name();
        var found = estate.targetGroup(ref);
        if (found.isEmpty()) {
            return new Resolution.Waiting<>(
                    LoadBalancingReason.TargetGroupNotFound, what + " does not exist in this namespace");
        }
        return vpc(found.get()).isPresent()
                ? new Resolution.Resolved<>(found.get())
                : new Resolution.Waiting<>(
                        LoadBalancingReason.TargetGroupPending, what + " has no VPC yet; see its status");
    }

    private static Resolution<TargetGroup> compatible(TargetGroup group, Listener listener, LoadBalancer balancer) {
        var protocol = listener.getSpec().protocol();
        var allowed = GROUPS.getOrDefault(protocol, Set.of());
        if (!allowed.contains(group.getSpec().protocol())) {
            return new Resolution.Invalid<>(
                    LoadBalancingReason.InvalidConfigurationRequest,
                    "TargetGroup %s is of %s, and a listener of %s forwards to %s only: make a target group of that"
                            .formatted(name(group), group.getSpec().protocol(), protocol, Estate.words(allowed)));
        }
        return vpc(group).equals(Estate.vpc(balancer))
                ? new Resolution.Resolved<>(group)
                : new Resolution.Invalid<>(
                        LoadBalancingReason.InvalidConfigurationRequest,
                        "TargetGroup %s is in Vpc %s, and LoadBalancer %s in another: make a target group in its VPC"
                                .formatted(name(group), group.getSpec().vpcRef().name(), name(balancer)));
    }

    private Resolution<LoadBalancer> ours(LocalRef ref, LoadBalancer balancer) {
        return estate.user(ref)
                .filter(other -> !name(other).equals(name(balancer)))
                .<Resolution<LoadBalancer>>map(other -> new Resolution.Invalid<>(
                        LoadBalancingReason.TargetGroupAssociationLimit,
                        "TargetGroup %s belongs to LoadBalancer %s, and may to one only: make another target group"
                                .formatted(ref.name(), name(other))))
                .orElseGet(() -> new Resolution.Resolved<>(balancer));
    }

    private static Optional<String> vpc(TargetGroup group) {
        return Optional.ofNullable(group.getStatus()).map(TargetGroupStatus::vpcId);
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
