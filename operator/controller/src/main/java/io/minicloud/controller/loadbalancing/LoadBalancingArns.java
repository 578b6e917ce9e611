package io.minicloud.controller.loadbalancing;

import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.reconcile.identity.Arn;
import io.minicloud.reconcile.identity.AwsId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Amazon resource names of target groups, listeners and rules. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html">Resource types</a>
 */
public final class LoadBalancingArns {
    private static final int DIGITS = 16;

    private LoadBalancingArns() {}

    /** E.g. {@code arn:aws:elasticloadbalancing:home-1:111122223333:targetgroup/web/0123456789abcdef}. */
    public static String targetGroup(TargetGroup group, String region, String account) {
        return Arn.of("elasticloadbalancing", region, account, figureName(group));
    }

    /**
     * How figures and logs call a target group, e.g. {@code targetgroup/web/0123456789abcdef}.
     *
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html">Metric dimensions</a>
     */
    static String figureName(TargetGroup group) {
        return "targetgroup/" + group.getMetadata().getName() + "/"
                + hex("tg", group.getMetadata().getUid());
    }

    /** How figures and logs call a load balancer, e.g. {@code app/web/0123456789abcdef}; empty: it has no name yet. */
    static Optional<String> figureName(LoadBalancer balancer) {
        return Optional.ofNullable(balancer.getStatus())
                .map(LoadBalancerStatus::loadBalancerArn)
                .map(arn -> arn.substring(arn.indexOf("loadbalancer/") + "loadbalancer/".length()));
    }

    /** That of its load balancer with {@code listener} in place of {@code loadbalancer} and its own digits; empty: that has none yet. */
    public static Optional<String> listener(Listener listener, LoadBalancer balancer) {
        return Optional.ofNullable(balancer.getStatus())
                .map(LoadBalancerStatus::loadBalancerArn)
                .map(arn -> arn.replace(":loadbalancer/", ":listener/") + "/"
                        + hex("lsn", listener.getMetadata().getUid()));
    }

    /** That of its listener with {@code listener-rule} in place of {@code listener} and its own digits. */
    public static Optional<String> rule(ListenerRule rule, Listener listener, LoadBalancer balancer) {
        return listener(listener, balancer)
                .map(arn -> arn.replace(":listener/", ":listener-rule/") + "/"
                        + hex("lsr", rule.getMetadata().getUid()));
    }

    /** Whether a rule's name, which may not be there yet, is of the listener of this name. */
    static boolean isRuleOf(@Nullable String ruleArn, String listenerArn) {
        return ruleArn != null && ruleArn.startsWith(listenerArn.replace(":listener/", ":listener-rule/") + "/");
    }

    private static String hex(String prefix, String uid) {
        var id = AwsId.of(prefix, uid);
        return id.substring(id.length() - DIGITS);
    }
}
