package io.minicloud.controller.elbv2.listener;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.loadbalancing.Belongings;
import io.minicloud.controller.loadbalancing.Estate;
import io.minicloud.controller.loadbalancing.EstateSources;
import io.minicloud.controller.loadbalancing.InForce;
import io.minicloud.controller.loadbalancing.ListenerCertificates;
import io.minicloud.controller.loadbalancing.LoadBalancerNodes;
import io.minicloud.controller.loadbalancing.LoadBalancingReason;
import io.minicloud.controller.loadbalancing.ProxyPlanner;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Tells of a listener whether it may be and whether it is in force. It reaches the nodes with its load balancer; one that is deleted is
 * taken out there at once, and its rules go with it.
 */
@ControllerConfiguration(
        name = "listener",
        fieldManager = "minicloud-listener",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class ListenerReconciler implements Reconciler<Listener>, Cleaner<Listener> {
    private final PlanExecutor executor;
    private final Quotas quotas;
    private final ListenerStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings quotas
     * @param executor runs the plans
     * @param clock the time of transitions
     */
    public ListenerReconciler(ControllerSettings settings, PlanExecutor executor, Clock clock) {
        this.executor = executor;
        this.quotas = settings.quotas();
        this.statuses = new ListenerStatusFactory(clock);
    }

    @Override
    public List<EventSource<?, Listener>> prepareEventSources(EventSourceContext<Listener> context) {
        var listeners = context.getPrimaryCache();
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class, account -> in(listeners, account.getSpec().namespace()));
        var nodes = watch.all(HostAppliance.class, node -> waiting(listeners, node));
        Indexes.accounts(accounts);
        Indexes.derived(nodes);
        var sources = new ArrayList<EventSource<?, Listener>>(List.of(accounts, nodes));
        sources.addAll(EstateSources.of(
                context, changed -> in(listeners, changed.getMetadata().getNamespace())));
        return sources;
    }

    @Override
    public UpdateControl<Listener> reconcile(Listener listener, Context<Listener> context) {
        var namespace = listener.getMetadata().getNamespace();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var inForce = new InForce(Estate.of(namespace, context), quotas);
        var estate = inForce.estate();
        var judged = References.account(namespace, accounts)
                .then(account -> inForce.judge(listener))
                .then(balancer -> ListenerCertificates.judge(listener, estate)
                        .then(sound -> new Resolution.Resolved<>(balancer)));
        var status = Judgement.fold(
                judged,
                balancer -> ListenerCertificates.pending(listener, estate)
                        .map(pending -> statuses.pending(listener, balancer, pending))
                        .orElseGet(() ->
                                statuses.accepted(listener, balancer, progress(listener, balancer, inForce, context))),
                (reason, message) -> statuses.refused(listener, reason, inForce.explain(listener, message)));
        return StatusUpdate.of(listener, Listener::new, status);
    }

    @Override
    public DeleteControl cleanup(Listener listener, Context<Listener> context) {
        var rules = Belongings.of(listener, context);
        if (rules.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        executor.execute("Listener " + Indexes.key(listener), Belongings.removal(rules, context));
        var waiting =
                Progress.pending(LoadBalancingReason.RemovingRules, String.join(", ", Blockers.names(rules)) + " go");
        StatusUpdate.inCleanup(listener, Listener::new, statuses.deleting(listener, waiting), context);
        return DeleteControl.noFinalizerRemoval();
    }

    private Progress progress(Listener listener, LoadBalancer balancer, InForce inForce, Context<Listener> context) {
        var compiler = new ProxyPlanner(inForce);
        return LoadBalancerNodes.progress(
                balancer,
                LoadBalancerNodes.of(balancer, context),
                Conditions.isTrue(listener, ConditionType.PROGRAMMED),
                proxy -> compiler.isToldOf(proxy, listener));
    }

    /** Whatever a node does, it concerns only those that wait for it: the others are in force already. */
    private static Set<ResourceID> waiting(IndexedResourceCache<Listener> listeners, HostAppliance node) {
        return OwnerLink.owner("loadbalancer", node).stream()
                .flatMap(balancer -> balancer.getNamespace().stream()
                        .flatMap(listeners::list)
                        .filter(listener ->
                                listener.getSpec().loadBalancerRef().name().equals(balancer.getName())))
                .filter(listener -> !Conditions.isTrue(listener, ConditionType.PROGRAMMED))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static Set<ResourceID> in(IndexedResourceCache<Listener> listeners, String namespace) {
        return Indexes.ids(listeners.list(namespace).toList());
    }
}
