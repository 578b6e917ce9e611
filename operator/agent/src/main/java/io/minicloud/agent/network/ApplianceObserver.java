package io.minicloud.agent.network;

import java.util.Set;
import java.util.stream.Collectors;

/** Looks at what is there of an appliance. */
public final class ApplianceObserver {
    private final Links links;
    private final Routes routes;
    private final PacketFilter filter;

    /** An observer of this network stack. */
    public ApplianceObserver(NetworkStack stack) {
        this.links = stack.links();
        this.routes = stack.routes();
        this.filter = stack.filter();
    }

    /** What is there of an appliance. */
    public ApplianceState observe(Appliance appliance) {
        var waiting = waiting(appliance);
        var namespace = appliance.namespace();
        if (!links.namespaceExists(namespace)) {
            return ApplianceState.absent(waiting);
        }
        var there = links.list(namespace);
        return new ApplianceState(
                there,
                waiting,
                links.settings(namespace, RouterSettings.applianceNames()),
                routes.by(
                                namespace,
                                appliance.byLink().keySet().stream()
                                        .filter(there::containsKey)
                                        .toList())
                        .and(routes.ofRouteTables(namespace)),
                filter.listing(namespace, ApplianceRenderer.FAMILIES));
    }

    private Set<String> waiting(Appliance appliance) {
        if (!links.namespaceExists(appliance.router())) {
            return Set.of();
        }
        return appliance.interfaces().stream()
                .map(Appliance.Interface::peer)
                .filter(peer -> links.find(appliance.router(), peer).isPresent())
                .collect(Collectors.toSet());
    }
}
