package io.minicloud.agent.network;

import io.minicloud.reconcile.identity.RoutingTable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ways out of a VPC on this machine.
 *
 * @param tables the route tables of the subnets that are present here
 * @param gateway the internet gateway that is attached, null for none
 * @param transparent the ids of the ENIs that may send under the addresses of their clients and get the answers
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html">Configure route tables</a>
 */
public record Routing(List<Table> tables, @Nullable InternetGateway gateway, Set<String> transparent) {
    /** Nothing leaves the VPC. */
    public static final Routing LOCAL = new Routing(List.of(), null);

    /** Keeps immutable copies. */
    public Routing {
        tables = List.copyOf(tables);
        transparent = Set.copyOf(transparent);
    }

    /** One in which every ENI sends under its own addresses, but for those without a source check. */
    public Routing(List<Table> tables, @Nullable InternetGateway gateway) {
        this(tables, gateway, Set.of());
    }

    /**
     * A route table.
     *
     * @param id the AWS id
     * @param subnetIds the subnets that have it
     * @param routes its routes but for the local one
     */
    public record Table(String id, List<String> subnetIds, List<Route> routes) {
        /** Checks and copies. */
        public Table {
            Syntax.id(id);
            subnetIds.forEach(Syntax::id);
            subnetIds = List.copyOf(subnetIds);
            routes = List.copyOf(routes);
        }

        /** The number of its routing table. */
        String number() {
            return Long.toString(RoutingTable.of(id));
        }
    }

    /** What a route leads to. */
    public enum Target {
        /** The internet gateway of the VPC. */
        INTERNET_GATEWAY,
        /** An ENI. */
        INTERFACE,
        /** Nothing: its target is gone. */
        BLACKHOLE
    }

    /**
     * A route.
     *
     * @param destination the range
     * @param target what it leads to
     * @param via the address of the ENI, null for other targets
     */
    public record Route(
            String destination, Target target, @Nullable String via) {
        /** Checks. */
        public Route {
            Ipv4Range.parse(destination);
            if ((target == Target.INTERFACE) != (via != null)) {
                throw new IllegalArgumentException("a route to an interface has an address, no other has one");
            }
            if (via != null) {
                Ipv4.parse(via);
            }
        }
    }
}
