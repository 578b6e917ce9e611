package io.minicloud.controller.elbv2.loadbalancer;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.loadbalancing.Estate;
import io.minicloud.controller.loadbalancing.ProxyPlanner;
import java.util.Map;

/** What the nodes of a load balancer are to do with connections. */
final class NodeProxies {
    private final LoadBalancer balancer;
    private final ProxyPlanner planner;

    NodeProxies(LoadBalancer balancer, Context<LoadBalancer> context, Quotas quotas) {
        this.balancer = balancer;
        this.planner = new ProxyPlanner(Estate.of(balancer.getMetadata().getNamespace(), context), quotas);
    }

    /** What the node in a zone is to do. */
    ProxySpec of(String zone) {
        return planner.plan(balancer, zone, Map.of());
    }
}
