package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyAction;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyRule;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Specs that tests are about. */
final class Specs {
    private Specs() {}

    static ProxySpec proxy(List<ProxyListener> listeners, ProxyTargetGroup... groups) {
        return new ProxySpec(listeners, List.of(groups), 60, 3600, true, "Append", null, null, null);
    }

    static ProxyListener http(int port, ProxyAction action, ProxyRule... rules) {
        return new ProxyListener(port, "HTTP", null, List.of(rules), action);
    }

    static ProxyRule rule(int priority, ProxyAction action, ProxyRule.Condition... conditions) {
        return new ProxyRule(priority, List.of(conditions), action);
    }

    static ProxyRule.Condition when(String field, String... values) {
        return new ProxyRule.Condition(field, null, List.of(values), null);
    }

    static ProxyRule.Condition header(String name, String... values) {
        return new ProxyRule.Condition("http-header", name, List.of(values), null);
    }

    static ProxyRule.Condition query(@Nullable String key, String value) {
        return new ProxyRule.Condition("query-string", null, null, List.of(new ProxyRule.QueryString(key, value)));
    }

    static ProxyAction to(String group) {
        return new ProxyAction(new ProxyAction.Forward(List.of(new ProxyAction.Weighted(group, 1)), null), null, null);
    }

    static ProxyAction share(@Nullable Integer stickiness, String first, int its, String second, int other) {
        return new ProxyAction(
                new ProxyAction.Forward(
                        List.of(new ProxyAction.Weighted(first, its), new ProxyAction.Weighted(second, other)),
                        stickiness),
                null,
                null);
    }

    static ProxyAction fixed(int status, @Nullable String type, @Nullable String body) {
        return new ProxyAction(null, null, new ProxyAction.FixedResponse(status, type, body));
    }

    static ProxyAction redirect(String protocol, String host, String port, String path, String query) {
        return new ProxyAction(null, new ProxyAction.Redirect(protocol, host, port, path, query, 301), null);
    }

    static String group(int number) {
        return "tg-%017x".formatted(number);
    }

    static ProxyTargetGroup targets(int number, String... addresses) {
        return targets(number, null, addresses);
    }

    static ProxyTargetGroup targets(int number, ProxyTargetGroup.@Nullable Stickiness stickiness, String... addresses) {
        return of(number, stickiness, Stream.of(addresses).map(Specs::target).toList());
    }

    static ProxyTargetGroup of(
            int number, ProxyTargetGroup.@Nullable Stickiness stickiness, List<ProxyTargetGroup.Target> targets) {
        return new ProxyTargetGroup(
                group(number),
                "HTTP",
                "RoundRobin",
                stickiness,
                null,
                new ProxyTargetGroup.HealthCheck("HTTP", null, "/health", "200-299", 1, 1, 2, 2),
                targets,
                null,
                null,
                null);
    }

    /** Targets that come back after twenty seconds of success only. */
    static ProxyTargetGroup patient(int number, String... addresses) {
        var it = targets(number, addresses);
        return new ProxyTargetGroup(
                it.targetGroupId(),
                it.protocol(),
                it.algorithm(),
                null,
                null,
                new ProxyTargetGroup.HealthCheck("HTTP", null, "/health", "200-299", 2, 1, 10, 2),
                it.targets(),
                null,
                null,
                null);
    }

    /** The same, as figures and logs call it. */
    static ProxyTargetGroup named(ProxyTargetGroup group, String name) {
        return new ProxyTargetGroup(
                group.targetGroupId(),
                group.protocol(),
                group.algorithm(),
                group.stickiness(),
                group.slowStartSeconds(),
                group.healthCheck(),
                group.targets(),
                name,
                group.proxyProtocol(),
                group.preserveClientAddress());
    }

    /** Targets that are handed bytes. */
    static ProxyTargetGroup bytes(int number, String... addresses) {
        return new ProxyTargetGroup(
                group(number),
                "TCP",
                "LeastOutstandingRequests",
                new ProxyTargetGroup.Stickiness("SourceIp", null, 60),
                30,
                new ProxyTargetGroup.HealthCheck("TCP", null, null, null, 1, 1, 2, 2),
                Stream.of(addresses).map(Specs::target).toList(),
                null,
                null,
                null);
    }

    /** Targets of TCP that are told of the client by a header. */
    static ProxyTargetGroup announced(int number, @Nullable Integer checkPort, String... addresses) {
        return new ProxyTargetGroup(
                group(number),
                "TCP",
                "RoundRobin",
                null,
                null,
                new ProxyTargetGroup.HealthCheck("HTTP", checkPort, "/health", "200-299", 1, 1, 2, 2),
                Stream.of(addresses).map(Specs::target).toList(),
                null,
                true,
                null);
    }

    static ProxyTargetGroup.Target target(String address) {
        return new ProxyTargetGroup.Target(address, 8080, null);
    }

    static ProxyTargetGroup.Target draining(String address) {
        return new ProxyTargetGroup.Target(address, 8080, true);
    }
}
