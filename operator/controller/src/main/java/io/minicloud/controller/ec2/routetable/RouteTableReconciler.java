package io.minicloud.controller.ec2.routetable;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.ec2.routetable.RouteTableStatusFactory.Place;
import io.minicloud.controller.fabric.Carried;
import io.minicloud.controller.fabric.VpcRoutes;
import io.minicloud.controller.prefixlist.PrefixListIndexes;
import io.minicloud.controller.prefixlist.PrefixLists;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells of a route table which subnets have it, where its routes lead and whether they are in force. They reach the hosts
 * with their VPC; a table that is deleted leaves its subnets to the main one, so nothing holds it.
 */
@ControllerConfiguration(
        name = "routetable",
        fieldManager = "minicloud-routetable",
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class RouteTableReconciler implements Reconciler<RouteTable> {
    private final int routesPerTable;
    private final RouteTableStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings region and quotas
     * @param clock the time of transitions
     */
    public RouteTableReconciler(ControllerSettings settings, Clock clock) {
        this.routesPerTable = settings.quotas().routesPerRouteTable();
        this.statuses = new RouteTableStatusFactory(settings.region(), clock);
    }

    @Override
    public List<EventSource<?, RouteTable>> prepareEventSources(EventSourceContext<RouteTable> context) {
        var tables = context.getPrimaryCache();
        Indexes.routeTables(tables);
        Indexes.byAwsId(tables, "rtb");
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class,
                account ->
                        Indexes.ids(tables.list(account.getSpec().namespace()).toList()));
        var vpcs = watch.accepted(
                Vpc.class, vpc -> Indexes.ids(tables.byIndex(Indexes.VPC, Indexes.key(vpc))), VpcRanges::inForce);
        var siblings = watch.source(
                RouteTable.class,
                table -> ofVpc(
                        context,
                        table.getMetadata().getNamespace(),
                        table.getSpec().vpcRef().name()),
                Watch::specChanged);
        var subnets = watch.source(
                Subnet.class,
                subnet -> ofVpc(
                        context,
                        subnet.getMetadata().getNamespace(),
                        subnet.getSpec().vpcRef().name()),
                Watch::specChanged);
        var networks = watch.all(HostNetwork.class, network -> onNetwork(context, network));
        var lists =
                PrefixLists.source(context, list -> Indexes.ids(tables.byIndex(PrefixListIndexes.PREFIX_LIST, list)));
        PrefixListIndexes.tables(tables);
        Indexes.accounts(accounts);
        Indexes.routeTables(siblings);
        Indexes.subnetsByVpc(subnets);
        Indexes.derived(networks);
        var sources =
                new ArrayList<EventSource<?, RouteTable>>(List.of(accounts, vpcs, siblings, subnets, networks, lists));
        sources.addAll(VpcRoutes.targetSources(
                context, key -> tables.byIndex(Indexes.ROUTE_TARGET, key), ResourceID::fromResource));
        return sources;
    }

    @Override
    public UpdateControl<RouteTable> reconcile(RouteTable table, Context<RouteTable> context) {
        var namespace = table.getMetadata().getNamespace();
        var name = table.getSpec().vpcRef().name();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var found = Cached.of(context, Vpc.class).find(namespace, name);
        var home = References.account(namespace, accounts)
                .then(account -> References.vpc(name, found, Seniority.holds(table))
                        .then(vpc -> new Resolution.Resolved<>(place(table, account, vpc, context))));
        var status = Judgement.fold(
                home, place -> status(table, place), (reason, message) -> statuses.homeless(table, reason, message));
        return StatusUpdate.of(table, RouteTable::new, status);
    }

    private RouteTableStatus status(RouteTable table, Place place) {
        return Judgement.fold(
                place.judged().resolution(),
                judged -> statuses.accepted(table, place),
                (reason, message) -> statuses.refused(table, place, reason, message));
    }

    private Place place(RouteTable table, String account, Vpc vpc, Context<RouteTable> context) {
        var id = AwsId.of("vpc", vpc.getMetadata().getUid());
        return new Place(
                account,
                vpc,
                VpcRoutes.of(vpc, context, routesPerTable).judge(table),
                Cached.of(context, HostNetwork.class).by(Indexes.VPC_ID, id));
    }

    private static Set<ResourceID> ofVpc(EventSourceContext<RouteTable> context, String namespace, String vpc) {
        return Indexes.ids(context.getPrimaryCache().byIndex(Indexes.VPC, Indexes.key(namespace, vpc)));
    }

    /** Those that the host was told of, and those that wait for it: it may have been told to forget them. */
    private static Set<ResourceID> onNetwork(EventSourceContext<RouteTable> context, HostNetwork network) {
        var told = Indexes.ofAwsIds(
                context.getPrimaryCache(), Carried.routeTables(network).map(HostNetworkSpec.RouteTable::routeTableId));
        var waiting = OwnerLink.owner("vpc", network).stream()
                .flatMap(
                        vpc -> vpc.getNamespace().stream()
                                .flatMap(namespace -> context
                                        .getPrimaryCache()
                                        .byIndex(Indexes.VPC, Indexes.key(namespace, vpc.getName()))
                                        .stream()))
                .filter(table -> !Conditions.isTrue(table, ConditionType.PROGRAMMED))
                .map(ResourceID::fromResource);
        return Stream.concat(told.stream(), waiting).collect(Collectors.toSet());
    }
}
