package io.minicloud.controller.loadbalancing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import java.util.List;
import java.util.Objects;

/**
 * What goes with a load balancer or a listener that is deleted: what was accepted for this very one, which its Amazon resource name tells.
 * What only names it, because it came before or was refused, AWS would never have made; it stays.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html">DeleteLoadBalancer</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteListener.html">DeleteListener</a>
 */
public final class Belongings {
    private Belongings() {}

    /** The listeners of a load balancer, for a reconciler that watches by {@link EstateSources}. */
    public static List<Listener> of(LoadBalancer balancer, Context<?> context) {
        var arn = balancer.getStatus() == null ? null : balancer.getStatus().loadBalancerArn();
        return Cached.of(context, Listener.class)
                .all()
                .filter(listener -> beside(listener, balancer))
                .filter(listener -> listener.getStatus() != null && arn != null)
                .filter(listener -> Objects.equals(listener.getStatus().loadBalancerArn(), arn))
                .toList();
    }

    /** The rules of a listener, for a reconciler that watches by {@link EstateSources}. */
    public static List<ListenerRule> of(Listener listener, Context<?> context) {
        var arn = listener.getStatus() == null ? null : listener.getStatus().listenerArn();
        return Cached.of(context, ListenerRule.class)
                .all()
                .filter(rule -> beside(rule, listener))
                .filter(rule -> rule.getStatus() != null && arn != null)
                .filter(rule -> LoadBalancingArns.isRuleOf(rule.getStatus().ruleArn(), arn))
                .toList();
    }

    /**
     * The plan that deletes what is not yet on its way out. Only what was looked at: a user's object that has taken its name in between
     * stays.
     */
    public static Plan removal(List<? extends CustomResource<?, ?>> belongings, Context<?> context) {
        return new Plan(belongings.stream()
                .filter(one -> !one.isMarkedForDeletion())
                .map(one -> new Delete(one, context))
                .toList());
    }

    private static boolean beside(HasMetadata one, HasMetadata other) {
        return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace());
    }

    private record Delete(CustomResource<?, ?> object, Context<?> context) implements Action {
        @Override
        public String describe() {
            return "delete %s %s/%s"
                    .formatted(
                            object.getKind(),
                            object.getMetadata().getNamespace(),
                            object.getMetadata().getName());
        }

        @Override
        public void apply() {
            context.getClient()
                    .resource(object)
                    .lockResourceVersion(object.getMetadata().getResourceVersion())
                    .delete();
        }
    }
}
