package io.minicloud.controller.ec2.securitygroup;

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
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupStatus;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.fabric.FabricProgress;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives groups their ids and holds them while interfaces are in them. Their rules reach the hosts with their VPC. */
@ControllerConfiguration(
        name = "securitygroup",
        fieldManager = "minicloud-securitygroup",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class SecurityGroupReconciler implements Reconciler<SecurityGroup>, Cleaner<SecurityGroup> {
    private final SecurityGroupStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings region and installation
     * @param clock the time of transitions
     */
    public SecurityGroupReconciler(ControllerSettings settings, Clock clock) {
        this.statuses = new SecurityGroupStatusFactory(settings.region(), clock);
    }

    @Override
    public List<EventSource<?, SecurityGroup>> prepareEventSources(EventSourceContext<SecurityGroup> context) {
        var groups = context.getPrimaryCache();
        Indexes.groupsByVpc(groups);
        Indexes.byAwsId(groups, "sg");
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class,
                account ->
                        Indexes.ids(groups.list(account.getSpec().namespace()).toList()));
        var vpcs = watch.accepted(Vpc.class, vpc -> Indexes.ids(groups.byIndex(Indexes.VPC, Indexes.key(vpc))));
        var interfaces = watch.all(NetworkInterface.class, eni -> deletedGroupsOf(context, eni));
        var networks = watch.all(HostNetwork.class, network -> onNetwork(context, network));
        Indexes.accounts(accounts);
        Indexes.interfaces(interfaces);
        Indexes.derived(networks);
        return List.of(accounts, vpcs, interfaces, networks);
    }

    @Override
    public UpdateControl<SecurityGroup> reconcile(SecurityGroup group, Context<SecurityGroup> context) {
        var namespace = group.getMetadata().getNamespace();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var vpcName = group.getSpec().vpcRef().name();
        var judged = References.account(namespace, accounts)
                .then(account -> References.vpc(vpcName, vpc(group, context), Seniority.holds(group))
                        .then(vpc -> new Resolution.Resolved<>(new Place(account, vpc))));
        var status = Judgement.fold(
                judged,
                place -> accepted(group, place, context),
                (reason, message) -> statuses.refused(group, reason, message));
        return StatusUpdate.of(group, SecurityGroup::new, status);
    }

    @Override
    public DeleteControl cleanup(SecurityGroup group, Context<SecurityGroup> context) {
        var waiting = obstacle(group, context);
        if (waiting.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        StatusUpdate.inCleanup(group, SecurityGroup::new, statuses.deleting(group, waiting.get()), context);
        return DeleteControl.noFinalizerRemoval();
    }

    private record Place(String account, Vpc vpc) {}

    private static Optional<Progress> obstacle(SecurityGroup group, Context<SecurityGroup> context) {
        var interfaces = Cached.of(context, NetworkInterface.class);
        var users = Stream.concat(
                        interfaces.by(Indexes.SECURITY_GROUP, Indexes.key(group)).stream(),
                        interfaces.by(Indexes.SECURITY_GROUP, id(group)).stream())
                .distinct()
                .toList();
        if (!users.isEmpty()) {
            return Optional.of(
                    Progress.pending(SecurityGroupReason.DependencyViolation, Blockers.message(Blockers.names(users))));
        }
        return Boolean.TRUE.equals(group.getSpec().isDefault())
                ? vpc(group, context).filter(vpc -> !vpc.isMarkedForDeletion()).map(SecurityGroupReconciler::keptBy)
                : Optional.empty();
    }

    private static Progress keptBy(Vpc vpc) {
        return Progress.pending(
                SecurityGroupReason.CannotDelete,
                "a default group goes with its VPC: delete Vpc "
                        + vpc.getMetadata().getName());
    }

    private SecurityGroupStatus accepted(SecurityGroup group, Place place, Context<SecurityGroup> context) {
        var vpcId = AwsId.of("vpc", place.vpc().getMetadata().getUid());
        var networks = Cached.of(context, HostNetwork.class).by(Indexes.VPC_ID, vpcId).stream()
                .filter(network -> groupIds(network).anyMatch(id(group)::equals))
                .toList();
        return statuses.accepted(group, place.account(), place.vpc(), FabricProgress.of(networks));
    }

    private static Optional<Vpc> vpc(SecurityGroup group, Context<SecurityGroup> context) {
        return Cached.of(context, Vpc.class)
                .find(
                        group.getMetadata().getNamespace(),
                        group.getSpec().vpcRef().name());
    }

    private static String id(SecurityGroup group) {
        return AwsId.of("sg", group.getMetadata().getUid());
    }

    private static Stream<String> groupIds(HostNetwork network) {
        var spec = network.getSpec();
        return spec == null || spec.securityGroups() == null
                ? Stream.of()
                : spec.securityGroups().stream().map(present -> present.groupId());
    }

    private static Set<ResourceID> onNetwork(EventSourceContext<SecurityGroup> context, HostNetwork network) {
        return groupIds(network)
                .flatMap(id -> context.getPrimaryCache().byIndex(Indexes.AWS_ID, id).stream())
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    /** Interfaces matter only to groups that wait for them. */
    private static Set<ResourceID> deletedGroupsOf(EventSourceContext<SecurityGroup> context, NetworkInterface eni) {
        return Indexes.ids(context.getPrimaryCache()
                .list(eni.getMetadata().getNamespace())
                .filter(SecurityGroup::isMarkedForDeletion)
                .toList());
    }
}
