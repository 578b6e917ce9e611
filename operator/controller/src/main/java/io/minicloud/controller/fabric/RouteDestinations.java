package io.minicloud.controller.fabric;

import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.RouteTableSpec;
import io.minicloud.controller.ipam.Ipv4Range;
import io.minicloud.controller.prefixlist.PrefixLists;
import io.minicloud.controller.resolver.ResolverReason;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the routes of a table lead. A route to a range goes before that of a prefix list which holds the same range, of two
 * lists the first; AWS takes any of the two. Pure.
 *
 * @param local the ranges of the VPC, the destinations of the local routes
 * @param lists the prefix lists of its namespace, by name
 * @param quota the routes that a table may have besides the local one, a prefix list counted by its maxEntries; those beyond
 *     it are left out
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html">Route priority</a>
 */
public record RouteDestinations(List<Ipv4Range> local, Function<String, Optional<ManagedPrefixList>> lists, int quota) {
    /** Where AWS has its own services: no route leads to it or into it. */
    private static final Ipv4Range RESERVED = Ipv4Range.parse("169.254.168.0/22");

    /**
     * A route that has its place in the table.
     *
     * @param route the route
     * @param prefixListId the AWS id of the prefix list that it names; null: it names a range
     * @param cidrBlocks the ranges to which it leads; none that another route has already
     */
    record Destination(RouteTableSpec.Route route, @Nullable String prefixListId, List<String> cidrBlocks) {
        /** What its owner knows it by. */
        String name() {
            var list = route.destinationPrefixListRef();
            return list == null ? route.destinationCidrBlock() : "ManagedPrefixList " + list.name();
        }
    }

    /**
     * Follows the routes of a table: those to a range, then those to a prefix list.
     *
     * @param wanted the routes as they are written
     * @param fault is told why something of them is left out
     */
    List<Destination> of(List<RouteTableSpec.Route> wanted, Consumer<Resolution<RouteTables.Judged>> fault) {
        var fitting = fitting(wanted, fault);
        var found = new ArrayList<Destination>();
        fitting.stream()
                .filter(route -> route.destinationPrefixListRef() == null)
                .filter(route -> isFree(route.destinationCidrBlock(), "", fault))
                .forEach(route -> found.add(new Destination(route, null, List.of(route.destinationCidrBlock()))));
        var named = new HashSet<String>();
        var taken = new HashSet<String>();
        found.forEach(destination -> taken.addAll(destination.cidrBlocks()));
        fitting.stream()
                .filter(route -> route.destinationPrefixListRef() != null)
                .filter(route -> isFirst(route.destinationPrefixListRef().name(), named, fault))
                .flatMap(route -> listed(route, taken, fault))
                .forEach(found::add);
        return List.copyOf(found);
    }

    private List<RouteTableSpec.Route> fitting(
            List<RouteTableSpec.Route> wanted, Consumer<Resolution<RouteTables.Judged>> fault) {
        var fitting = new ArrayList<RouteTableSpec.Route>();
        var counted = 0;
        var left = quota;
        for (var route : wanted) {
            var weight = weight(route);
            counted += weight;
            if (weight <= left) {
                left -= weight;
                fitting.add(route);
            }
        }
        if (counted > quota) {
            fault.accept(new Resolution.Invalid<>(
                    FabricReason.RouteLimitExceeded,
                    "the table has %d routes and may have %d, a prefix list counting as its maxEntries: from the first on, those that do not fit are left out"
                            .formatted(counted, quota)));
        }
        return fitting;
    }

    private int weight(RouteTableSpec.Route route) {
        var list = route.destinationPrefixListRef();
        return list == null ? 1 : PrefixLists.weight(lists.apply(list.name()));
    }

    private Stream<Destination> listed(
            RouteTableSpec.Route route, Set<String> taken, Consumer<Resolution<RouteTables.Judged>> fault) {
        var name = Objects.requireNonNull(route.destinationPrefixListRef()).name();
        var list = lists.apply(name);
        if (list.isEmpty()) {
            fault.accept(new Resolution.Waiting<>(
                    ResolverReason.PrefixListNotFound,
                    "the route to ManagedPrefixList %s is left out: it does not exist in this namespace"
                            .formatted(name)));
        }
        return list.stream()
                .map(found -> new Destination(
                        route,
                        PrefixLists.id(found),
                        PrefixLists.cidrs(found).stream()
                                .filter(cidr -> isFree(cidr, " of ManagedPrefixList " + name, fault))
                                .filter(taken::add)
                                .toList()));
    }

    /** The schema does not look for it among many lists. */
    private static boolean isFirst(String list, Set<String> named, Consumer<Resolution<RouteTables.Judged>> fault) {
        if (named.add(list)) {
            return true;
        }
        fault.accept(new Resolution.Invalid<>(
                FabricReason.RouteAlreadyExists,
                "ManagedPrefixList %s has two routes, the second is left out: change the target of the first"
                        .formatted(list)));
        return false;
    }

    /** Whether routes may lead to a range. */
    private boolean isFree(String cidr, String where, Consumer<Resolution<RouteTables.Judged>> fault) {
        var range = Ipv4Range.parse(cidr);
        var home = local.stream().filter(block -> block.contains(range)).findFirst();
        if (home.isPresent()) {
            fault.accept(new Resolution.Invalid<>(
                    FabricReason.InvalidParameterValue,
                    "%s%s lies in %s of the Vpc, where the local route leads: routes within a Vpc are not offered yet"
                            .formatted(cidr, where, home.get())));
            return false;
        }
        if (RESERVED.contains(range)) {
            fault.accept(new Resolution.Invalid<>(
                    FabricReason.InvalidParameterValue,
                    "%s%s lies in %s, where the services of the cloud itself are: no route leads there"
                            .formatted(cidr, where, RESERVED)));
            return false;
        }
        return true;
    }
}
