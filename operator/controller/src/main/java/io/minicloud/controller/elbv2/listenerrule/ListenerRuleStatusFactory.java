package io.minicloud.controller.elbv2.listenerrule;

import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.ListenerRuleStatus;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.loadbalancing.LoadBalancingArns;
import io.minicloud.controller.loadbalancing.LoadBalancingReason;
import java.time.Clock;

/** The status of a ListenerRule. */
final class ListenerRuleStatusFactory {
    private final Clock clock;

    ListenerRuleStatusFactory(Clock clock) {
        this.clock = clock;
    }

    /** What it was called, it is called still. */
    ListenerRuleStatus refused(ListenerRule rule, Enum<?> reason, String message) {
        return new ListenerRuleStatus(
                Verdict.refuse(Verdict.conditions(rule, clock), reason, message).build(),
                rule.getMetadata().getGeneration(),
                rule.getStatus() == null ? null : rule.getStatus().ruleArn(),
                rule.getStatus() == null ? null : rule.getStatus().inForce());
    }

    ListenerRuleStatus accepted(ListenerRule rule, Listener listener, LoadBalancer balancer, Progress progress) {
        return new ListenerRuleStatus(
                Verdict.accept(Verdict.conditions(rule, clock), LoadBalancingReason.Accepted, progress)
                        .build(),
                rule.getMetadata().getGeneration(),
                LoadBalancingArns.rule(rule, listener, balancer).orElse(null),
                rule.getSpec());
    }
}
