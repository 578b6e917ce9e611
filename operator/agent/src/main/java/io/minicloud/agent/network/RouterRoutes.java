package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.agent.network.Routing.Route;
import io.minicloud.agent.network.Routing.Table;
import io.minicloud.reconcile.identity.RoutingTable;

/**
 * The route tables of a router as routing tables, chosen by the subnet that a packet comes from. Each holds the local routes: the
 * subnets that are present, and nowhere for the rest of the VPC, so that no route leads an address of the VPC out of it.
 */
final class RouterRoutes {
    private final Router router;

    RouterRoutes(Router router) {
        this.router = router;
    }

    /** All of them. */
    KernelRoutes wanted() {
        var routes = new KernelRoutes.Builder();
        for (var table : router.routing().tables()) {
            table(table, routes);
        }
        if (router.routing().gateway() != null) {
            routes.neighbour(InternetGateway.NEXT_HOP, InternetGateway.INNER_MAC, InternetGateway.AT_ROUTER);
        }
        router.transparent().forEach(eni -> answers(eni, routes));
        return routes.build();
    }

    /** Answers to what an ENI has sent under another address have a mark of their own. */
    private static void answers(Router.Interface eni, KernelRoutes.Builder routes) {
        var table = Long.toString(RoutingTable.of(eni.id()));
        var way = "via " + eni.addresses().getFirst() + " dev " + Subnet.bridgeOf(eni.subnetId());
        routes.route("0.0.0.0/0", way, table).marked(TransparentWords.answerMark(eni.id()), table);
    }

    private void table(Table table, KernelRoutes.Builder routes) {
        table.routes().forEach(route -> routes.route(route.destination(), way(route), table.number()));
        // Later ones win: nothing that a user wrote takes the place of a local route.
        router.ranges().forEach(range -> routes.route(range, KernelRoutes.BLACKHOLE, table.number()));
        for (var subnet : router.subnets()) {
            routes.route(subnet.range(), "dev " + subnet.bridge(), table.number());
            if (table.subnetIds().contains(subnet.id())) {
                routes.rule(subnet.bridge(), table.number());
            }
        }
    }

    /** Also an ENI that is not on this machine is nowhere. */
    private String way(Route route) {
        return switch (route.target()) {
            case BLACKHOLE -> KernelRoutes.BLACKHOLE;
            case INTERNET_GATEWAY ->
                router.routing().gateway() == null
                        ? KernelRoutes.BLACKHOLE
                        : "via " + InternetGateway.NEXT_HOP + " dev " + InternetGateway.AT_ROUTER + " onlink";
            case INTERFACE ->
                router.subnets().stream()
                        .filter(subnet -> Ipv4Range.parse(subnet.range()).contains(Ipv4.parse(route.via())))
                        .findFirst()
                        .map(Subnet::bridge)
                        .map(bridge -> "via " + route.via() + " dev " + bridge)
                        .orElse(KernelRoutes.BLACKHOLE);
        };
    }
}
