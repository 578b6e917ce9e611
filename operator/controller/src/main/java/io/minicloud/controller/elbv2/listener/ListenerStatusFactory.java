package io.minicloud.controller.elbv2.listener;

import io.minicloud.api.common.Condition;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerSpec;
import io.minicloud.api.elbv2.ListenerStatus;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.loadbalancing.LoadBalancingArns;
import io.minicloud.controller.loadbalancing.LoadBalancingReason;
import io.minicloud.controller.loadbalancing.SecurityPolicies;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a Listener. */
final class ListenerStatusFactory {
    private final Clock clock;

    ListenerStatusFactory(Clock clock) {
        this.clock = clock;
    }

    /** What it was called, it is called still. */
    ListenerStatus refused(Listener listener, Enum<?> reason, String message) {
        return asBefore(
                listener,
                Verdict.refuse(Verdict.conditions(listener, clock), reason, message)
                        .build());
    }

    ListenerStatus deleting(Listener listener, Progress waiting) {
        return asBefore(
                listener,
                Verdict.deleting(Verdict.conditions(listener, clock), LoadBalancingReason.Accepted, waiting)
                        .build());
    }

    private static ListenerStatus asBefore(Listener listener, List<Condition> conditions) {
        var before = Optional.ofNullable(listener.getStatus());
        return new ListenerStatus(
                conditions,
                listener.getMetadata().getGeneration(),
                before.map(ListenerStatus::listenerArn).orElse(null),
                before.map(ListenerStatus::loadBalancerArn).orElse(null),
                policy(listener, before(listener)),
                before(listener));
    }

    /** It may be, and what it was before is in force until it can be. */
    ListenerStatus pending(Listener listener, LoadBalancer balancer, Progress progress) {
        return accepted(listener, balancer, progress, before(listener));
    }

    ListenerStatus accepted(Listener listener, LoadBalancer balancer, Progress progress) {
        return accepted(listener, balancer, progress, listener.getSpec());
    }

    private ListenerStatus accepted(
            Listener listener, LoadBalancer balancer, Progress progress, @Nullable ListenerSpec inForce) {
        List<Condition> conditions = Verdict.accept(
                        Verdict.conditions(listener, clock), LoadBalancingReason.Accepted, progress)
                .build();
        return new ListenerStatus(
                conditions,
                listener.getMetadata().getGeneration(),
                LoadBalancingArns.listener(listener, balancer).orElse(null),
                Optional.ofNullable(balancer.getStatus())
                        .map(LoadBalancerStatus::loadBalancerArn)
                        .orElse(null),
                policy(listener, inForce),
                inForce);
    }

    private static @Nullable ListenerSpec before(Listener listener) {
        return Optional.ofNullable(listener.getStatus())
                .map(ListenerStatus::inForce)
                .orElse(null);
    }

    private static @Nullable String policy(Listener listener, @Nullable ListenerSpec inForce) {
        var spec = inForce == null ? listener.getSpec() : inForce;
        return spec.certificateRefs() == null
                ? null
                : Optional.ofNullable(spec.sslPolicy()).orElse(SecurityPolicies.DEFAULT);
    }
}
