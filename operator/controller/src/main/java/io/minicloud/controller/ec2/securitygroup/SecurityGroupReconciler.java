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
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.fabric.Carried;
import io.minicloud.controller.fabric.GroupPermissions;
import io.minicloud.controller.prefixlist.PrefixListIndexes;
import io.minicloud.controller.prefixlist.PrefixLists;
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

/** Gives groups their ids and holds them while they are in use. Their rules reach the hosts with their VPC. */
@ControllerConfiguration(
        name = "securitygroup",
        fieldManager = "minicloud-securitygroup",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class SecurityGroupReconciler implements Reconciler<SecurityGroup>, Cleaner<SecurityGroup> {
    private final int rulesPerGroup;
    private final SecurityGroupStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings region and quotas
     * @param clock the time of transitions
     */
    public SecurityGroupReconciler(ControllerSettings settings, Clock clock) {
        this.rulesPerGroup = settings.quotas().rulesPerSecurityGroup();
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
        var siblings = watch.accepted(SecurityGroup.class, changed -> concerned(context, changed));
        var vpcs = watch.accepted(Vpc.class, vpc -> Indexes.ids(groups.byIndex(Indexes.VPC, Indexes.key(vpc))));
        var interfaces = watch.all(NetworkInterface.class, eni -> deletedGroupsOf(context, eni));
        var networks = watch.all(HostNetwork.class, network -> onNetwork(context, network));
        var lists =
                PrefixLists.source(context, list -> Indexes.ids(groups.byIndex(PrefixListIndexes.PREFIX_LIST, list)));
        Indexes.groupsByRule(groups);
        PrefixListIndexes.groups(groups);
        Indexes.groupsByVpc(siblings);
        Indexes.groupsByRule(siblings);
        Indexes.accounts(accounts);
        Indexes.interfaces(interfaces);
        Indexes.derived(networks);
        return List.of(accounts, siblings, vpcs, interfaces, networks, lists);
    }

    @Override
    public UpdateControl<SecurityGroup> reconcile(SecurityGroup group, Context<SecurityGroup> context) {
        var namespace = group.getMetadata().getNamespace();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var judged = References.account(namespace, accounts).then(account -> place(account, group, context));
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

    private record Place(String account, Vpc vpc, GroupPermissions permissions) {}

    private Resolution<Place> place(String account, SecurityGroup group, Context<SecurityGroup> context) {
        var namespace = group.getMetadata().getNamespace();
        var name = group.getSpec().vpcRef().name();
        // From the cache whose events wake this group: another one may still hold a sibling that is gone.
        var siblings = Cached.of(context, SecurityGroup.class);
        return References.vpc(name, vpc(group, context), Seniority.holds(group))
                .then(vpc -> GroupNames.judge(group, siblings.by(Indexes.VPC, Indexes.key(namespace, name)))
                        .then(named -> GroupPermissions.of(
                                        group,
                                        other -> siblings.find(namespace, other),
                                        PrefixLists.of(namespace, context),
                                        rulesPerGroup)
                                .judged())
                        .then(permissions -> new Resolution.Resolved<>(new Place(account, vpc, permissions))));
    }

    private static Optional<Progress> obstacle(SecurityGroup group, Context<SecurityGroup> context) {
        var users =
                Stream.concat(interfaces(group, context), rules(group, context)).toList();
        if (!users.isEmpty()) {
            return Optional.of(Progress.pending(SecurityGroupReason.DependencyViolation, Blockers.message(users)));
        }
        return Boolean.TRUE.equals(group.getSpec().isDefault())
                ? vpc(group, context).filter(vpc -> !vpc.isMarkedForDeletion()).map(SecurityGroupReconciler::keptBy)
                : Optional.empty();
    }

    private static Stream<String> interfaces(SecurityGroup group, Context<SecurityGroup> context) {
        var interfaces = Cached.of(context, NetworkInterface.class);
        var users = Stream.of(Indexes.key(group), id(group))
                .flatMap(key -> interfaces.by(Indexes.SECURITY_GROUP, key).stream())
                .distinct()
                .toList();
        return Blockers.names(users).stream();
    }

    /**
     * Rules of the same VPC, since others are not followed. A group that is on its way out itself holds nobody: two that name
     * each other could never go.
     */
    private static Stream<String> rules(SecurityGroup group, Context<SecurityGroup> context) {
        var naming = Cached.of(context, SecurityGroup.class).by(Indexes.SECURITY_GROUP, Indexes.key(group)).stream()
                .filter(other -> !other.isMarkedForDeletion())
                .filter(other -> other.getSpec().vpcRef().equals(group.getSpec().vpcRef()))
                .filter(other -> !Indexes.key(other).equals(Indexes.key(group)))
                .toList();
        return Blockers.names(naming).stream().map(name -> "the rules of " + name);
    }

    private static Progress keptBy(Vpc vpc) {
        return Progress.pending(
                SecurityGroupReason.CannotDelete,
                "a default group goes with its VPC: delete Vpc "
                        + vpc.getMetadata().getName());
    }

    private SecurityGroupStatus accepted(SecurityGroup group, Place place, Context<SecurityGroup> context) {
        var vpcId = AwsId.of("vpc", place.vpc().getMetadata().getUid());
        var networks = Cached.of(context, HostNetwork.class).by(Indexes.VPC_ID, vpcId);
        var progress = GroupProgress.of(id(group), place.permissions(), networks);
        return statuses.accepted(group, place.account(), place.vpc(), progress, networks);
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

    private static Set<ResourceID> onNetwork(EventSourceContext<SecurityGroup> context, HostNetwork network) {
        return Indexes.ofAwsIds(
                context.getPrimaryCache(), Carried.groups(network).map(HostNetworkSpec.SecurityGroup::groupId));
    }

    /** Whom a changed group concerns: whose rules name it, whom its rules name, and who has its name. */
    private static Set<ResourceID> concerned(EventSourceContext<SecurityGroup> context, SecurityGroup changed) {
        var groups = context.getPrimaryCache();
        var namespace = changed.getMetadata().getNamespace();
        var siblings = groups.byIndex(
                Indexes.VPC, Indexes.key(namespace, changed.getSpec().vpcRef().name()));
        return Stream.of(
                        groups.byIndex(Indexes.SECURITY_GROUP, Indexes.key(changed)).stream(),
                        siblings.stream().filter(SecurityGroup::isMarkedForDeletion),
                        GroupNames.namesakes(changed, siblings))
                .flatMap(found -> found)
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
