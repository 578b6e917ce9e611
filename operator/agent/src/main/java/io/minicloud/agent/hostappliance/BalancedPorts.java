package io.minicloud.agent.hostappliance;

import io.minicloud.agent.network.Appliance;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyStatus;
import io.minicloud.api.host.ProxyTargetGroup;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The listeners of UDP, which the kernel serves: each with the targets that were last said to be healthy, or all when none was. */
final class BalancedPorts {
    /** The protocol. */
    static final String UDP = "UDP";

    private static final String HEALTHY = "Healthy";

    private BalancedPorts() {}

    /**
     * Those of a proxy; none without one.
     *
     * @param known what was last said of its targets
     * @throws IllegalArgumentException when one names a target group that is not there
     */
    static List<Appliance.Balanced> of(@Nullable ProxySpec proxy, @Nullable ProxyStatus known) {
        if (proxy == null) {
            return List.of();
        }
        var healthy = Stream.ofNullable(known)
                .flatMap(status -> Stream.ofNullable(status.targets()))
                .flatMap(List::stream)
                .filter(target -> HEALTHY.equals(target.state()))
                .map(target -> place(target.targetGroupId(), target.address(), target.port()))
                .collect(Collectors.toSet());
        return proxy.listeners().stream()
                .filter(listener -> listener.protocol().equals(UDP))
                .map(listener -> balanced(listener, group(listener, proxy), healthy))
                .toList();
    }

    private static ProxyTargetGroup group(ProxyListener listener, ProxySpec proxy) {
        var id = listener.defaultAction().forward().targetGroups().getFirst().targetGroupId();
        return proxy.targetGroups().stream()
                .filter(group -> group.targetGroupId().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no target group " + id));
    }

    /** Who drains gets nothing new. */
    private static Appliance.Balanced balanced(ProxyListener listener, ProxyTargetGroup group, Set<String> healthy) {
        var serving = group.targets().stream()
                .filter(target -> !Boolean.TRUE.equals(target.draining()))
                .toList();
        var well = serving.stream()
                .filter(target -> healthy.contains(place(group.targetGroupId(), target.address(), target.port())))
                .toList();
        var chosen = well.isEmpty() ? serving : well;
        return new Appliance.Balanced(
                listener.port(),
                group.stickiness() != null,
                chosen.stream()
                        .map(target -> new Appliance.Endpoint(target.address(), target.port()))
                        .toList());
    }

    private static String place(String group, String address, int port) {
        return group + " " + address + " " + port;
    }
}
