package io.minicloud.controller.loadbalancing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.controller.resolver.Indexes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The indexes by which load balancers, and what belongs to them, are found. */
public final class LoadBalancerIndexes {
    /** Network interfaces by the reference to a load balancer: {@code namespace/name}. */
    public static final String LOAD_BALANCER = "load-balancer";

    private LoadBalancerIndexes() {}

    /** Indexes load balancers by {@link Indexes#SUBNET} and {@link Indexes#SECURITY_GROUP}, as far as they name them. */
    public static void balancers(IndexerResourceCache<LoadBalancer> cache) {
        cache.addIndexer(
                Indexes.SUBNET,
                balancer -> refs(
                        balancer,
                        balancer.getSpec() == null ? null : balancer.getSpec().subnetRefs()));
        cache.addIndexer(
                Indexes.SECURITY_GROUP,
                balancer -> refs(
                        balancer,
                        balancer.getSpec() == null ? null : balancer.getSpec().securityGroupRefs()));
    }

    /** Indexes network interfaces by the load balancer that they say they are attached to. */
    public static void interfaces(IndexerResourceCache<NetworkInterface> cache) {
        cache.addIndexer(
                LOAD_BALANCER,
                eni -> eni.getSpec() == null
                        ? List.of()
                        : LoadBalancers.nameOf(eni)
                                .map(name -> Indexes.key(eni.getMetadata().getNamespace(), name))
                                .stream()
                                .toList());
    }

    private static List<String> refs(HasMetadata from, @Nullable List<LocalRef> refs) {
        return refs == null
                ? List.of()
                : refs.stream()
                        .map(ref -> Indexes.key(from.getMetadata().getNamespace(), ref.name()))
                        .distinct()
                        .toList();
    }
}
