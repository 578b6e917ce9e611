package io.minicloud.agent.network;

import io.minicloud.reconcile.plan.Plan;

/**
 * Gives the namespace of a router its name back that somebody deleted, so that no packet is lost: with its name gone it is as it
 * was, as long as its server of leases and names runs in it.
 */
public final class LostName {
    private final Links links;
    private final Dnsmasq dnsmasq;

    /** Namespaces named by these links and kept by these servers. */
    public LostName(Links links, Dnsmasq dnsmasq) {
        this.links = links;
        this.dnsmasq = dnsmasq;
    }

    /** The step that names it; empty when it has its name, or nothing is left of it. */
    public Plan plan(Router router) {
        var namespace = router.namespace();
        return dnsmasq.keeper(router.vpcId())
                .map(pid -> Plan.of(new RouterSteps.Step(
                        "name network namespace " + namespace + " again",
                        "netns attach " + namespace + " " + pid,
                        () -> links.nameNamespace(namespace, pid))))
                .orElse(Plan.empty());
    }
}
