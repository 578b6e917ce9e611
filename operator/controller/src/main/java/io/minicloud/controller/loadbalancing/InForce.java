package io.minicloud.controller.loadbalancing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.controller.Quotas;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The listeners and rules of an account as they are in force: as they are asked for, and those that were changed to what may not be as
 * they were accepted last. AWS refuses such a change, and nothing becomes of it. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html">ModifyListener</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyRule.html">ModifyRule</a>
 */
public final class InForce {
    private final Map<String, Resolution<LoadBalancer>> changedListeners = new HashMap<>();
    private final Map<String, Resolution<Listener>> changedRules = new HashMap<>();
    private final Estate asked;
    private final Estate estate;
    private final EstateRules rules;

    /**
     * What is in force.
     *
     * @param asked the estate as it is asked for
     * @param quotas those of the account
     */
    public InForce(Estate asked, Quotas quotas) {
        var settled = asked;
        var judge = new EstateRules(settled, quotas);
        while (holdsBack(settled, judge)) {
            settled = new Estate(
                    asked.loadBalancers(),
                    each(asked.listeners(), one -> isHeldBack(one) ? LastAccepted.restore(one) : one),
                    each(asked.rules(), one -> isHeldBack(one) ? LastAccepted.restore(one) : one),
                    asked.targetGroups(),
                    asked.certificates());
            judge = new EstateRules(settled, quotas);
        }
        this.asked = asked;
        this.estate = settled;
        this.rules = judge;
    }

    /** The estate with what is in force, and beside it what never was. */
    public Estate estate() {
        return estate;
    }

    /** The rules among what is in force. */
    public EstateRules rules() {
        return rules;
    }

    /** What becomes of a listener as it is asked for: its load balancer. */
    public Resolution<LoadBalancer> judge(Listener listener) {
        var held = changedListeners.get(name(listener));
        return held == null ? rules.judge(listener) : held;
    }

    /** What becomes of a rule as it is asked for: its listener. */
    public Resolution<Listener> judge(ListenerRule rule) {
        var held = changedRules.get(name(rule));
        return held == null ? rules.judge(rule) : held;
    }

    /** Whether a listener or rule is in force as it was accepted before, and not as it is asked for. */
    public boolean isHeldBack(HasMetadata user) {
        return switch (user) {
            case Listener listener -> changedListeners.containsKey(name(listener));
            case ListenerRule rule -> changedRules.containsKey(name(rule));
            default -> false;
        };
    }

    /** What is told of one that may not be as it is asked for. */
    public String explain(HasMetadata user, String message) {
        return isHeldBack(user) ? message + "; until then it stays in force as it was before" : message;
    }

    /** Listeners and rules that forward to a target group, or are to. */
    public List<CustomResource<?, ? extends Conditioned>> users(LocalRef group) {
        var both = new LinkedHashMap<String, CustomResource<?, ? extends Conditioned>>();
        Stream.concat(asked.users(group).stream(), estate.users(group).stream())
                .forEach(user -> both.putIfAbsent(user.getKind() + " " + name(user), user));
        return List.copyOf(both.values());
    }

    /** Listeners first, since rules are judged by theirs; whether there are more that are held back. */
    private boolean holdsBack(Estate settled, EstateRules judge) {
        var before = changedListeners.size() + changedRules.size();
        for (var listener : settled.listeners()) {
            if (LastAccepted.differs(listener)) {
                var judged = judge.judge(listener);
                if (!isResolved(judged)
                        || ListenerCertificates.pending(listener, settled).isPresent()) {
                    changedListeners.put(name(listener), judged);
                }
            }
        }
        if (changedListeners.size() + changedRules.size() > before) {
            return true;
        }
        for (var rule : settled.rules()) {
            if (LastAccepted.differs(rule)) {
                var judged = judge.judge(rule);
                if (!isResolved(judged)) {
                    changedRules.put(name(rule), judged);
                }
            }
        }
        return changedRules.size() + changedListeners.size() > before;
    }

    private static boolean isResolved(Resolution<?> judged) {
        return judged instanceof Resolution.Resolved<?>;
    }

    private static <R> List<R> each(List<R> all, UnaryOperator<R> one) {
        return all.stream().map(one).toList();
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
