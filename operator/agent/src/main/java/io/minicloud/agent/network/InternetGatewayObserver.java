package io.minicloud.agent.network;

import io.minicloud.agent.network.InternetGatewayState.Edge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at what is there of an internet gateway. */
final class InternetGatewayObserver {
    private final Links links;
    private final Routes routes;
    private final PacketFilter filter;
    private final LanObserver lan;

    InternetGatewayObserver(NetworkStack stack) {
        this.links = stack.links();
        this.routes = stack.routes();
        this.filter = stack.filter();
        this.lan = new LanObserver(stack);
    }

    InternetGatewayState observe(@Nullable InternetGateway gateway) {
        if (gateway == null) {
            return InternetGatewayState.ABSENT;
        }
        var namespace = gateway.namespace();
        var edge = edge(gateway);
        if (!links.namespaceExists(namespace)) {
            return new InternetGatewayState(Map.of(), Map.of(), KernelRoutes.NONE, Optional.empty(), edge);
        }
        var there = links.list(namespace);
        return new InternetGatewayState(
                there,
                links.settings(namespace, RouterSettings.gatewayNames()),
                routes.by(
                        namespace,
                        Stream.of(InternetGateway.TO_ROUTER, InternetGateway.TO_EDGE)
                                .filter(there::containsKey)
                                .toList()),
                filter.listing(namespace, InternetGatewayRenderer.FAMILIES),
                edge);
    }

    private Edge edge(InternetGateway gateway) {
        var rules = filter.listing(null, InternetGatewayPlanner.EDGE_FAMILIES);
        var name = gateway.atEdge();
        var exempt = filter.listing(null, LanPlanner.table(name));
        var networks = lan.observe(gateway.lan());
        return links.find(null, name)
                .map(link -> new Edge(
                        link,
                        links.settings(
                                null, List.copyOf(RouterSettings.edge(name).keySet())),
                        routes.by(null, List.of(name)),
                        rules,
                        exempt,
                        networks))
                .orElseGet(() -> new Edge(null, Map.of(), KernelRoutes.NONE, rules, exempt, networks));
    }
}
