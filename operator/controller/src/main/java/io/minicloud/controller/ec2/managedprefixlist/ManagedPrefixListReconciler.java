package io.minicloud.controller.ec2.managedprefixlist;

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
import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.prefixlist.PrefixListIndexes;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Gives prefix lists their ids and holds them while somebody names them. */
@ControllerConfiguration(
        name = "managedprefixlist",
        fieldManager = "minicloud-managedprefixlist",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class ManagedPrefixListReconciler implements Reconciler<ManagedPrefixList>, Cleaner<ManagedPrefixList> {
    private final ManagedPrefixListStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings region
     * @param clock the time of transitions
     */
    public ManagedPrefixListReconciler(ControllerSettings settings, Clock clock) {
        this.statuses = new ManagedPrefixListStatusFactory(settings.region(), clock);
    }

    @Override
    public List<EventSource<?, ManagedPrefixList>> prepareEventSources(EventSourceContext<ManagedPrefixList> context) {
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class,
                account -> Indexes.ids(context.getPrimaryCache()
                        .list(account.getSpec().namespace())
                        .toList()));
        var groups = watch.source(SecurityGroup.class, group -> deletedListsOf(context, group), Watch::specChanged);
        var tables = watch.source(RouteTable.class, table -> deletedListsOf(context, table), Watch::specChanged);
        Indexes.accounts(accounts);
        PrefixListIndexes.groups(groups);
        PrefixListIndexes.tables(tables);
        return List.of(accounts, groups, tables);
    }

    @Override
    public UpdateControl<ManagedPrefixList> reconcile(ManagedPrefixList list, Context<ManagedPrefixList> context) {
        var namespace = list.getMetadata().getNamespace();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var judged = References.account(namespace, accounts)
                .then(account -> PrefixListRules.judge(list).then(sound -> new Resolution.Resolved<>(account)));
        var status = Judgement.fold(
                judged,
                account -> statuses.accepted(list, account),
                (reason, message) -> statuses.refused(list, reason, message));
        return StatusUpdate.of(list, ManagedPrefixList::new, status);
    }

    @Override
    public DeleteControl cleanup(ManagedPrefixList list, Context<ManagedPrefixList> context) {
        var users = users(list, context);
        if (users.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        var waiting = Progress.pending(ManagedPrefixListReason.DependencyViolation, Blockers.message(users));
        StatusUpdate.inCleanup(list, ManagedPrefixList::new, statuses.deleting(list, waiting), context);
        return DeleteControl.noFinalizerRemoval();
    }

    private static List<String> users(ManagedPrefixList list, Context<ManagedPrefixList> context) {
        var key = Indexes.key(list);
        var groups = Cached.of(context, SecurityGroup.class).by(PrefixListIndexes.PREFIX_LIST, key);
        var tables = Cached.of(context, RouteTable.class).by(PrefixListIndexes.PREFIX_LIST, key);
        return Stream.concat(
                        Blockers.names(groups).stream().map(name -> "the rules of " + name),
                        Blockers.names(tables).stream().map(name -> "the routes of " + name))
                .toList();
    }

    /** Who names a list matters only to those that wait for it. */
    private static Set<ResourceID> deletedListsOf(EventSourceContext<ManagedPrefixList> context, HasMetadata user) {
        return Indexes.ids(context.getPrimaryCache()
                .list(user.getMetadata().getNamespace())
                .filter(ManagedPrefixList::isMarkedForDeletion)
                .toList());
    }
}
