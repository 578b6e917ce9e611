package io.minicloud.agent.network;

import java.util.HashMap;
import java.util.Map;

/** Looks at what is there of a router. */
public final class RouterObserver {
    private final Links links;
    private final PacketFilter filter;

    /** An observer of these links and this filter. */
    public RouterObserver(Links links, PacketFilter filter) {
        this.links = links;
        this.filter = filter;
    }

    /** What is there of a router. */
    public RouterState observe(Router router) {
        var rootLinks = rootLinks(router.vpcId());
        var namespace = router.namespace();
        if (!links.namespaceExists(namespace)) {
            return RouterState.absent(rootLinks);
        }
        return new RouterState(
                true,
                links.list(namespace),
                rootLinks,
                links.settings(namespace, RouterSettings.names(router)),
                links.ownNextHop(namespace),
                filter.listing(namespace));
    }

    private Map<String, Link> rootLinks(String vpcId) {
        var found = new HashMap<String, Link>();
        links.find(null, ServiceLink.nameOf(vpcId)).ifPresent(link -> found.put(link.name(), link));
        return found;
    }
}
