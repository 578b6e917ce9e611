package io.minicloud.controller.ec2.routetable;

import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.fabric.Carried;
import io.minicloud.controller.fabric.FabricProgress;
import io.minicloud.controller.fabric.RouteTables;
import io.minicloud.controller.vpcmodel.VpcCompiler;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** How far the routes of a table have come on the hosts. Pure. */
final class RouteProgress {
    private static final int NAMED = 10;

    private RouteProgress() {}

    /**
     * Tells the progress. A table with blackholes is as ready as it can be, and says so.
     *
     * @param judged the table as it should be
     * @param networks the networks of its VPC on every host
     */
    static Progress of(RouteTables.Judged judged, Collection<HostNetwork> networks) {
        var progress = of(judged.table(), networks);
        if (!progress.done() || judged.blackholes().isEmpty()) {
            return progress;
        }
        var blackholes = judged.blackholes();
        var named = String.join("; ", blackholes.subList(0, Math.min(NAMED, blackholes.size())));
        var more = blackholes.size() > NAMED ? " and " + (blackholes.size() - NAMED) + " more" : "";
        return Progress.done(RouteTableReason.Blackhole, named + more);
    }

    private static Progress of(HostNetworkSpec.RouteTable wanted, Collection<HostNetwork> networks) {
        if (wanted.subnetIds().isEmpty()) {
            return Progress.done(RouteTableReason.NoSubnets, "no subnet has it");
        }
        var concerned = networks.stream()
                .filter(network -> Carried.subnetIds(network).anyMatch(wanted.subnetIds()::contains))
                .toList();
        return FabricProgress.of(
                concerned,
                network -> carried(network, wanted.routeTableId()).equals(present(network, wanted)),
                RouteTableReason.RoutesPending,
                "routes");
    }

    private static Optional<HostNetworkSpec.RouteTable> carried(HostNetwork network, String routeTableId) {
        return Carried.routeTables(network)
                .filter(table -> table.routeTableId().equals(routeTableId))
                .findFirst();
    }

    private static Optional<HostNetworkSpec.RouteTable> present(
            HostNetwork network, HostNetworkSpec.RouteTable wanted) {
        return VpcCompiler.present(Carried.subnetIds(network).collect(Collectors.toSet()), wanted);
    }
}
