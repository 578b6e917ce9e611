package io.minicloud.controller.loadbalancing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.controller.Quotas;
import io.minicloud.reconcile.resolve.Resolution;

/** Whether a rule has its place among the others of its listener and load balancer. Pure. */
final class PriorityRules {
    private final Estate estate;
    private final Quotas quotas;

    PriorityRules(Estate estate, Quotas quotas) {
        this.estate = estate;
        this.quotas = quotas;
    }

    /** Whether no other rule of the listener has its priority. */
    Resolution<Listener> alone(ListenerRule rule, Listener listener) {
        return Estate.haversFirst(estate.rules(listener), LastAccepted::hasPriority).stream()
                .filter(other ->
                        other.getSpec().priority().equals(rule.getSpec().priority()))
                .findFirst()
                .filter(other -> !name(other).equals(name(rule)))
                .<Resolution<Listener>>map(other -> new Resolution.Invalid<>(
                        LoadBalancingReason.PriorityInUse,
                        "ListenerRule %s has priority %d of Listener %s: take another one"
                                .formatted(name(other), rule.getSpec().priority(), name(listener))))
                .orElseGet(() -> new Resolution.Resolved<>(listener));
    }

    /** Whether it is one of the first that the load balancer has room for. */
    Resolution<LoadBalancer> withinQuota(ListenerRule rule, LoadBalancer balancer) {
        var all = estate.users(balancer).stream()
                .filter(ListenerRule.class::isInstance)
                .toList();
        return Estate.rank(rule, all) < quotas.rulesPerLoadBalancer()
                ? new Resolution.Resolved<>(balancer)
                : new Resolution.Waiting<>(
                        LoadBalancingReason.TooManyRules,
                        "a load balancer may have %d rules: delete one, or an administrator raises quotas.rulesPerLoadBalancer"
                                .formatted(quotas.rulesPerLoadBalancer()));
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
