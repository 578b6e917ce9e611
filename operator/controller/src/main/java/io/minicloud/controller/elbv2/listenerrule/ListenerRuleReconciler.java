package io.minicloud.controller.elbv2.listenerrule;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.ListenerRuleStatus;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.loadbalancing.Estate;
import io.minicloud.controller.loadbalancing.EstateSources;
import io.minicloud.controller.loadbalancing.InForce;
import io.minicloud.controller.loadbalancing.LoadBalancerNodes;
import io.minicloud.controller.loadbalancing.ProxyPlanner;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Tells of a rule whether it may be and whether it is in force. It reaches the nodes with its load balancer; one that is deleted is taken
 * out there, so nothing holds it.
 */
@ControllerConfiguration(
        name = "listenerrule",
        fieldManager = "minicloud-listenerrule",
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class ListenerRuleReconciler implements Reconciler<ListenerRule> {
    private final Quotas quotas;
    private final ListenerRuleStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings quotas
     * @param clock the time of transitions
     */
    public ListenerRuleReconciler(ControllerSettings settings, Clock clock) {
        this.quotas = settings.quotas();
        this.statuses = new ListenerRuleStatusFactory(clock);
    }

    @Override
    public List<EventSource<?, ListenerRule>> prepareEventSources(EventSourceContext<ListenerRule> context) {
        var rules = context.getPrimaryCache();
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class, account -> in(rules, account.getSpec().namespace()));
        var nodes = watch.all(HostAppliance.class, node -> waiting(rules, node));
        Indexes.accounts(accounts);
        Indexes.derived(nodes);
        var sources = new ArrayList<EventSource<?, ListenerRule>>(List.of(accounts, nodes));
        sources.addAll(EstateSources.of(
                context, changed -> in(rules, changed.getMetadata().getNamespace())));
        return sources;
    }

    @Override
    public UpdateControl<ListenerRule> reconcile(ListenerRule rule, Context<ListenerRule> context) {
        var namespace = rule.getMetadata().getNamespace();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var inForce = new InForce(Estate.of(namespace, context), quotas);
        var judged = References.account(namespace, accounts).then(account -> inForce.judge(rule));
        var status = Judgement.fold(
                judged,
                listener -> accepted(rule, listener, inForce, context),
                (reason, message) -> statuses.refused(rule, reason, inForce.explain(rule, message)));
        return StatusUpdate.of(rule, ListenerRule::new, status);
    }

    private ListenerRuleStatus accepted(
            ListenerRule rule, Listener listener, InForce inForce, Context<ListenerRule> context) {
        var balancer = inForce.estate()
                .loadBalancer(listener.getSpec().loadBalancerRef())
                .orElseThrow();
        var compiler = new ProxyPlanner(inForce);
        var progress = LoadBalancerNodes.progress(
                balancer,
                LoadBalancerNodes.of(balancer, context),
                Conditions.isTrue(rule, ConditionType.PROGRAMMED),
                proxy -> compiler.isToldOf(proxy, listener, rule));
        return statuses.accepted(rule, listener, balancer, progress);
    }

    /** Whatever a node does, it concerns only those that wait for it: the others are in force already. */
    private static Set<ResourceID> waiting(IndexedResourceCache<ListenerRule> rules, HostAppliance node) {
        return OwnerLink.owner("loadbalancer", node).stream()
                .flatMap(balancer -> balancer.getNamespace().stream())
                .flatMap(rules::list)
                .filter(rule -> !Conditions.isTrue(rule, ConditionType.PROGRAMMED))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static Set<ResourceID> in(IndexedResourceCache<ListenerRule> rules, String namespace) {
        return Indexes.ids(rules.list(namespace).toList());
    }
}
