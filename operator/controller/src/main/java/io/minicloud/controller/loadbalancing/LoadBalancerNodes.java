package io.minicloud.controller.loadbalancing;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the hosts have been told of a load balancer and have done. Pure but for {@link #of}. */
public final class LoadBalancerNodes {
    private LoadBalancerNodes() {}

    /** The nodes of a load balancer, for a reconciler that watches appliances by {@link Indexes#derived}. */
    public static List<HostAppliance> of(LoadBalancer balancer, Context<?> context) {
        return Cached.of(context, HostAppliance.class)
                .by(Indexes.OWNER_UID, balancer.getMetadata().getUid())
                .stream()
                .sorted(Comparator.comparing(node -> node.getMetadata().getName()))
                .toList();
    }

    /**
     * How far something has come on the nodes.
     *
     * @param balancer the load balancer
     * @param nodes its nodes
     * @param held whether every node had it already; then each need only be told of it still, and may be busy with something else
     * @param has whether a node is told of it
     */
    public static Progress progress(
            LoadBalancer balancer, List<HostAppliance> nodes, boolean held, Predicate<ProxySpec> has) {
        if (nodes.isEmpty()) {
            return Progress.pending(
                    LoadBalancingReason.LoadBalancerPending,
                    "LoadBalancer " + balancer.getMetadata().getName() + " has no node yet; see its status");
        }
        return nodes.stream()
                .filter(node -> proxy(node).filter(has).isEmpty()
                        || !held && !Conditions.isTrue(node, ConditionType.PROGRAMMED))
                .findFirst()
                .map(node -> Progress.pending(
                        LoadBalancingReason.AwaitingHost,
                        Derived.why(node.getMetadata().getNamespace(), node)))
                .orElseGet(() -> Progress.done(LoadBalancingReason.Programmed, ""));
    }

    /** What a node is told to proxy. */
    public static Optional<ProxySpec> proxy(HostAppliance node) {
        return Optional.ofNullable(node.getSpec().proxy());
    }

    /** The listener of a port. */
    public static Optional<ProxyListener> listener(ProxySpec proxy, int port) {
        return proxy.listeners().stream()
                .filter(listener -> listener.port() == port)
                .findFirst();
    }
}
