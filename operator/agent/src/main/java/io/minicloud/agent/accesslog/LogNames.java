package io.minicloud.agent.accesslog;

import io.minicloud.api.host.ProxyAccessLog;
import io.minicloud.api.host.ProxySpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a log calls what a proxy knows by other names.
 *
 * @param loadBalancer the load balancer, e.g. {@code app/web/0123456789abcdef}
 * @param targetGroupArns the Amazon resource names of target groups by their ids
 * @param listenerIds the last parts of the Amazon resource names of listeners by their ports
 */
public record LogNames(String loadBalancer, Map<String, String> targetGroupArns, Map<Integer, String> listenerIds) {
    /** Keeps immutable copies. */
    public LogNames {
        targetGroupArns = Map.copyOf(targetGroupArns);
        listenerIds = Map.copyOf(listenerIds);
    }

    /** Those of a proxy that has a log. */
    public static LogNames of(ProxySpec spec) {
        var log = spec.accessLog();
        var groups = new HashMap<String, String>();
        for (var group : spec.targetGroups()) {
            if (group.name() != null) {
                groups.put(
                        group.targetGroupId(),
                        "arn:aws:elasticloadbalancing:%s:%s:%s".formatted(log.region(), log.account(), group.name()));
            }
        }
        var listeners = new HashMap<Integer, String>();
        Objects.requireNonNullElse(log.listeners(), List.<ProxyAccessLog.Listener>of())
                .forEach(listener -> listeners.put(listener.port(), listener.listenerId()));
        return new LogNames(spec.name(), groups, listeners);
    }

    /** With the names of what was there before, which requests that end now may have used. */
    LogNames after(Collection<LogNames> before) {
        var groups = new HashMap<String, String>();
        var listeners = new HashMap<Integer, String>();
        for (var names : before) {
            groups.putAll(names.targetGroupArns());
            listeners.putAll(names.listenerIds());
        }
        groups.putAll(targetGroupArns);
        listeners.putAll(listenerIds);
        return new LogNames(loadBalancer, groups, listeners);
    }
}
