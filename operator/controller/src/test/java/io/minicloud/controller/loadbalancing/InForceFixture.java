package io.minicloud.controller.loadbalancing;

import io.minicloud.api.common.Condition;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.ListenerRuleStatus;
import io.minicloud.api.elbv2.ListenerStatus;
import io.minicloud.controller.Quotas;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;

/** Plays the reconcilers of listeners and rules: what of an estate was accepted stands in the statuses. */
final class InForceFixture {
    private InForceFixture() {}

    /** The estate after a pass over all of it. */
    static Estate told(Estate asked, Quotas quotas) {
        var inForce = new InForce(asked, quotas);
        return new Estate(
                asked.loadBalancers(),
                asked.listeners().stream().map(one -> told(one, inForce)).toList(),
                asked.rules().stream().map(one -> told(one, inForce)).toList(),
                asked.targetGroups(),
                asked.certificates());
    }

    /** The same listener, otherwise asked for. */
    static Listener edited(Listener before, Listener now) {
        now.setStatus(before.getStatus());
        return now;
    }

    /** The same rule, otherwise asked for. */
    static ListenerRule edited(ListenerRule before, ListenerRule now) {
        now.setStatus(before.getStatus());
        return now;
    }

    private static Listener told(Listener listener, InForce inForce) {
        var accepted = inForce.judge(listener) instanceof Resolution.Resolved<?>;
        var told = new Listener();
        told.setMetadata(listener.getMetadata());
        told.setSpec(listener.getSpec());
        told.setStatus(new ListenerStatus(
                conditions(accepted),
                1L,
                null,
                null,
                null,
                accepted
                        ? listener.getSpec()
                        : Optional.ofNullable(listener.getStatus())
                                .map(ListenerStatus::inForce)
                                .orElse(null)));
        return told;
    }

    private static ListenerRule told(ListenerRule rule, InForce inForce) {
        var accepted = inForce.judge(rule) instanceof Resolution.Resolved<?>;
        var told = new ListenerRule();
        told.setMetadata(rule.getMetadata());
        told.setSpec(rule.getSpec());
        told.setStatus(new ListenerRuleStatus(
                conditions(accepted),
                1L,
                null,
                accepted
                        ? rule.getSpec()
                        : Optional.ofNullable(rule.getStatus())
                                .map(ListenerRuleStatus::inForce)
                                .orElse(null)));
        return told;
    }

    private static List<Condition> conditions(boolean accepted) {
        return List.of(new Condition(
                "Accepted", accepted ? "True" : "False", 1L, "2026-01-01T00:00:00Z", accepted ? "Accepted" : "No", ""));
    }
}
