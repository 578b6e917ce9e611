package io.minicloud.controller.loadbalancing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerAction;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Seniority;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an account has of load balancing, as it is looked at in one pass. What is being deleted is here no listener and no rule: their
 * effect ends at once.
 *
 * @param loadBalancers its load balancers
 * @param listeners its listeners
 * @param rules its rules
 * @param targetGroups its target groups
 * @param certificates its certificates
 */
public record Estate(
        List<LoadBalancer> loadBalancers,
        List<Listener> listeners,
        List<ListenerRule> rules,
        List<TargetGroup> targetGroups,
        List<Certificate> certificates) {
    /** Whatever the lists hold of what is being deleted, it has no effect any more. */
    public Estate {
        listeners = listeners.stream().filter(one -> !one.isMarkedForDeletion()).toList();
        rules = rules.stream().filter(one -> !one.isMarkedForDeletion()).toList();
    }

    /**
     * The estate of a namespace.
     *
     * @param context of a reconciler that watches by {@link EstateSources}
     */
    public static Estate of(String namespace, Context<?> context) {
        return new Estate(
                in(namespace, context, LoadBalancer.class),
                in(namespace, context, Listener.class),
                in(namespace, context, ListenerRule.class),
                in(namespace, context, TargetGroup.class),
                in(namespace, context, Certificate.class));
    }

    /** The load balancer of this name. */
    public Optional<LoadBalancer> loadBalancer(LocalRef ref) {
        return named(loadBalancers, ref);
    }

    /** The listener of this name. */
    public Optional<Listener> listener(LocalRef ref) {
        return named(listeners, ref);
    }

    /** The target group of this name. */
    public Optional<TargetGroup> targetGroup(LocalRef ref) {
        return named(targetGroups, ref);
    }

    /** The certificate of this name. */
    Optional<Certificate> certificate(LocalRef ref) {
        return named(certificates, ref);
    }

    /** The listeners that name a load balancer, the senior first. */
    public List<Listener> listeners(LoadBalancer balancer) {
        return listeners.stream()
                .filter(one -> names(one.getSpec().loadBalancerRef(), balancer))
                .sorted(order())
                .toList();
    }

    /** The rules that name a listener, the senior first. */
    public List<ListenerRule> rules(Listener listener) {
        return rules.stream()
                .filter(one -> names(one.getSpec().listenerRef(), listener))
                .sorted(order())
                .toList();
    }

    /** Listeners and rules that forward to a target group, the senior first. */
    public List<CustomResource<?, ? extends Conditioned>> users(LocalRef group) {
        return users().filter(one -> groups(one).contains(group)).toList();
    }

    /** Listeners and rules of a load balancer, the senior first. */
    List<CustomResource<?, ? extends Conditioned>> users(LoadBalancer balancer) {
        return users().filter(one -> balancerOf(one).filter(balancer::equals).isPresent())
                .toList();
    }

    /** The target groups that a load balancer's listeners and rules name, the senior first. */
    List<TargetGroup> targetGroups(LoadBalancer balancer) {
        var named =
                users(balancer).stream().flatMap(user -> groups(user).stream()).collect(Collectors.toSet());
        return targetGroups.stream()
                .filter(group -> named.contains(new LocalRef(group.getMetadata().getName())))
                .sorted(Seniority.order())
                .toList();
    }

    /** The load balancer that a target group belongs to: that of the senior one of those that forward to it, if it did before. */
    Optional<LoadBalancer> user(LocalRef group) {
        return haversFirst(users(group), one -> LastAccepted.forwardsTo(one, List.of(group))).stream()
                .flatMap(one -> balancerOf(one).stream())
                .findFirst();
    }

    /** The load balancer of a listener or rule. */
    Optional<LoadBalancer> balancerOf(HasMetadata user) {
        return switch (user) {
            case Listener listener -> loadBalancer(listener.getSpec().loadBalancerRef());
            case ListenerRule rule ->
                listener(rule.getSpec().listenerRef())
                        .flatMap(listener -> loadBalancer(listener.getSpec().loadBalancerRef()));
            default -> Optional.empty();
        };
    }

    /** The target groups that a listener or rule forwards to. */
    static List<LocalRef> groups(HasMetadata user) {
        return switch (user) {
            case Listener listener -> groups(listener.getSpec().defaultActions());
            case ListenerRule rule -> groups(rule.getSpec().actions());
            default -> List.of();
        };
    }

    static List<LocalRef> groups(List<ListenerAction> actions) {
        return actions.stream().flatMap(Estate::groups).distinct().toList();
    }

    private static Stream<LocalRef> groups(ListenerAction action) {
        var several = action.forwardConfig() == null
                ? Stream.<LocalRef>empty()
                : action.forwardConfig().targetGroups().stream()
                        .map(ListenerAction.WeightedTargetGroup::targetGroupRef);
        return Stream.concat(Stream.ofNullable(action.targetGroupRef()), several);
    }

    private Stream<CustomResource<?, ? extends Conditioned>> users() {
        return Stream.<CustomResource<?, ? extends Conditioned>>concat(listeners.stream(), rules.stream())
                .sorted(order());
    }

    /** The same in the same order, but those first that have what is asked for. */
    static <R> List<R> haversFirst(List<R> all, Predicate<? super R> has) {
        return Stream.concat(all.stream().filter(has), all.stream().filter(has.negate()))
                .toList();
    }

    /** What was refused after an edit is in force as before, and its seniority is. */
    private static <R extends CustomResource<?, ? extends Conditioned>> Comparator<R> order() {
        return Comparator.<R, Boolean>comparing(one -> !LastAccepted.is(one)).thenComparing(Seniority.order());
    }

    /** The AWS id of the VPC that a load balancer is in; empty: not yet known. */
    static Optional<String> vpc(LoadBalancer balancer) {
        return Optional.ofNullable(balancer.getStatus()).map(LoadBalancerStatus::vpcId);
    }

    /** How many come before one. */
    static int rank(HasMetadata one, List<? extends HasMetadata> seniorFirst) {
        return Math.toIntExact(seniorFirst.stream()
                .takeWhile(other -> !Objects.equals(
                        other.getMetadata().getName(), one.getMetadata().getName()))
                .count());
    }

    /** Words as a sentence names them. */
    static String words(Collection<String> words) {
        return words.stream().sorted().collect(Collectors.joining(" and "));
    }

    private static boolean names(LocalRef ref, HasMetadata object) {
        return Objects.equals(ref.name(), object.getMetadata().getName());
    }

    private static <R extends HasMetadata> Optional<R> named(List<R> objects, LocalRef ref) {
        return objects.stream().filter(one -> names(ref, one)).findFirst();
    }

    private static <R extends HasMetadata> List<R> in(String namespace, Context<?> context, Class<R> type) {
        return Cached.of(context, type)
                .all()
                .filter(one -> namespace.equals(one.getMetadata().getNamespace()))
                .toList();
    }
}
