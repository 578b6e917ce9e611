package io.minicloud.controller.ec2.vpc;

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
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.NetworkAcl;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcStatus;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.fabric.Fabric;
import io.minicloud.controller.fabric.FabricProgress;
import io.minicloud.controller.fabric.VpcRoutes;
import io.minicloud.controller.internetgateway.InternetGateways;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Makes a VPC: its default security group and network ACL and, where it has ports, its network on the hosts. */
@ControllerConfiguration(
        name = "vpc",
        fieldManager = "minicloud-vpc",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class VpcReconciler implements Reconciler<Vpc>, Cleaner<Vpc> {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final PlanExecutor executor;
    private final DefaultVpc defaultVpc;
    private final Fabric fabric;
    private final VpcStatusFactory statuses;
    private final int cidrBlocksPerVpc;

    /**
     * A reconciler.
     *
     * @param settings region and installation
     * @param executor runs the plans
     * @param clock the time of transitions
     */
    public VpcReconciler(ControllerSettings settings, PlanExecutor executor, Clock clock) {
        this.executor = executor;
        this.defaultVpc = new DefaultVpc(executor);
        this.fabric = new Fabric(executor, settings);
        this.statuses = new VpcStatusFactory(settings.region(), clock);
        this.cidrBlocksPerVpc = settings.quotas().cidrBlocksPerVpc();
    }

    @Override
    public List<EventSource<?, Vpc>> prepareEventSources(EventSourceContext<Vpc> context) {
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class,
                account -> Indexes.ids(context.getPrimaryCache()
                        .list(account.getSpec().namespace())
                        .toList()));
        var subnets = watch.accepted(
                Subnet.class, subnet -> vpc(subnet, subnet.getSpec().vpcRef().name()));
        var groups = watch.accepted(
                SecurityGroup.class,
                group -> vpc(group, group.getSpec().vpcRef().name()));
        var acls = watch.accepted(
                NetworkAcl.class, acl -> vpc(acl, acl.getSpec().vpcRef().name()));
        Indexes.accounts(accounts);
        Indexes.aclsByVpc(acls);
        Indexes.subnetsByVpc(subnets);
        Indexes.groupsByVpc(groups);
        var sources = new ArrayList<EventSource<?, Vpc>>(List.of(accounts, subnets, groups, acls));
        sources.addAll(DefaultVpc.eventSources(context));
        sources.addAll(Fabric.eventSources(context, groups));
        return sources;
    }

    @Override
    public UpdateControl<Vpc> reconcile(Vpc vpc, Context<Vpc> context) {
        var namespace = vpc.getMetadata().getNamespace();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var status = Judgement.fold(
                References.account(namespace, accounts)
                        .then(account ->
                                defaultVpc.judge(vpc, context).then(judged -> new Resolution.Resolved<>(account))),
                account -> converge(vpc, account, context),
                (reason, message) -> statuses.refused(vpc, reason, message));
        return written(vpc, status);
    }

    @Override
    public DeleteControl cleanup(Vpc vpc, Context<Vpc> context) {
        var left = fabric.converge(vpc, context);
        var blockers = blockers(vpc, context);
        defaultVpc.end(vpc, blockers, context);
        if (blockers.isEmpty() && left.isEmpty() && defaultVpc.hasEnded(vpc, context)) {
            return DeleteControl.defaultDelete();
        }
        var waiting = blockers.isEmpty()
                ? Progress.pending(VpcReason.RemovingNetworks, "the hosts are taking the network down")
                : Progress.pending(VpcReason.DependencyViolation, Blockers.message(blockers));
        StatusUpdate.inCleanup(vpc, Vpc::new, statuses.deleting(vpc, waiting), context);
        return DeleteControl.noFinalizerRemoval();
    }

    /**
     * Only onto the VPC that was read: a status that a controller writes late, of which another has taken over, would bring a range
     * back that is gone. What the status says of ranges is built upon from the next pass on.
     */
    private static UpdateControl<Vpc> written(Vpc vpc, VpcStatus status) {
        var control = StatusUpdate.ofUnchanged(vpc, Vpc::new, status);
        return VpcRanges.areTold(vpc, status.cidrBlockAssociationSet()) ? control : control.rescheduleAfter(AT_ONCE);
    }

    private VpcStatus converge(Vpc vpc, String account, Context<Vpc> context) {
        var group = find(SecurityGroup.class, vpc, context);
        var acl = find(NetworkAcl.class, vpc, context);
        var writer = new ContextObjectWriter(context);
        var name = "Vpc " + Indexes.key(vpc);
        executor.execute(name, DefaultChild.GROUP.plan(vpc, group).plan(writer));
        executor.execute(name, DefaultChild.ACL.plan(vpc, acl).plan(writer));
        var hindrance = defaultVpc.begin(vpc, context);
        var observed = fabric.converge(vpc, context);
        var ranges = CidrAssociations.of(
                vpc,
                new CidrAssociations.Around(
                        Cached.of(context, Subnet.class).by(Indexes.VPC, Indexes.key(vpc)),
                        VpcRoutes.destinations(vpc, context),
                        cidrBlocksPerVpc));
        var own = find(SecurityGroup.class, vpc, context)
                .filter(found -> !DefaultChild.GROUP.isForeign(vpc, Optional.of(found)));
        var progress = taken(vpc, group, acl)
                .or(() -> hindrance)
                .or(ranges::hindrance)
                .orElseGet(() -> FabricProgress.of(observed.networks()));
        var begun = hindrance.isEmpty();
        return statuses.accepted(
                vpc, account, new VpcStatusFactory.Standing(own, progress, observed.networks(), begun, ranges.set()));
    }

    private static Optional<Progress> taken(Vpc vpc, Optional<SecurityGroup> group, Optional<NetworkAcl> acl) {
        if (DefaultChild.GROUP.isForeign(vpc, group)) {
            return Optional.of(taken(VpcReason.DefaultSecurityGroupNameTaken, "SecurityGroup", vpc));
        }
        return DefaultChild.ACL.isForeign(vpc, acl)
                ? Optional.of(taken(VpcReason.DefaultNetworkAclNameTaken, "NetworkAcl", vpc))
                : Optional.empty();
    }

    private static Progress taken(VpcReason reason, String kind, Vpc vpc) {
        return Progress.pending(
                reason, kind + " " + DefaultChild.name(vpc) + " is not the VPC's; delete it or name it otherwise");
    }

    private static <R extends HasMetadata> Optional<R> find(Class<R> type, Vpc vpc, Context<Vpc> context) {
        return Cached.of(context, type).find(vpc.getMetadata().getNamespace(), DefaultChild.name(vpc));
    }

    /**
     * Subnets, internet gateways, and groups, ACLs and route tables other than the default and main ones.
     *
     * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html">Delete your VPC</a>
     */
    private static List<String> blockers(Vpc vpc, Context<Vpc> context) {
        var names =
                new ArrayList<>(Blockers.names(Cached.of(context, Subnet.class).by(Indexes.VPC, Indexes.key(vpc))));
        names.addAll(Blockers.names(Cached.of(context, SecurityGroup.class).by(Indexes.VPC, Indexes.key(vpc)).stream()
                .filter(group -> !Boolean.TRUE.equals(group.getSpec().isDefault()))
                .toList()));
        names.addAll(Blockers.names(Cached.of(context, NetworkAcl.class).by(Indexes.VPC, Indexes.key(vpc)).stream()
                .filter(acl -> !Boolean.TRUE.equals(acl.getSpec().isDefault()))
                .toList()));
        names.addAll(Blockers.names(InternetGateways.of(
                Cached.of(context, InternetGateway.class),
                Indexes.key(vpc),
                AwsId.of("vpc", vpc.getMetadata().getUid()))));
        names.addAll(Blockers.names(Cached.of(context, RouteTable.class).by(Indexes.VPC, Indexes.key(vpc)).stream()
                .filter(table -> !Boolean.TRUE.equals(table.getSpec().main()))
                .toList()));
        return names;
    }

    private static Set<ResourceID> vpc(HasMetadata child, String name) {
        return Set.of(new ResourceID(name, child.getMetadata().getNamespace()));
    }
}
