package io.minicloud.controller.fabric;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NatGatewayStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.internetgateway.InternetGateways;
import io.minicloud.controller.ipam.Ipv4Range;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.prefixlist.PrefixLists;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a VPC as the caches of a reconciler know them, which watches Subnet, RouteTable and ManagedPrefixList by
 * itself.
 */
public final class VpcRoutes {
    private VpcRoutes() {}

    /**
     * What a reconciler must watch to know what routes lead to. Of the network interfaces, instances and NAT gateways it
     * hears only of those that a route leads to.
     *
     * @param context of the reconciler
     * @param tables the route tables with a route to what has this key of {@link Indexes#ROUTE_TARGET}
     * @param concerned whom a route table concerns
     */
    public static <P extends HasMetadata> List<EventSource<?, P>> targetSources(
            EventSourceContext<P> context,
            Function<String, List<RouteTable>> tables,
            Function<RouteTable, ResourceID> concerned) {
        var watch = new Watch<>(context);
        // All of the namespace: one that moves to another VPC no longer says which it leaves.
        var gateways = watch.accepted(
                InternetGateway.class,
                gateway -> Indexes.ids(context.getPrimaryCache()
                        .list(gateway.getMetadata().getNamespace())
                        .toList()),
                InternetGateways::attachments);
        var interfaces = watch.source(
                NetworkInterface.class,
                eni -> leadingTo(eni, tables).map(concerned).collect(Collectors.toSet()),
                (now, before) -> Watch.specChanged(now, before) || !place(now).equals(place(before)));
        var instances = watch.source(
                Instance.class,
                instance -> Stream.concat(
                                leadingTo(Instance.class, instance, tables),
                                started(interfaces, Indexes.INSTANCE, Indexes.key(instance)).stream()
                                        .flatMap(eni -> leadingTo(eni, tables)))
                        .map(concerned)
                        .collect(Collectors.toSet()),
                Watch::specChanged);
        var natGateways = watch.source(
                NatGateway.class,
                gateway -> leadingTo(NatGateway.class, gateway, tables)
                        .map(concerned)
                        .collect(Collectors.toSet()),
                (now, before) -> Watch.specChanged(now, before) || !place(now).equals(place(before)));
        InternetGateways.index(gateways);
        Indexes.interfaces(interfaces);
        return List.of(gateways, interfaces, instances, natGateways);
    }

    /**
     * What an index of another event source has, for mappers. One that is not started yet has nothing and misses nothing:
     * everything is reconciled once after all have started.
     */
    static <R extends HasMetadata> List<R> started(InformerEventSource<R, ?> source, String index, String key) {
        return source.isRunning() ? source.byIndex(index, key) : List.of();
    }

    /**
     * The route tables of a VPC.
     *
     * @param quota the routes that a table may have besides the local one, a prefix list counted by its maxEntries
     */
    public static <P extends HasMetadata> RouteTables of(Vpc vpc, Context<P> context, int quota) {
        var namespace = vpc.getMetadata().getNamespace();
        var interfaces = Cached.of(context, NetworkInterface.class);
        var targets = new RouteTargets(
                vpc.getMetadata().getName(),
                AwsId.of("vpc", vpc.getMetadata().getUid()),
                internetGatewayId(vpc, context),
                name -> Cached.of(context, InternetGateway.class).find(namespace, name),
                name -> interfaces.find(namespace, name),
                name -> Cached.of(context, Instance.class).find(namespace, name),
                name -> primary(interfaces.by(Indexes.INSTANCE, Indexes.key(namespace, name))),
                name -> Cached.of(context, NatGateway.class).find(namespace, name));
        return new RouteTables(
                Cached.of(context, RouteTable.class).by(Indexes.VPC, Indexes.key(vpc)),
                Cached.of(context, Subnet.class).by(Indexes.VPC, Indexes.key(vpc)),
                targets,
                new RouteDestinations(
                        VpcRanges.inForce(vpc).stream().map(Ipv4Range::parse).toList(),
                        PrefixLists.of(namespace, context),
                        quota));
    }

    /** Where the routes of a VPC's tables lead, as they are written. */
    public static <P extends HasMetadata> List<String> destinations(Vpc vpc, Context<P> context) {
        var lists = PrefixLists.of(vpc.getMetadata().getNamespace(), context);
        return Cached.of(context, RouteTable.class).by(Indexes.VPC, Indexes.key(vpc)).stream()
                .flatMap(table -> Stream.ofNullable(table.getSpec().routes()))
                .flatMap(List::stream)
                .flatMap(route -> route.destinationPrefixListRef() == null
                        ? Stream.of(route.destinationCidrBlock())
                        : lists.apply(route.destinationPrefixListRef().name()).stream()
                                .flatMap(list -> PrefixLists.cidrs(list).stream()))
                .distinct()
                .toList();
    }

    /** The AWS id of the internet gateway that is attached to a VPC. */
    static <P extends HasMetadata> @Nullable String internetGatewayId(Vpc vpc, Context<P> context) {
        var id = AwsId.of("vpc", vpc.getMetadata().getUid());
        var gateways = Cached.of(context, InternetGateway.class);
        return InternetGateways.attached(id, InternetGateways.of(gateways, Indexes.key(vpc), id))
                .map(gateway -> AwsId.of("igw", gateway.getMetadata().getUid()))
                .orElse(null);
    }

    private static Optional<NetworkInterface> primary(List<NetworkInterface> attached) {
        return attached.stream()
                .filter(eni -> eni.getSpec().attachment().deviceIndex() == 0)
                .min(Seniority.order());
    }

    private static <R extends HasMetadata> Stream<RouteTable> leadingTo(
            Class<R> kind, R target, Function<String, List<RouteTable>> tables) {
        var meta = target.getMetadata();
        return tables.apply(Indexes.routeTarget(kind, meta.getNamespace(), meta.getName())).stream();
    }

    /** By its own name, or by that of the instance that it is attached to. */
    private static Stream<RouteTable> leadingTo(NetworkInterface eni, Function<String, List<RouteTable>> tables) {
        var attachment = eni.getSpec() == null ? null : eni.getSpec().attachment();
        var instance = attachment == null ? null : attachment.instanceRef();
        return Stream.concat(
                leadingTo(NetworkInterface.class, eni, tables),
                Stream.ofNullable(instance)
                        .map(ref -> Indexes.routeTarget(
                                Instance.class, eni.getMetadata().getNamespace(), ref.name()))
                        .flatMap(key -> tables.apply(key).stream()));
    }

    /** What of the status of an interface decides about its routes. */
    private static List<Optional<String>> place(NetworkInterface eni) {
        var status = Optional.ofNullable(eni.getStatus());
        return List.of(
                status.map(NetworkInterfaceStatus::vpcId),
                status.map(NetworkInterfaceStatus::privateIpAddress),
                status.map(NetworkInterfaceStatus::host));
    }

    /** What of the status of a NAT gateway decides about its routes. */
    private static List<Optional<String>> place(NatGateway gateway) {
        return List.of(
                Optional.ofNullable(gateway.getStatus()).map(NatGatewayStatus::vpcId), NatGateways.address(gateway));
    }
}
