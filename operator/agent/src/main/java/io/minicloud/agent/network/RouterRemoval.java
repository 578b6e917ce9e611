package io.minicloud.agent.network;

import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Plan;
import java.util.List;
import java.util.Optional;

/** Takes a router away: its namespace, and with it every link, rule and tracked flow in it. */
public final class RouterRemoval {
    private final Links links;
    private final RouterSteps steps;

    /** A removal from these links. */
    public RouterRemoval(Links links, PacketFilter filter) {
        this.links = links;
        this.steps = new RouterSteps(links, filter);
    }

    /** The ports that still lie in a router, by name: while there are any, it stays. */
    public List<String> portsLeft(String vpcId) {
        var namespace = Router.namespaceOf(vpcId);
        if (!links.namespaceExists(namespace)) {
            return List.of();
        }
        return links.list(namespace).values().stream()
                .filter(link -> link.master() != null)
                .map(Link::name)
                .sorted()
                .toList();
    }

    /** The steps; empty when nothing of ours is there. */
    public Plan plan(String vpcId, OwnerTag owner) {
        var namespace = Router.namespaceOf(vpcId);
        if (!links.namespaceExists(namespace)) {
            return Plan.empty();
        }
        var tag = Optional.ofNullable(links.list(namespace).get("lo")).map(Link::alias);
        return tag.filter(alias -> Ownership.isOurs(owner, alias))
                .map(alias -> Plan.of(steps.deleteNamespace(namespace)))
                .orElse(Plan.empty());
    }
}
