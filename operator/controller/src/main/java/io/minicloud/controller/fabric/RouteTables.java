package io.minicloud.controller.fabric;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableSpec;
import io.minicloud.api.ec2.RouteTableStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.fabric.RouteTargets.Target;
import io.minicloud.controller.resolver.ResolverReason;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The route tables of a VPC and which subnet has which: the one that names it, else the main one, else the one that every VPC
 * begins with, which has no other route than the local one and is no object. A subnet, and the place of the main table,
 * belongs to the table that has it, else to the senior one of those that want it. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html">Subnet route tables</a>
 */
public final class RouteTables {
    private final List<RouteTable> tables;
    private final Map<String, Subnet> subnets;
    private final Map<String, RouteTable> named = new LinkedHashMap<>();
    private final Optional<RouteTable> main;
    private final RouteTargets targets;
    private final RouteDestinations destinations;

    /**
     * The route tables of a VPC.
     *
     * @param tables those of the VPC
     * @param subnets those of the VPC
     * @param targets what its routes lead to
     * @param destinations where they lead
     */
    public RouteTables(
            Collection<RouteTable> tables,
            Collection<Subnet> subnets,
            RouteTargets targets,
            RouteDestinations destinations) {
        this.tables = tables.stream().sorted(Seniority.order()).toList();
        this.subnets = subnets.stream()
                .collect(toMap(
                        subnet -> subnet.getMetadata().getName(), identity(), (one, other) -> one, LinkedHashMap::new));
        this.targets = targets;
        this.destinations = destinations;
        this.subnets.forEach(
                (name, subnet) -> winner(table -> names(table).anyMatch(name::equals), table -> has(table, id(subnet)))
                        .ifPresent(table -> named.put(name, table)));
        this.main = winner(
                table -> Boolean.TRUE.equals(table.getSpec().main()),
                table -> table.getStatus() != null
                        && Boolean.TRUE.equals(table.getStatus().main()));
    }

    /**
     * A table judged.
     *
     * @param table as hosts are told of it, with all subnets that have it
     * @param main whether it is the main one
     * @param subnetIds the subnets that have it because it names them
     * @param routes its routes, the local ones first
     * @param blackholes why what goes to a destination is dropped, for each that is
     * @param fault why it is not all that was asked for; empty when it is
     */
    public record Judged(
            HostNetworkSpec.RouteTable table,
            boolean main,
            List<String> subnetIds,
            List<RouteTableStatus.Route> routes,
            List<String> blackholes,
            Optional<Resolution<Judged>> fault) {
        /** The table where it is all that was asked for, else why it is not. */
        public Resolution<Judged> resolution() {
            return fault.orElseGet(() -> new Resolution.Resolved<>(this));
        }
    }

    /** All of them as hosts are told, each with its subnets. */
    public List<HostNetworkSpec.RouteTable> compiled() {
        return tables.stream().map(table -> judge(table).table()).toList();
    }

    /** Whether the table is all that was asked for, and what it is meanwhile. */
    public Judged judge(RouteTable table) {
        var compiler = new Compiler();
        var isMain = main.filter(winner -> is(winner, table)).isPresent();
        if (Boolean.TRUE.equals(table.getSpec().main()) && !isMain) {
            compiler.tell(new Resolution.Waiting<>(
                    FabricReason.ResourceAlreadyAssociated,
                    "Vpc %s has the main RouteTable %s already: leave out main there or here"
                            .formatted(
                                    table.getSpec().vpcRef().name(),
                                    main.orElseThrow().getMetadata().getName())));
        }
        names(table).forEach(name -> subnet(table, name).ifPresent(compiler::tell));
        compiler.compile(Objects.requireNonNullElse(table.getSpec().routes(), List.of()));
        return new Judged(
                new HostNetworkSpec.RouteTable(
                        AwsId.of("rtb", table.getMetadata().getUid()),
                        subnetIds(name -> isMain && !named.containsKey(name) || isNamed(table, name)),
                        List.copyOf(compiler.routes)),
                isMain,
                subnetIds(name -> isNamed(table, name)),
                List.copyOf(compiler.told),
                List.copyOf(compiler.blackholes),
                Optional.ofNullable(compiler.fault));
    }

    private Optional<Resolution<Judged>> subnet(RouteTable table, String name) {
        if (!subnets.containsKey(name)) {
            return Optional.of(new Resolution.Waiting<>(
                    ResolverReason.SubnetNotFound,
                    "Subnet %s does not exist in Vpc %s"
                            .formatted(name, table.getSpec().vpcRef().name())));
        }
        return isNamed(table, name)
                ? Optional.empty()
                : Optional.of(new Resolution.Waiting<>(
                        FabricReason.ResourceAlreadyAssociated,
                        "Subnet %s has RouteTable %s already: take it out of the subnetRefs there"
                                .formatted(
                                        name,
                                        Objects.requireNonNull(named.get(name))
                                                .getMetadata()
                                                .getName())));
    }

    private Optional<RouteTable> winner(Predicate<RouteTable> wants, Predicate<RouteTable> has) {
        var candidates = tables.stream().filter(wants).toList();
        return candidates.stream().filter(has).findFirst().or(() -> candidates.stream()
                .findFirst());
    }

    private List<String> subnetIds(Predicate<String> name) {
        return subnets.entrySet().stream()
                .filter(subnet -> name.test(subnet.getKey()))
                .map(subnet -> id(subnet.getValue()))
                .sorted()
                .toList();
    }

    private boolean isNamed(RouteTable table, String subnet) {
        var holder = named.get(subnet);
        return holder != null && is(holder, table);
    }

    private static boolean is(RouteTable one, RouteTable other) {
        return one.getMetadata().getName().equals(other.getMetadata().getName());
    }

    private static boolean has(RouteTable table, String subnetId) {
        return table.getStatus() != null
                && table.getStatus().subnetIds() != null
                && table.getStatus().subnetIds().contains(subnetId);
    }

    private static Stream<String> names(RouteTable table) {
        var refs = table.getSpec().subnetRefs();
        return refs == null ? Stream.of() : refs.stream().map(LocalRef::name);
    }

    private static String id(Subnet subnet) {
        return AwsId.of("subnet", subnet.getMetadata().getUid());
    }

    /** Compiles the routes of one table; the first fault is the one that its owner is told. */
    private final class Compiler {
        private final List<HostNetworkSpec.Route> routes = new ArrayList<>();
        private final List<RouteTableStatus.Route> told = new ArrayList<>();
        private final List<String> blackholes = new ArrayList<>();
        private @Nullable Resolution<Judged> fault;

        void compile(List<RouteTableSpec.Route> wanted) {
            destinations
                    .local()
                    .forEach(range -> told.add(new RouteTableStatus.Route(
                            range.toString(), null, "local", null, null, null, "active", "CreateRouteTable")));
            destinations.of(wanted, this::tell).forEach(this::compile);
        }

        void tell(Resolution<Judged> found) {
            fault = fault == null ? found : fault;
        }

        private void compile(RouteDestinations.Destination destination) {
            var target = targets.follow(destination.route());
            if (target.foreign()) {
                tell(new Resolution.Invalid<>(
                        FabricReason.InvalidParameterValue,
                        "%s is a blackhole: %s, the table to Vpc %s"
                                .formatted(destination.name(), target.gone(), targets.vpc())));
            }
            if (target.gone() != null) {
                blackholes.add(destination.name() + " is a blackhole: " + target.gone());
            }
            destination
                    .cidrBlocks()
                    .forEach(cidr ->
                            routes.add(new HostNetworkSpec.Route(cidr, kind(target), target.privateIpAddress())));
            told.add(new RouteTableStatus.Route(
                    destination.route().destinationCidrBlock(),
                    destination.prefixListId(),
                    target.gatewayId(),
                    target.networkInterfaceId(),
                    target.instanceId(),
                    target.natGatewayId(),
                    target.gone() == null ? "active" : "blackhole",
                    "CreateRoute"));
        }

        private static String kind(Target target) {
            if (target.gone() != null) {
                return "Blackhole";
            }
            return target.gatewayId() == null ? "NetworkInterface" : "InternetGateway";
        }
    }
}
