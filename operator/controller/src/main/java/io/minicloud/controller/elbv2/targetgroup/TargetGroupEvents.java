package io.minicloud.controller.elbv2.targetgroup;

import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.elbv2.TargetGroupSpec;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceStatus;
import io.minicloud.api.host.ProxyStatus;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.loadbalancing.EstateSources;
import io.minicloud.controller.loadbalancing.LoadBalancerNodes;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What wakes a target group. */
final class TargetGroupEvents {
    private TargetGroupEvents() {}

    static List<EventSource<?, TargetGroup>> sources(EventSourceContext<TargetGroup> context) {
        var groups = context.getPrimaryCache();
        groups.addIndexer(
                Indexes.VPC,
                group -> group.getSpec() == null
                        ? List.of()
                        : List.of(Indexes.key(
                                group.getMetadata().getNamespace(),
                                group.getSpec().vpcRef().name())));
        groups.addIndexer(Indexes.INSTANCE, TargetGroupEvents::instances);
        Indexes.byAwsId(groups, "tg");
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class, account -> in(groups, account.getSpec().namespace()));
        var vpcs = watch.accepted(Vpc.class, vpc -> Indexes.ids(groups.byIndex(Indexes.VPC, Indexes.key(vpc))));
        var subnets = watch.source(
                Subnet.class,
                subnet -> Indexes.ids(groups.byIndex(
                        Indexes.VPC,
                        Indexes.key(
                                subnet.getMetadata().getNamespace(),
                                subnet.getSpec().vpcRef().name()))),
                Watch::specChanged);
        var instances = watch.source(
                Instance.class,
                instance -> Indexes.ids(groups.byIndex(Indexes.INSTANCE, Indexes.key(instance))),
                (now, before) -> Watch.specChanged(now, before) || !place(now).equals(place(before)));
        var nodes = watch.all(HostAppliance.class, node -> Indexes.ofAwsIds(groups, known(node)));
        Indexes.accounts(accounts);
        Indexes.subnetsByVpc(subnets);
        Indexes.derived(nodes);
        var sources = new ArrayList<EventSource<?, TargetGroup>>(List.of(accounts, vpcs, subnets, instances, nodes));
        sources.addAll(EstateSources.of(
                context, changed -> in(groups, changed.getMetadata().getNamespace())));
        return sources;
    }

    private static List<String> instances(TargetGroup group) {
        var targets = group.getSpec() == null ? null : group.getSpec().targets();
        return Stream.ofNullable(targets)
                .flatMap(List::stream)
                .map(TargetGroupSpec.Target::instanceRef)
                .flatMap(Stream::ofNullable)
                .map(ref -> Indexes.key(group.getMetadata().getNamespace(), ref.name()))
                .distinct()
                .toList();
    }

    /** What of the status of an instance decides what it is as a target. */
    private static List<Optional<?>> place(Instance instance) {
        var status = Optional.ofNullable(instance.getStatus());
        return List.of(
                status.map(InstanceStatus::state),
                status.map(InstanceStatus::vpcId),
                status.map(InstanceStatus::privateIpAddress),
                status.map(InstanceStatus::placement));
    }

    /** The groups that a node is told of, and those that it tells of. */
    private static Stream<String> known(HostAppliance node) {
        var told = LoadBalancerNodes.proxy(node).stream()
                .flatMap(proxy -> proxy.targetGroups().stream())
                .map(ProxyTargetGroup::targetGroupId);
        var found = Stream.ofNullable(node.getStatus())
                .map(HostApplianceStatus::proxy)
                .flatMap(Stream::ofNullable)
                .flatMap(proxy -> Stream.ofNullable(proxy.targets()))
                .flatMap(List::stream)
                .map(ProxyStatus.Target::targetGroupId);
        return Stream.concat(told, found).distinct();
    }

    private static Set<ResourceID> in(IndexedResourceCache<TargetGroup> groups, String namespace) {
        return Indexes.ids(groups.list(namespace).toList());
    }
}
