package io.minicloud.controller.loadbalancing;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerSpec;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.host.ProxyAccessLog;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyRule;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.controller.Quotas;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a node of a load balancer must proxy: the listeners and rules that may be, and the target groups that they use. Pure. */
public final class ProxyPlanner {
    /** How many target groups a load balancer may have. */
    static final int TARGET_GROUPS = 100;

    private static final int IDLE_SECONDS = 60;
    private static final int NETWORK_IDLE_SECONDS = 350;
    private static final int KEEP_ALIVE_SECONDS = 3600;
    private static final Map<String, String> FORWARDED_FOR =
            Map.of("append", "Append", "preserve", "Preserve", "remove", "Remove");

    private static final LoadBalancerSpec.Attributes NONE =
            new LoadBalancerSpec.Attributes(null, null, null, null, null, null, null);

    private final Estate estate;
    private final EstateRules rules;
    private final ProxyActions actions;

    /** Plans for the nodes of this estate. */
    public ProxyPlanner(Estate estate, Quotas quotas) {
        this(new InForce(estate, quotas));
    }

    /** Plans for the nodes of an estate of which this is in force. */
    public ProxyPlanner(InForce inForce) {
        this.estate = inForce.estate();
        this.rules = inForce.rules();
        this.actions = new ProxyActions(ref ->
                ProxyTargets.id(estate.targetGroup(ref).orElseThrow(() -> new IllegalStateException(ref.name()))));
    }

    /**
     * The plan of one node.
     *
     * @param balancer its load balancer
     * @param zone the Availability Zone of the node
     * @param certificateSecrets by the name of each Certificate that is there, the Secret in the namespace of the node's host
     */
    public ProxySpec plan(LoadBalancer balancer, String zone, Map<String, String> certificateSecrets) {
        var listeners = listeners(balancer)
                .flatMap(listener -> compile(listener, certificateSecrets).stream())
                .toList();
        var attributes = Optional.ofNullable(balancer.getSpec().attributes()).orElse(NONE);
        var network = isNetwork(balancer);
        return new ProxySpec(
                listeners,
                groups(listeners, balancer, zone),
                or(attributes.idleTimeoutSeconds(), network ? NETWORK_IDLE_SECONDS : IDLE_SECONDS),
                or(attributes.clientKeepAliveSeconds(), KEEP_ALIVE_SECONDS),
                or(attributes.http2(), !network),
                FORWARDED_FOR.get(or(attributes.xffHeaderProcessingMode(), "append")),
                LoadBalancingArns.figureName(balancer).orElse(null),
                zone,
                null);
    }

    /** How the log of a load balancer calls its listeners that end encryption. */
    public List<ProxyAccessLog.Listener> listenerIds(LoadBalancer balancer) {
        return listeners(balancer)
                .flatMap(listener -> LoadBalancingArns.listener(listener, balancer).stream()
                        .map(arn -> new ProxyAccessLog.Listener(
                                listener.getSpec().port(), arn.substring(arn.lastIndexOf('/') + 1))))
                .toList();
    }

    /** The certificates that the listeners of a load balancer name, each once, in order. */
    public List<String> certificates(LoadBalancer balancer) {
        return listeners(balancer)
                .flatMap(ProxyPlanner::certificates)
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether a node is told of a listener that may be, with any certificates. */
    public boolean isToldOf(ProxySpec proxy, Listener listener) {
        var spec = listener.getSpec();
        return LoadBalancerNodes.listener(proxy, spec.port())
                .filter(told -> told.protocol().equals(spec.protocol()))
                .filter(told -> told.defaultAction().equals(actions.action(spec.defaultActions())))
                .filter(told -> told.tls() == null
                        || told.tls()
                                .equals(SecurityPolicies.tls(
                                        spec.sslPolicy(), told.tls().secretNames())))
                .isPresent();
    }

    /** Whether a node is told of a rule that may be. */
    public boolean isToldOf(ProxySpec proxy, Listener listener, ListenerRule rule) {
        return LoadBalancerNodes.listener(proxy, listener.getSpec().port())
                .filter(told -> told.rules() != null && told.rules().contains(actions.rule(rule)))
                .isPresent();
    }

    /** Empty: none of its certificates is there. */
    private Optional<ProxyListener> compile(Listener listener, Map<String, String> certificateSecrets) {
        var secrets = certificates(listener)
                .flatMap(name -> Stream.ofNullable(certificateSecrets.get(name)))
                .toList();
        var encrypts = listener.getSpec().certificateRefs() != null;
        if (encrypts && secrets.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ProxyListener(
                listener.getSpec().port(),
                listener.getSpec().protocol(),
                encrypts ? SecurityPolicies.tls(listener.getSpec().sslPolicy(), secrets) : null,
                compileRules(listener),
                actions.action(listener.getSpec().defaultActions())));
    }

    /**
     * The zones whose targets of a group get something from a node: as the group says, else as the load balancer does.
     *
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html">Target group attributes</a>
     */
    public static Set<String> zones(LoadBalancer balancer, TargetGroup group, String zone) {
        var attributes = Optional.ofNullable(balancer.getSpec().attributes()).orElse(NONE);
        return or(group.getSpec().crossZone(), or(attributes.crossZone(), !isNetwork(balancer)))
                ? Stream.concat(zones(balancer), Stream.of(zone)).collect(Collectors.toSet())
                : Set.of(zone);
    }

    /** The zones in which a load balancer has nodes. */
    public static Stream<String> zones(LoadBalancer balancer) {
        return Stream.ofNullable(balancer.getStatus())
                .map(LoadBalancerStatus::availabilityZones)
                .flatMap(Stream::ofNullable)
                .flatMap(List::stream)
                .map(LoadBalancerStatus.AvailabilityZone::zoneName);
    }

    private Stream<Listener> listeners(LoadBalancer balancer) {
        return estate.listeners(balancer).stream()
                .filter(listener -> rules.judge(listener) instanceof Resolution.Resolved<LoadBalancer>)
                .sorted(Comparator.comparing(listener -> listener.getSpec().port()));
    }

    private List<ProxyRule> compileRules(Listener listener) {
        return estate.rules(listener).stream()
                .filter(rule -> rules.judge(rule) instanceof Resolution.Resolved<Listener>)
                .map(actions::rule)
                .sorted(Comparator.comparing(ProxyRule::priority))
                .toList();
    }

    private List<ProxyTargetGroup> groups(List<ProxyListener> listeners, LoadBalancer balancer, String zone) {
        var byId = new TreeMap<>(estate.targetGroups().stream()
                .collect(Collectors.toMap(ProxyTargets::id, Function.<TargetGroup>identity())));
        byId.keySet().retainAll(used(listeners));
        return byId.values().stream()
                .map(group -> ProxyTargets.compile(group, zones(balancer, group, zone)))
                .toList();
    }

    private static Set<String> used(List<ProxyListener> listeners) {
        return listeners.stream()
                .flatMap(listener -> Stream.concat(
                        Stream.of(listener.defaultAction()),
                        listener.rules().stream().map(ProxyRule::action)))
                .flatMap(action -> Stream.ofNullable(action.forward()))
                .flatMap(forward -> forward.targetGroups().stream())
                .map(weighted -> weighted.targetGroupId())
                .collect(Collectors.toSet());
    }

    private static Stream<String> certificates(Listener listener) {
        return Stream.ofNullable(listener.getSpec().certificateRefs())
                .flatMap(List::stream)
                .map(LocalRef::name);
    }

    private static boolean isNetwork(LoadBalancer balancer) {
        return "network".equals(balancer.getSpec().type());
    }

    private static <T> T or(@Nullable T wanted, T otherwise) {
        return wanted == null ? otherwise : wanted;
    }
}
