package io.minicloud.controller.elbv2.loadbalancer;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerSpec.AccessLogs;
import io.minicloud.api.host.ProxyAccessLog;
import io.minicloud.api.s3.Bucket;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.loadbalancing.LoadBalancerNodes;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a load balancer logs to.
 *
 * @param bucket the name of the bucket
 * @param prefix what the names of files begin with; null: nothing
 */
record LogWish(String bucket, @Nullable String prefix) {
    /** The bucket and prefix that are wanted; those that the nodes have while there is no such bucket; empty: no log. */
    static Optional<LogWish> of(LoadBalancer balancer, Context<LoadBalancer> context) {
        return asked(balancer).flatMap(asked -> bucket(balancer, asked, context)
                .map(bucket -> new LogWish(bucket.getStatus().bucketName(), asked.prefix()))
                .or(() -> running(balancer, context)));
    }

    /**
     * Whether the log may be. One that runs goes on when its bucket is gone, as on AWS: then nothing is delivered.
     *
     * @return the load balancer
     */
    static Resolution<LoadBalancer> judge(LoadBalancer balancer, Context<LoadBalancer> context) {
        return missing(balancer, context)
                .filter(name -> running(balancer, context).isEmpty())
                .<Resolution<LoadBalancer>>map(name -> new Resolution.Waiting<>(
                        LoadBalancerReason.InvalidConfigurationRequest,
                        "Access Denied for bucket: " + name + ": Bucket " + name
                                + " is not there or not ready: make it, or take attributes.accessLogs out"))
                .orElseGet(() -> new Resolution.Resolved<>(balancer));
    }

    /** The name of the Bucket that is wanted and cannot be used. */
    static Optional<String> missing(LoadBalancer balancer, Context<LoadBalancer> context) {
        return asked(balancer)
                .filter(asked -> bucket(balancer, asked, context).isEmpty())
                .map(asked -> asked.bucketRef().name());
    }

    /** How it is with the log; empty: there is none. */
    static Optional<Progress> progress(LoadBalancer balancer, Context<LoadBalancer> context) {
        return asked(balancer).map(asked -> missing(balancer, context)
                .map(
                        name -> Progress.pending(
                                LoadBalancerReason.NoSuchBucket,
                                "Bucket " + name
                                        + " is not there or not ready: logs wait on the hosts, and the oldest are lost when there are too many"))
                .orElseGet(() -> Progress.done(LoadBalancerReason.AccessLogsEnabled, "")));
    }

    static Optional<AccessLogs> asked(LoadBalancer balancer) {
        var attributes = balancer.getSpec().attributes();
        return attributes == null ? Optional.empty() : Optional.ofNullable(attributes.accessLogs());
    }

    private static Optional<Bucket> bucket(LoadBalancer balancer, AccessLogs asked, Context<LoadBalancer> context) {
        return Cached.of(context, Bucket.class)
                .find(balancer.getMetadata().getNamespace(), asked.bucketRef().name())
                .filter(bucket -> !bucket.isMarkedForDeletion())
                .filter(bucket -> Conditions.isTrue(bucket, ConditionType.READY))
                .filter(bucket -> bucket.getStatus().bucketName() != null);
    }

    /** What a node of it logs to now. */
    private static Optional<LogWish> running(LoadBalancer balancer, Context<LoadBalancer> context) {
        return LoadBalancerNodes.of(balancer, context).stream()
                .flatMap(node -> LoadBalancerNodes.proxy(node).stream())
                .flatMap(proxy -> Optional.ofNullable(proxy.accessLog()).stream())
                .map(LogWish::of)
                .findFirst();
    }

    private static LogWish of(ProxyAccessLog log) {
        return new LogWish(log.bucket(), log.prefix());
    }
}
