package io.minicloud.controller.elbv2.listener;

import io.minicloud.api.common.Condition;
import io.minicloud.api.elbv2.Listener;
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
        var before = Optional.ofNullable(listener.getStatus());
        return new ListenerStatus(
                Verdict.refuse(Verdict.conditions(listener, clock), reason, message)
                        .build(),
                listener.getMetadata().getGeneration(),
                before.map(ListenerStatus::listenerArn).orElse(null),
                before.map(ListenerStatus::loadBalancerArn).orElse(null),
                policy(listener));
    }

    ListenerStatus accepted(Listener listener, LoadBalancer balancer, Progress progress) {
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
                policy(listener));
    }

    private static @Nullable String policy(Listener listener) {
        return listener.getSpec().certificateRefs() == null
                ? null
                : Optional.ofNullable(listener.getSpec().sslPolicy()).orElse(SecurityPolicies.DEFAULT);
    }
}
