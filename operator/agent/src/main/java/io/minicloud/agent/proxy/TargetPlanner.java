package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.api.host.ProxyTargetGroup.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From the targets that are wanted and those that a running process has to the commands between. Pure.
 *
 * @see <a href="https://docs.haproxy.org/3.0/management.html#9.3">Unix socket commands</a>
 */
final class TargetPlanner {
    private TargetPlanner() {}

    /** The backend and name of a target. */
    static String target(ProxyTargetGroup group, Target target) {
        return group.targetGroupId() + "/" + TargetName.TARGET + TargetName.of(group, target);
    }

    /**
     * The changes, each of them some commands that go together; empty when there is nothing to do.
     *
     * @param servers those that it has, by backend and name
     * @param health what is known of them
     */
    static List<List<String>> plan(ProxySpec spec, Map<String, ProxyState.Server> servers, TargetHealth health) {
        var changes = new ArrayList<List<String>>();
        var wanted = new HashSet<String>();
        for (var group : spec.targetGroups()) {
            for (var target : group.targets()) {
                var name = target(group, target);
                var spare = group.targetGroupId() + "/" + TargetName.SPARE + TargetName.of(group, target);
                wanted.add(name);
                if (TargetGroupRenderer.isDraining(target)) {
                    drain(group, target, name, servers.get(name), changes);
                } else {
                    wanted.add(spare);
                    serve(group, target, name, servers.get(name), health, changes);
                    stand(group, target, spare, servers.get(spare), changes);
                }
            }
        }
        remove(servers, wanted, changes);
        return changes;
    }

    /**
     * What processes that end are told: their connections may ask once more, and not those who get nothing any more. Their spares stay, for a
     * process that knows nobody else.
     *
     * @param servers those that the process had that was asked last
     */
    static List<String> farewell(ProxySpec spec, Map<String, ProxyState.Server> servers) {
        var commands = new ArrayList<String>();
        for (var group : spec.targetGroups()) {
            var kept = group.targets().stream()
                    .filter(target -> !TargetGroupRenderer.isDraining(target))
                    .map(target -> target(group, target))
                    .collect(Collectors.toSet());
            new TreeMap<>(servers).forEach((name, server) -> {
                if (name.startsWith(group.targetGroupId() + "/" + TargetName.TARGET)
                        && !kept.contains(name)
                        && !server.isOff()) {
                    commands.add("set server " + name + " state maint");
                }
            });
        }
        return commands;
    }

    private static void drain(
            ProxyTargetGroup group,
            Target target,
            String name,
            ProxyState.@Nullable Server server,
            List<List<String>> changes) {
        if (server == null) {
            changes.add(List.of("add server " + group.targetGroupId() + "/" + TargetName.TARGET
                    + TargetGroupRenderer.server(group, target)));
        } else if (!server.isOff()) {
            changes.add(List.of("set server " + name + " state maint"));
        }
    }

    /** It is up for the moment between two commands, so it begins with no share. */
    private static void serve(
            ProxyTargetGroup group,
            Target target,
            String name,
            ProxyState.@Nullable Server server,
            TargetHealth health,
            List<List<String>> changes) {
        if (server == null || server.isOff()) {
            changes.add(List.of(
                    server == null
                            ? "add server " + group.targetGroupId() + "/" + TargetName.TARGET
                                    + TargetGroupRenderer.server(group, target) + " weight 0"
                            : "set server " + name + " weight 0",
                    "enable server " + name,
                    "set server " + name + " health down",
                    "enable health " + name,
                    "set server " + name + " weight 1"));
        } else if (!server.isUp() && server.isPassed() && health.isNew(group, target)) {
            changes.add(List.of("set server " + name + " health up"));
        }
    }

    private static void stand(
            ProxyTargetGroup group,
            Target target,
            String spare,
            ProxyState.@Nullable Server server,
            List<List<String>> changes) {
        if (server == null) {
            changes.add(List.of(
                    "add server " + group.targetGroupId() + "/" + TargetName.SPARE
                            + TargetGroupRenderer.spare(group, target),
                    "enable server " + spare));
        } else if (server.isOff()) {
            changes.add(List.of("enable server " + spare));
        }
    }

    /** What still serves somebody goes when it no longer does. */
    private static void remove(Map<String, ProxyState.Server> servers, Set<String> wanted, List<List<String>> changes) {
        for (var name : new TreeSet<>(servers.keySet())) {
            var server = servers.get(name);
            if (!wanted.contains(name) && !server.isOff()) {
                changes.add(List.of("set server " + name + " state maint", "del server " + name));
            } else if (!wanted.contains(name) && server.sessions() == 0) {
                changes.add(List.of("del server " + name));
            }
        }
    }
}
