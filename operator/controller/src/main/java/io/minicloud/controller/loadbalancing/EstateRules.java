package io.minicloud.controller.loadbalancing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether listeners and rules may be in effect beside everything else of the account. Who is refused and who compiles what the nodes do
 * ask here, so that nothing refused is ever in effect. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html">Quotas</a>
 */
public final class EstateRules {
    private static final Map<String, Set<String>> PROTOCOLS =
            Map.of("application", Set.of("HTTP", "HTTPS"), "network", Set.of("TCP", "TLS", "UDP"));

    private final Estate estate;
    private final Quotas quotas;
    private final PriorityRules priorities;
    private final ForwardRules forwards;

    /** The rules for this estate. */
    public EstateRules(Estate estate, Quotas quotas) {
        this.estate = estate;
        this.quotas = quotas;
        this.priorities = new PriorityRules(estate, quotas);
        this.forwards = new ForwardRules(estate);
    }

    /**
     * A listener.
     *
     * @return its load balancer
     */
    public Resolution<LoadBalancer> judge(Listener listener) {
        return balancer(listener.getSpec().loadBalancerRef())
                .then(balancer -> stays(listener, balancer))
                .then(balancer -> speaks(listener, balancer))
                .then(balancer -> alone(listener, balancer))
                .then(balancer -> forwards.judge(listener, listener, balancer));
    }

    /**
     * A rule.
     *
     * @return its listener
     */
    public Resolution<Listener> judge(ListenerRule rule) {
        return listener(rule).then(listener -> priorities.alone(rule, listener)).then(listener -> balancer(
                        listener.getSpec().loadBalancerRef())
                .then(balancer -> priorities.withinQuota(rule, balancer))
                .then(balancer -> forwards.judge(rule, listener, balancer))
                .then(balancer -> new Resolution.Resolved<>(listener)));
    }

    /** The load balancer of which a listener or rule that may be forwards to a target group. */
    public Optional<LoadBalancer> user(TargetGroup group) {
        return estate.users(new LocalRef(name(group))).stream()
                .filter(user -> switch (user) {
                    case Listener listener -> judge(listener) instanceof Resolution.Resolved<LoadBalancer>;
                    case ListenerRule rule -> judge(rule) instanceof Resolution.Resolved<Listener>;
                    default -> false;
                })
                .findFirst()
                .flatMap(estate::balancerOf);
    }

    /**
     * How many targets a group may have: what those of its load balancer that are senior leave it.
     *
     * @param group the target group
     * @param balancer the load balancer that it belongs to; empty: it has its own quota for itself
     */
    public int room(TargetGroup group, Optional<LoadBalancer> balancer) {
        var taken = balancer.stream()
                .flatMap(user -> estate.targetGroups(user).stream())
                .takeWhile(other -> !name(other).equals(name(group)))
                .mapToInt(other -> other.getSpec().targets() == null
                        ? 0
                        : other.getSpec().targets().size())
                .sum();
        return Math.max(0, quotas.targetsPerLoadBalancer() - taken);
    }

    /**
     * Whether a target group is one of the first that the quota has room for.
     *
     * @return itself
     */
    public Resolution<TargetGroup> withinQuota(TargetGroup group) {
        var all = estate.targetGroups().stream().sorted(Seniority.order()).toList();
        return Estate.rank(group, all) < quotas.targetGroups()
                ? new Resolution.Resolved<>(group)
                : new Resolution.Waiting<>(
                        LoadBalancingReason.TooManyTargetGroups,
                        "an account may have %d target groups: delete one, or an administrator raises quotas.targetGroups"
                                .formatted(quotas.targetGroups()));
    }

    private Resolution<LoadBalancer> balancer(LocalRef ref) {
        var what = "LoadBalancer " + ref.name();
        return estate.loadBalancer(ref)
                .<Resolution<LoadBalancer>>map(found -> Estate.vpc(found).isPresent()
                        ? new Resolution.Resolved<>(found)
                        : new Resolution.Waiting<>(
                                LoadBalancingReason.LoadBalancerPending, what + " has no VPC yet; see its status"))
                .orElseGet(() -> new Resolution.Waiting<>(
                        LoadBalancingReason.LoadBalancerNotFound, what + " does not exist in this namespace"));
    }

    /** One that goes takes its listeners with it, and no new ones. */
    private static Resolution<LoadBalancer> stays(Listener listener, LoadBalancer balancer) {
        return !balancer.isMarkedForDeletion() || LastAccepted.is(listener)
                ? new Resolution.Resolved<>(balancer)
                : new Resolution.Waiting<>(
                        LoadBalancingReason.LoadBalancerNotFound,
                        "LoadBalancer " + name(balancer)
                                + " is being deleted: wait until it is gone and make another one");
    }

    private static Resolution<LoadBalancer> speaks(Listener listener, LoadBalancer balancer) {
        var type = balancer.getSpec().type();
        var allowed = PROTOCOLS.getOrDefault(type, Set.of());
        return allowed.contains(listener.getSpec().protocol())
                ? new Resolution.Resolved<>(balancer)
                : new Resolution.Invalid<>(
                        LoadBalancingReason.UnsupportedProtocol,
                        "LoadBalancer %s is of type %s, which speaks %s: take one of these protocols"
                                .formatted(name(balancer), type, Estate.words(allowed)));
    }

    private Resolution<LoadBalancer> alone(Listener listener, LoadBalancer balancer) {
        var siblings = estate.listeners(balancer);
        var samePort = Estate.haversFirst(siblings, LastAccepted::hasPort).stream()
                .filter(other ->
                        other.getSpec().port().equals(listener.getSpec().port()))
                .findFirst()
                .filter(other -> !name(other).equals(name(listener)));
        if (samePort.isPresent()) {
            return new Resolution.Invalid<>(
                    LoadBalancingReason.DuplicateListener,
                    "Listener %s has port %d of LoadBalancer %s: take another port or delete one of them"
                            .formatted(name(samePort.get()), listener.getSpec().port(), name(balancer)));
        }
        return Estate.rank(listener, siblings) < quotas.listenersPerLoadBalancer()
                ? new Resolution.Resolved<>(balancer)
                : new Resolution.Waiting<>(
                        LoadBalancingReason.TooManyListeners,
                        "a load balancer may have %d listeners: delete one, or an administrator raises quotas.listenersPerLoadBalancer"
                                .formatted(quotas.listenersPerLoadBalancer()));
    }

    private Resolution<Listener> listener(ListenerRule rule) {
        var ref = rule.getSpec().listenerRef();
        var found = estate.listener(ref);
        if (found.isEmpty()) {
            return new Resolution.Waiting<>(
                    LoadBalancingReason.ListenerNotFound,
                    "Listener " + ref.name() + " does not exist in this namespace");
        }
        var listener = found.get();
        if (!PROTOCOLS.get("application").contains(listener.getSpec().protocol())) {
            return new Resolution.Invalid<>(
                    LoadBalancingReason.InvalidConfigurationRequest,
                    "Listener %s is of %s, which understands no requests: rules are for HTTP and HTTPS"
                            .formatted(ref.name(), listener.getSpec().protocol()));
        }
        return judge(listener) instanceof Resolution.Resolved<LoadBalancer>
                ? new Resolution.Resolved<>(listener)
                : new Resolution.Waiting<>(
                        LoadBalancingReason.ListenerNotAccepted,
                        "Listener " + ref.name() + " is not accepted; see its status");
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
