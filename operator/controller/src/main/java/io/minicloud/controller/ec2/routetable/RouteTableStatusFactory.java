package io.minicloud.controller.ec2.routetable;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableStatus;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.fabric.RealizedAs;
import io.minicloud.controller.fabric.RouteTables;
import io.minicloud.reconcile.identity.Arn;
import io.minicloud.reconcile.identity.AwsId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The status of a RouteTable. */
final class RouteTableStatusFactory {
    private final String region;
    private final Clock clock;

    RouteTableStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    /**
     * A table of a VPC.
     *
     * @param account the account
     * @param vpc the VPC
     * @param judged the table
     * @param networks the networks of the VPC on every host
     */
    record Place(String account, Vpc vpc, RouteTables.Judged judged, Collection<HostNetwork> networks) {}

    /** It has no VPC; what it was, it is said to be still. */
    RouteTableStatus homeless(RouteTable table, Enum<?> reason, String message) {
        var before = Optional.ofNullable(table.getStatus());
        return new RouteTableStatus(
                Verdict.refuse(Verdict.conditions(table, clock), reason, message)
                        .build(),
                table.getMetadata().getGeneration(),
                before.map(RouteTableStatus::arn).orElse(null),
                id(table),
                before.map(RouteTableStatus::vpcId).orElse(null),
                before.map(RouteTableStatus::ownerId).orElse(null),
                before.map(RouteTableStatus::main).orElse(null),
                before.map(RouteTableStatus::subnetIds).orElse(List.of()),
                before.map(RouteTableStatus::routes).orElse(List.of()),
                before.map(RouteTableStatus::realizedAs).orElse(List.of()));
    }

    /** It is in force but for what the message tells. */
    RouteTableStatus refused(RouteTable table, Place place, Enum<?> reason, String message) {
        return status(
                table,
                place,
                Verdict.refuse(Verdict.conditions(table, clock), reason, message)
                        .build());
    }

    RouteTableStatus accepted(RouteTable table, Place place) {
        var progress = RouteProgress.of(place.judged(), place.networks());
        return status(
                table,
                place,
                Verdict.accept(Verdict.conditions(table, clock), RouteTableReason.Accepted, progress)
                        .build());
    }

    private RouteTableStatus status(RouteTable table, Place place, List<Condition> conditions) {
        return new RouteTableStatus(
                conditions,
                table.getMetadata().getGeneration(),
                Arn.of("ec2", region, place.account(), "route-table/" + id(table)),
                id(table),
                AwsId.of("vpc", place.vpc().getMetadata().getUid()),
                place.account(),
                place.judged().main(),
                place.judged().subnetIds(),
                place.judged().routes(),
                RealizedAs.routeTable(id(table), place.networks()));
    }

    private static String id(RouteTable table) {
        return AwsId.of("rtb", table.getMetadata().getUid());
    }
}
