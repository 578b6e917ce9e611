package io.minicloud.controller.ec2.instance;

import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.resolver.Indexes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** By what instances are found from an event. */
final class InstanceIndexes {
    static final String IMAGE = "image";
    static final String TYPE = "type";
    static final String SUBNET = "subnet";
    static final String WITHOUT_SUBNET = "without-subnet";
    static final String GROUP = "group";
    static final String NAMESPACE = "in-namespace";
    static final String UNPLACED = "unplaced";

    /** The one key of the index of instances without a host. */
    static final String YES = "yes";

    private InstanceIndexes() {}

    static void add(IndexerResourceCache<Instance> cache) {
        cache.addIndexer(IMAGE, instance -> key(instance, instance.getSpec().imageRef()));
        cache.addIndexer(TYPE, instance -> List.of(instance.getSpec().instanceType()));
        cache.addIndexer(
                SUBNET,
                instance -> instance.getSpec().subnetRef() == null
                        ? List.of()
                        : key(instance, instance.getSpec().subnetRef()));
        cache.addIndexer(
                WITHOUT_SUBNET,
                instance -> instance.getSpec().subnetRef() == null
                        ? List.of(instance.getMetadata().getNamespace())
                        : List.of());
        cache.addIndexer(
                GROUP,
                instance -> Optional.ofNullable(instance.getSpec().securityGroupRefs()).orElse(List.of()).stream()
                        .flatMap(group -> key(instance, group).stream())
                        .toList());
        cache.addIndexer(NAMESPACE, instance -> List.of(instance.getMetadata().getNamespace()));
        cache.addIndexer(UNPLACED, instance -> InstancePlanner.host(instance).isPresent() ? List.of() : List.of(YES));
    }

    static Set<ResourceID> find(IndexedResourceCache<Instance> cache, String index, String key) {
        return Indexes.ids(cache.byIndex(index, key));
    }

    /**
     * Those of a VPC, by its subnets, and those that name no subnet and may be waiting for it. While the subnets are not known yet
     * nothing is missed: everything is reconciled once afterwards.
     */
    static Set<ResourceID> ofVpc(
            IndexedResourceCache<Instance> cache, InformerEventSource<Subnet, Instance> subnets, Vpc vpc) {
        var concerned =
                new HashSet<>(find(cache, WITHOUT_SUBNET, vpc.getMetadata().getNamespace()));
        if (subnets.isRunning()) {
            subnets.byIndex(Indexes.VPC, Indexes.key(vpc)).stream()
                    .flatMap(subnet -> find(cache, SUBNET, Indexes.key(subnet)).stream())
                    .forEach(concerned::add);
        }
        return concerned;
    }

    /** Those that name the subnet, and those that name none and may be waiting for it. */
    static Set<ResourceID> ofSubnet(IndexedResourceCache<Instance> cache, Subnet subnet) {
        var concerned = new HashSet<>(find(cache, SUBNET, Indexes.key(subnet)));
        concerned.addAll(find(cache, WITHOUT_SUBNET, subnet.getMetadata().getNamespace()));
        return concerned;
    }

    private static List<String> key(Instance instance, LocalRef ref) {
        return List.of(Indexes.key(instance.getMetadata().getNamespace(), ref.name()));
    }
}
