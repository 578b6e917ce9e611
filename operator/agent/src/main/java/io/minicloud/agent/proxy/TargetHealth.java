package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyStatus;
import io.minicloud.api.host.ProxyStatus.Target;
import io.minicloud.api.host.ProxyTargetGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the targets: what the proxy says now, and of a new process that has not checked yet, what was said before. */
final class TargetHealth {
    private static final String INITIAL = "Initial";
    /** Gets its share. */
    static final String HEALTHY = "Healthy";

    /** Failed too many checks. */
    static final String UNHEALTHY = "Unhealthy";

    private final Map<String, Target> before = new HashMap<>();

    /**
     * What is known.
     *
     * @param before what was last said; null for nothing
     */
    TargetHealth(@Nullable ProxyStatus before) {
        if (before != null && before.targets() != null) {
            before.targets()
                    .forEach(target ->
                            this.before.put(key(target.targetGroupId(), target.address(), target.port()), target));
        }
    }

    /** Whether a check that went well makes it healthy at once: none was ever made, or it is new again. */
    boolean isNew(ProxyTargetGroup group, ProxyTargetGroup.Target target) {
        var known = before.get(key(group.targetGroupId(), target.address(), target.port()));
        return known == null || known.state().equals(INITIAL);
    }

    /** All that are not draining, in one order. */
    ProxyStatus status(ProxySpec spec, Map<String, ProxyState.Server> servers) {
        var targets = new ArrayList<Target>();
        for (var group : spec.targetGroups()) {
            for (var target : group.targets()) {
                if (!TargetGroupRenderer.isDraining(target)) {
                    var name = TargetPlanner.target(group, target);
                    targets.add(judge(group, target, servers.get(name)));
                }
            }
        }
        targets.sort(Comparator.comparing(Target::targetGroupId)
                .thenComparing(Target::address)
                .thenComparing(Target::port));
        return new ProxyStatus(List.copyOf(targets));
    }

    private Target judge(ProxyTargetGroup group, ProxyTargetGroup.Target target, ProxyState.@Nullable Server server) {
        var known = before.get(key(group.targetGroupId(), target.address(), target.port()));
        if (server != null && server.isUp()) {
            return target(group, target, HEALTHY, null, null);
        }
        if (server == null || server.isOff() || !server.isChecked() || server.isPassed()) {
            // Not decided anew: what was unhealthy is so until it is up.
            return known == null || known.state().equals(HEALTHY) ? target(group, target, INITIAL, null, null) : known;
        }
        if (server.check().equals("L7STS")) {
            return target(group, target, UNHEALTHY, "ResponseCodeMismatch", server.code());
        }
        var cause = server.check().endsWith("TOUT") ? "Timeout" : "FailedHealthChecks";
        return target(group, target, UNHEALTHY, cause, null);
    }

    private static Target target(
            ProxyTargetGroup group,
            ProxyTargetGroup.Target target,
            String state,
            @Nullable String cause,
            @Nullable Integer code) {
        return new Target(group.targetGroupId(), target.address(), target.port(), state, cause, code);
    }

    private static String key(String group, String address, int port) {
        return group + " " + address + " " + port;
    }
}
