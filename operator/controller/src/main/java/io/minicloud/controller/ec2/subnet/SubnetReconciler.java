package io.minicloud.controller.ec2.subnet;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.SubnetStatus;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.fabric.Carried;
import io.minicloud.controller.natgateway.NatGatewayIndexes;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Accepts subnets, counts what is free in them and holds them while interfaces and NAT gateways are in them. */
@ControllerConfiguration(
        name = "subnet",
        fieldManager = "minicloud-subnet",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class SubnetReconciler implements Reconciler<Subnet>, Cleaner<Subnet> {
    private final SubnetStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings region and installation
     * @param clock the time of transitions
     */
    public SubnetReconciler(ControllerSettings settings, Clock clock) {
        this.statuses = new SubnetStatusFactory(settings.region(), clock);
    }

    @Override
    public List<EventSource<?, Subnet>> prepareEventSources(EventSourceContext<Subnet> context) {
        var subnets = context.getPrimaryCache();
        Indexes.subnetsByVpc(subnets);
        Indexes.byAwsId(subnets, "subnet");
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class,
                account ->
                        Indexes.ids(subnets.list(account.getSpec().namespace()).toList()));
        var vpcs = watch.accepted(
                Vpc.class,
                vpc -> Indexes.ids(subnets.byIndex(Indexes.VPC, Indexes.key(vpc))),
                vpc -> List.of(VpcRanges.inForce(vpc), VpcRanges.open(vpc)));
        var siblings = watch.accepted(Subnet.class, changed -> overlapping(context, changed));
        var hosts = watch.source(
                Host.class, host -> Indexes.ids(subnets.list(subnet -> true).toList()), Watch::specChanged);
        var gateways = watch.source(
                NatGateway.class, gateway -> named(gateway, gateway.getSpec().subnetRef()), Watch::specChanged);
        var interfaces = watch.source(
                NetworkInterface.class, eni -> named(eni, eni.getSpec().subnetRef()), Watch::specChanged);
        var claims = watch.source(
                AddressClaim.class,
                claim -> Indexes.ids(
                        subnets.byIndex(Indexes.AWS_ID, claim.getSpec().rangeId())),
                Watch::specChanged);
        var networks = watch.all(HostNetwork.class, network -> onNetwork(context, network));
        Indexes.subnetsByVpc(siblings);
        Indexes.accounts(accounts);
        NatGatewayIndexes.gateways(gateways);
        Indexes.interfaces(interfaces);
        Indexes.claims(claims);
        Indexes.derived(networks);
        return List.of(accounts, vpcs, siblings, hosts, gateways, interfaces, claims, networks);
    }

    @Override
    public UpdateControl<Subnet> reconcile(Subnet subnet, Context<Subnet> context) {
        var namespace = subnet.getMetadata().getNamespace();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var judged = References.account(namespace, accounts).then(account -> judge(subnet, context)
                .then(vpc -> new Resolution.Resolved<>(new Place(account, vpc))));
        var status = Judgement.fold(
                judged,
                place -> accepted(subnet, place, context),
                (reason, message) -> statuses.refused(subnet, reason, message));
        return StatusUpdate.of(subnet, Subnet::new, status);
    }

    @Override
    public DeleteControl cleanup(Subnet subnet, Context<Subnet> context) {
        var users = new ArrayList<HasMetadata>();
        users.addAll(Cached.of(context, NatGateway.class).by(Indexes.SUBNET, Indexes.key(subnet)));
        users.addAll(Cached.of(context, NetworkInterface.class).by(Indexes.SUBNET, Indexes.key(subnet)));
        var blockers = Blockers.names(users);
        if (blockers.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        var waiting = Progress.pending(SubnetReason.DependencyViolation, Blockers.message(blockers));
        StatusUpdate.inCleanup(subnet, Subnet::new, statuses.deleting(subnet, waiting), context);
        return DeleteControl.noFinalizerRemoval();
    }

    private record Place(String account, Vpc vpc) {}

    private static Resolution<Vpc> judge(Subnet subnet, Context<Subnet> context) {
        var name = subnet.getSpec().vpcRef().name();
        var namespace = subnet.getMetadata().getNamespace();
        var found = Cached.of(context, Vpc.class).find(namespace, name);
        // From the cache whose events wake this subnet: another one may still hold a sibling that is gone.
        var siblings = Cached.of(context, Subnet.class).by(Indexes.VPC, Indexes.key(namespace, name));
        var zones = Cached.of(context, Host.class)
                .all()
                .flatMap(host -> host.getSpec().zones().stream())
                .collect(Collectors.toSet());
        return References.vpc(name, found, Seniority.holds(subnet))
                .then(vpc -> SubnetRules.judge(subnet, vpc, siblings, zones));
    }

    private SubnetStatus accepted(Subnet subnet, Place place, Context<Subnet> context) {
        var id = AwsId.of("subnet", subnet.getMetadata().getUid());
        var claimed =
                Cached.of(context, AddressClaim.class).by(Indexes.RANGE_ID, id).size();
        var vpcId = AwsId.of("vpc", place.vpc().getMetadata().getUid());
        var networks = Cached.of(context, HostNetwork.class).by(Indexes.VPC_ID, vpcId).stream()
                .filter(network -> Carried.subnetIds(network).anyMatch(id::equals))
                .toList();
        return statuses.accepted(subnet, place.account(), place.vpc(), claimed, networks);
    }

    private static Set<ResourceID> onNetwork(EventSourceContext<Subnet> context, HostNetwork network) {
        return Indexes.ofAwsIds(context.getPrimaryCache(), Carried.subnetIds(network));
    }

    private static Set<ResourceID> overlapping(EventSourceContext<Subnet> context, Subnet changed) {
        var key = Indexes.key(
                changed.getMetadata().getNamespace(), changed.getSpec().vpcRef().name());
        return Indexes.ids(
                SubnetRules.overlapping(changed, context.getPrimaryCache().byIndex(Indexes.VPC, key))
                        .toList());
    }

    private static Set<ResourceID> named(HasMetadata tenant, LocalRef subnetRef) {
        return Set.of(new ResourceID(subnetRef.name(), tenant.getMetadata().getNamespace()));
    }
}
