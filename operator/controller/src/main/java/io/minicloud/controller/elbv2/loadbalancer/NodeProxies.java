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
    private final NodeLogs logs;

    NodeProxies(
            LoadBalancer balancer,
            Context<LoadBalancer> context,
            Quotas quotas,
            NodeCertificates certificates,
            NodeLogs logs) {
        this.logs = logs;
        this.balancer = balancer;
        this.certificates = certificates;
        this.planner = new ProxyPlanner(Estate.of(balancer.getMetadata().getNamespace(), context), quotas);
    }

    /** What a node that has a host is to do; the certificates that it needs are there then. */
    ProxySpec of(NodePlace node) {
        var proxy = planner.plan(balancer, node.zone(), certificates.bring(node, planner.certificates(balancer)));
        return logs.bring(node, planner.listenerIds(balancer))
                .map(proxy::withAccessLog)
                .orElse(proxy);
    }
}
