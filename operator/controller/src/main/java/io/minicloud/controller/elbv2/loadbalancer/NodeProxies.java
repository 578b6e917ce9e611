package io.minicloud.controller.elbv2.loadbalancer;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.loadbalancing.Estate;
import io.minicloud.controller.loadbalancing.ProxyPlanner;

/** What the nodes of a load balancer are to do with connections. */
final class NodeProxies {
    private final LoadBalancer balancer;
    private final ProxyPlanner planner;
    private final NodeCertificates certificates;

    NodeProxies(LoadBalancer balancer, Context<LoadBalancer> context, Quotas quotas, NodeCertificates certificates) {
        this.balancer = balancer;
        this.certificates = certificates;
        this.planner = new ProxyPlanner(Estate.of(balancer.getMetadata().getNamespace(), context), quotas);
    }

    /** What a node that has a host is to do; the certificates that it needs are there then. */
    ProxySpec of(NodePlace node) {
        return planner.plan(balancer, node.zone(), certificates.bring(node, planner.certificates(balancer)));
    }
}
