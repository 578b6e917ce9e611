package io.minicloud.controller.loadbalancing;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.ListenerAction;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.ListenerRuleSpec.RuleCondition;
import io.minicloud.api.host.ProxyAction;
import io.minicloud.api.host.ProxyRule;
import java.util.List;
import java.util.function.Function;

/** Rules and actions in the words of the host API. Pure. */
final class ProxyActions {
    private static final String STATUS_PREFIX = "HTTP_";

    private final Function<LocalRef, String> groupIds;

    /** Names target groups by these ids. */
    ProxyActions(Function<LocalRef, String> groupIds) {
        this.groupIds = groupIds;
    }

    ProxyRule rule(ListenerRule rule) {
        return new ProxyRule(
                rule.getSpec().priority(),
                rule.getSpec().conditions().stream()
                        .map(ProxyActions::condition)
                        .toList(),
                action(rule.getSpec().actions()));
    }

    /** The schema lets through one. */
    ProxyAction action(List<ListenerAction> actions) {
        var action = actions.getFirst();
        if (action.redirectConfig() != null) {
            return new ProxyAction(null, redirect(action.redirectConfig()), null);
        }
        if (action.fixedResponseConfig() != null) {
            return new ProxyAction(null, null, answer(action.fixedResponseConfig()));
        }
        return new ProxyAction(forward(action), null, null);
    }

    private ProxyAction.Forward forward(ListenerAction action) {
        var config = action.forwardConfig();
        if (config == null) {
            return new ProxyAction.Forward(
                    List.of(new ProxyAction.Weighted(groupIds.apply(action.targetGroupRef()), 1)), null);
        }
        var sticky = config.targetGroupStickinessConfig();
        return new ProxyAction.Forward(
                config.targetGroups().stream()
                        .map(group -> new ProxyAction.Weighted(groupIds.apply(group.targetGroupRef()), group.weight()))
                        .toList(),
                sticky == null || !sticky.enabled() ? null : sticky.durationSeconds());
    }

    private static ProxyAction.Redirect redirect(ListenerAction.RedirectConfig config) {
        return new ProxyAction.Redirect(
                config.protocol(),
                config.host(),
                config.port(),
                config.path(),
                config.query(),
                Integer.valueOf(config.statusCode().substring(STATUS_PREFIX.length())));
    }

    private static ProxyAction.FixedResponse answer(ListenerAction.FixedResponseConfig config) {
        return new ProxyAction.FixedResponse(
                Integer.valueOf(config.statusCode()), config.contentType(), config.messageBody());
    }

    private static ProxyRule.Condition condition(RuleCondition condition) {
        return switch (condition.field()) {
            case "http-header" ->
                new ProxyRule.Condition(
                        condition.field(),
                        condition.httpHeaderConfig().httpHeaderName(),
                        condition.httpHeaderConfig().values(),
                        null);
            case "query-string" ->
                new ProxyRule.Condition(
                        condition.field(),
                        null,
                        null,
                        condition.queryStringConfig().values().stream()
                                .map(pair -> new ProxyRule.QueryString(pair.key(), pair.value()))
                                .toList());
            default -> new ProxyRule.Condition(condition.field(), null, condition.values(), null);
        };
    }
}
