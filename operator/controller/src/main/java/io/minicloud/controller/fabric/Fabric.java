package io.minicloud.controller.fabric;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.NetworkAcl;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.prefixlist.PrefixListIndexes;
import io.minicloud.controller.prefixlist.PrefixLists;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.controller.vpcmodel.VpcCompiler;
import io.minicloud.controller.vpcmodel.VpcModel;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Keeps the host objects of a VPC. What has a port is known from the HostInterfaces, so that a network stays until the
 * last port has gone, whatever became of the cloud objects meanwhile.
 */
public final class Fabric {
    private final PlanExecutor executor;
    private final String domain;
    private final Quotas quotas;

    /**
     * A fabric.
     *
     * @param executor runs the plans
     * @param settings region and quotas
     */
    public Fabric(PlanExecutor executor, ControllerSettings settings) {
        this.executor = executor;
        this.domain = settings.region() + ".compute.internal";
        this.quotas = settings.quotas();
    }

    /**
     * What the reconciler of Vpc must watch for this; it watches Subnet, SecurityGroup and NetworkAcl by itself.
     *
     * @param context of the reconciler
     * @param groups its security groups
     */
    public static List<EventSource<?, Vpc>> eventSources(
            EventSourceContext<Vpc> context, InformerEventSource<SecurityGroup, Vpc> groups) {
        var vpcs = context.getPrimaryCache();
        Indexes.byAwsId(vpcs, "vpc");
        var watch = new Watch<>(context);
        var ports = watch.source(HostInterface.class, port -> byVpcId(context, port), Watch::specChanged);
        var networks = watch.all(HostNetwork.class, network -> byVpcId(context, network));
        var sets = watch.all(AddressSet.class, set -> byVpcId(context, set));
        Indexes.derived(ports);
        Indexes.derived(networks);
        Indexes.derived(sets);
        var tables = watch.accepted(RouteTable.class, table -> Set.of(vpc(table)));
        Indexes.routeTables(tables);
        PrefixListIndexes.groups(groups);
        PrefixListIndexes.tables(tables);
        var lists = PrefixLists.source(context, list -> naming(list, groups, tables));
        var sources = new ArrayList<EventSource<?, Vpc>>(List.of(ports, networks, sets, tables, lists));
        sources.addAll(VpcRoutes.targetSources(
                context, key -> VpcRoutes.started(tables, Indexes.ROUTE_TARGET, key), Fabric::vpc));
        return sources;
    }

    /**
     * Brings the host objects to what they should be.
     *
     * @return the objects as they are afterwards
     */
    public FabricObservation converge(Vpc vpc, Context<Vpc> context) {
        var model = model(vpc, context);
        var plan = FabricPlanner.plan(vpc, model, observe(model, context)).plan(new ContextObjectWriter(context));
        executor.execute("Vpc " + Indexes.key(vpc), plan);
        return observe(model, context);
    }

    private VpcModel model(Vpc vpc, Context<Vpc> context) {
        var subnets = Cached.of(context, Subnet.class).by(Indexes.VPC, Indexes.key(vpc));
        var acls = Cached.of(context, NetworkAcl.class).by(Indexes.VPC, Indexes.key(vpc));
        var id = AwsId.of("vpc", vpc.getMetadata().getUid());
        return new VpcModel(
                id,
                VpcRanges.inForce(vpc),
                VpcDns.of(vpc.getSpec(), domain),
                subnets.stream()
                        .map(subnet -> new VpcModel.Subnet(
                                AwsId.of("subnet", subnet.getMetadata().getUid()),
                                subnet.getSpec().cidrBlock()))
                        .toList(),
                Cached.of(context, SecurityGroup.class).by(Indexes.VPC, Indexes.key(vpc)).stream()
                        .map(group -> group(group, context))
                        .toList(),
                new NetworkAcls(acls, subnets, quotas.entriesPerNetworkAcl()).compiled(),
                VpcRoutes.of(vpc, context, quotas.routesPerRouteTable()).compiled(),
                VpcRoutes.internetGatewayId(vpc, context),
                Cached.of(context, HostInterface.class).by(Indexes.VPC_ID, id).stream()
                        .map(Fabric::port)
                        .toList());
    }

    /** The VPCs of those that name a prefix list. */
    private static Set<ResourceID> naming(
            String list, InformerEventSource<SecurityGroup, Vpc> groups, InformerEventSource<RouteTable, Vpc> tables) {
        return Stream.concat(
                        VpcRoutes.started(groups, PrefixListIndexes.PREFIX_LIST, list).stream()
                                .map(group -> vpc(group, group.getSpec().vpcRef())),
                        VpcRoutes.started(tables, PrefixListIndexes.PREFIX_LIST, list).stream()
                                .map(Fabric::vpc))
                .collect(Collectors.toSet());
    }

    private static ResourceID vpc(HasMetadata user, LocalRef ref) {
        return new ResourceID(ref.name(), user.getMetadata().getNamespace());
    }

    private static ResourceID vpc(RouteTable table) {
        return vpc(table, table.getSpec().vpcRef());
    }

    private VpcModel.Group group(SecurityGroup group, Context<Vpc> context) {
        var cached = Cached.of(context, SecurityGroup.class);
        var namespace = group.getMetadata().getNamespace();
        var permissions = GroupPermissions.of(
                group,
                name -> cached.find(namespace, name),
                PrefixLists.of(namespace, context),
                quotas.rulesPerSecurityGroup());
        return new VpcModel.Group(
                AwsId.of("sg", group.getMetadata().getUid()), permissions.ingress(), permissions.egress());
    }

    private static VpcModel.Port port(HostInterface port) {
        var spec = port.getSpec();
        return new VpcModel.Port(
                spec.networkInterfaceId(),
                References.hostOf(port.getMetadata().getNamespace()),
                spec.subnetId(),
                spec.privateIpAddresses(),
                spec.securityGroupIds());
    }

    private static FabricObservation observe(VpcModel model, Context<Vpc> context) {
        var networks = new LinkedHashMap<ResourceID, HostNetwork>();
        var cachedNetworks = Cached.of(context, HostNetwork.class);
        put(networks, cachedNetworks.by(Indexes.VPC_ID, model.vpcId()).stream());
        put(
                networks,
                model.ports().stream()
                        .map(VpcModel.Port::host)
                        .distinct()
                        .flatMap(host -> cachedNetworks.find(References.hostNamespace(host), model.vpcId()).stream()));
        var sets = new LinkedHashMap<ResourceID, AddressSet>();
        var cachedSets = Cached.of(context, AddressSet.class);
        put(sets, cachedSets.by(Indexes.VPC_ID, model.vpcId()).stream());
        VpcCompiler.members(model).forEach(members -> put(sets, slices(cachedSets, members.setId())));
        return new FabricObservation(List.copyOf(networks.values()), List.copyOf(sets.values()));
    }

    /** Slices are numbered without gaps, so those that the index does not know yet are found by name. */
    private static Stream<AddressSet> slices(Cached<AddressSet> cached, String setId) {
        return IntStream.iterate(0, slice -> slice + 1)
                .mapToObj(slice -> cached.find(Labels.FABRIC_NAMESPACE, FabricPlanner.name(setId, slice)))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream);
    }

    private static <R extends HasMetadata> void put(Map<ResourceID, R> into, Stream<R> resources) {
        resources.forEach(resource -> into.put(ResourceID.fromResource(resource), resource));
    }

    private static Set<ResourceID> byVpcId(EventSourceContext<Vpc> context, HasMetadata derived) {
        return Indexes.ids(context.getPrimaryCache().byIndex(Indexes.AWS_ID, OwnerLink.label(derived, Labels.VPC_ID)));
    }
}
