package io.minicloud.agent.network;

import java.util.HashMap;
import java.util.Map;

/** Looks at what is there of a router. */
public final class RouterObserver {
    private final Links links;
    private final Routes routes;
    private final PacketFilter filter;
    private final InternetGatewayObserver gateways;

    /** An observer of this network stack. */
    public RouterObserver(NetworkStack stack) {
        this.links = stack.links();
        this.routes = stack.routes();
        this.filter = stack.filter();
        this.gateways = new InternetGatewayObserver(stack);
    }

    /** What is there of a router. */
    public RouterState observe(Router router) {
        var rootLinks = rootLinks(router.vpcId());
        var namespace = router.namespace();
        var gateway = gateways.observe(router.routing().gateway());
        if (!links.namespaceExists(namespace)) {
            return RouterState.absent(rootLinks, gateway);
        }
        return new RouterState(
                true,
                links.list(namespace),
                rootLinks,
                links.settings(namespace, RouterSettings.names(router)),
                links.ownNextHop(namespace),
                filter.listing(namespace, RulesetRenderer.FAMILIES),
                routes.ofRouteTables(namespace),
                routes.learned(namespace),
                gateway);
    }

    private Map<String, Link> rootLinks(String vpcId) {
        var found = new HashMap<String, Link>();
        links.find(null, ServiceLink.nameOf(vpcId)).ifPresent(link -> found.put(link.name(), link));
        return found;
    }
}
