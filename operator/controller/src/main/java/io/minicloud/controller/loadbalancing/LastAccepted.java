package io.minicloud.controller.loadbalancing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.ListenerRuleSpec;
import io.minicloud.api.elbv2.ListenerRuleStatus;
import io.minicloud.api.elbv2.ListenerSpec;
import io.minicloud.api.elbv2.ListenerStatus;
import java.util.List;
import java.util.Optional;

/** What was accepted last of a listener or a rule, which its status keeps: it has that, and whoever else wants it comes later. Pure. */
final class LastAccepted {
    private LastAccepted() {}

    /** That of a listener; empty: it was never accepted. */
    static Optional<ListenerSpec> of(Listener listener) {
        return Optional.ofNullable(listener.getStatus()).map(ListenerStatus::inForce);
    }

    /** That of a rule; empty: it was never accepted. */
    static Optional<ListenerRuleSpec> of(ListenerRule rule) {
        return Optional.ofNullable(rule.getStatus()).map(ListenerRuleStatus::inForce);
    }

    /** Whether a listener or rule was ever accepted. */
    static boolean is(HasMetadata user) {
        return switch (user) {
            case Listener listener -> of(listener).isPresent();
            case ListenerRule rule -> of(rule).isPresent();
            default -> false;
        };
    }

    /** Whether a listener or rule is asked for otherwise than it was accepted. */
    static boolean differs(HasMetadata user) {
        return switch (user) {
            case Listener listener ->
                of(listener)
                        .filter(before -> !before.equals(listener.getSpec()))
                        .isPresent();
            case ListenerRule rule ->
                of(rule).filter(before -> !before.equals(rule.getSpec())).isPresent();
            default -> false;
        };
    }

    /** Whether a listener has the port that it asks for. */
    static boolean hasPort(Listener listener) {
        return of(listener)
                .map(ListenerSpec::port)
                .filter(listener.getSpec().port()::equals)
                .isPresent();
    }

    /** Whether a rule has the priority that it asks for. */
    static boolean hasPriority(ListenerRule rule) {
        return of(rule).map(ListenerRuleSpec::priority)
                .filter(rule.getSpec().priority()::equals)
                .isPresent();
    }

    /** Whether a listener or rule already forwards to all these target groups. */
    static boolean forwardsTo(HasMetadata user, List<LocalRef> groups) {
        return switch (user) {
            case Listener listener ->
                of(listener)
                        .filter(before -> Estate.groups(before.defaultActions()).containsAll(groups))
                        .isPresent();
            case ListenerRule rule ->
                of(rule).filter(before -> Estate.groups(before.actions()).containsAll(groups))
                        .isPresent();
            default -> false;
        };
    }

    /** The listener as it was accepted last; itself when it never was. */
    static Listener restore(Listener listener) {
        return of(listener)
                .map(before -> {
                    var restored = new Listener();
                    restored.setMetadata(listener.getMetadata());
                    restored.setSpec(before);
                    restored.setStatus(listener.getStatus());
                    return restored;
                })
                .orElse(listener);
    }

    /** The rule as it was accepted last; itself when it never was. */
    static ListenerRule restore(ListenerRule rule) {
        return of(rule).map(before -> {
                    var restored = new ListenerRule();
                    restored.setMetadata(rule.getMetadata());
                    restored.setSpec(before);
                    restored.setStatus(rule.getStatus());
                    return restored;
                })
                .orElse(rule);
    }
}
