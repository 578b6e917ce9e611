package io.minicloud.controller.elbv2.loadbalancer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.DnsRecord;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceStatus;
import io.minicloud.api.organizations.Account;
import io.minicloud.api.s3.Bucket;
import io.minicloud.controller.internetgateway.InternetGateways;
import io.minicloud.controller.loadbalancing.EstateSources;
import io.minicloud.controller.loadbalancing.LoadBalancerIndexes;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What wakes a load balancer. */
final class LoadBalancerEvents {
    private LoadBalancerEvents() {}

    static List<EventSource<?, LoadBalancer>> sources(EventSourceContext<LoadBalancer> context) {
        var balancers = context.getPrimaryCache();
        LoadBalancerIndexes.balancers(balancers);
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class, account -> in(balancers, account.getSpec().namespace(), balancer -> true));
        var vpcs = watch.accepted(Vpc.class, vpc -> of(balancers, vpc, balancer -> true));
        var subnets = watch.accepted(
                Subnet.class,
                subnet -> Indexes.ids(balancers.byIndex(Indexes.SUBNET, Indexes.key(subnet))),
                LoadBalancerRules::hasRoom);
        var groups = watch.accepted(SecurityGroup.class, group -> concerned(balancers, group));
        var gateways = watch.accepted(
                InternetGateway.class,
                gateway -> of(balancers, gateway, LoadBalancers::isInternetFacing),
                InternetGateways::attachments);
        var hosts = watch.source(
                Host.class,
                host -> Indexes.ids(
                        balancers.list(LoadBalancerEvents::isUnplaced).toList()),
                (now, before) -> Watch.specChanged(now, before)
                        || Conditions.isTrue(now, ConditionType.READY)
                                != Conditions.isTrue(before, ConditionType.READY));
        var interfaces = watch.all(NetworkInterface.class, LoadBalancerEvents::maker);
        var eips = watch.all(ElasticIp.class, LoadBalancerEvents::maker);
        var buckets = watch.source(
                Bucket.class,
                bucket -> of(balancers, bucket, balancer -> logsTo(balancer, bucket)),
                (now, before) -> Watch.specChanged(now, before)
                        || Conditions.isTrue(now, ConditionType.READY)
                                != Conditions.isTrue(before, ConditionType.READY));
        var appliances = watch.source(
                HostAppliance.class,
                appliance -> OwnerLink.owner("loadbalancer", appliance),
                (now, before) ->
                        Watch.specChanged(now, before) || !standing(now).equals(standing(before)));
        var names =
                watch.source(DnsRecord.class, record -> OwnerLink.owner("loadbalancer", record), Watch::specChanged);
        Indexes.accounts(accounts);
        Indexes.subnetsByVpc(subnets);
        Indexes.groupsByVpc(groups);
        InternetGateways.index(gateways);
        Indexes.interfaces(interfaces);
        Indexes.derived(appliances);
        return Stream.concat(
                        EstateSources.of(context, changed -> inEstate(balancers, changed)).stream(),
                        Stream.of(
                                accounts,
                                vpcs,
                                subnets,
                                groups,
                                gateways,
                                hosts,
                                interfaces,
                                eips,
                                buckets,
                                appliances,
                                names))
                .toList();
    }

    /**
     * Whom an object of load balancing concerns. Which listener or rule holds is judged among all of an account, which has few
     * load balancers; a sibling that goes may leave room in the quota for those that wait for it.
     */
    private static Set<ResourceID> inEstate(IndexedResourceCache<LoadBalancer> balancers, HasMetadata changed) {
        return of(
                balancers,
                changed,
                balancer -> !(changed instanceof LoadBalancer)
                        || LoadBalancers.nodes(balancer).isEmpty());
    }

    private static boolean logsTo(LoadBalancer balancer, Bucket bucket) {
        return LogWish.asked(balancer)
                .filter(asked ->
                        asked.bucketRef().name().equals(bucket.getMetadata().getName()))
                .isPresent();
    }

    /** What of an appliance's status says whether the node serves; the health of targets, which changes often, does not. */
    private static List<Optional<?>> standing(HostAppliance appliance) {
        var status = Optional.ofNullable(appliance.getStatus());
        return List.of(status.map(HostApplianceStatus::conditions), status.map(HostApplianceStatus::networkNamespace));
    }

    /** Those that name the group, and of a default group those that name none. */
    private static Set<ResourceID> concerned(IndexedResourceCache<LoadBalancer> balancers, SecurityGroup group) {
        var naming = Indexes.ids(balancers.byIndex(Indexes.SECURITY_GROUP, Indexes.key(group)));
        return Boolean.TRUE.equals(group.getSpec().isDefault())
                ? Stream.concat(
                                naming.stream(),
                                of(
                                        balancers,
                                        group,
                                        balancer -> balancer.getSpec().securityGroupRefs() == null)
                                        .stream())
                        .collect(Collectors.toSet())
                : naming;
    }

    /** Whether one of its nodes may wait for a host. */
    private static boolean isUnplaced(LoadBalancer balancer) {
        var nodes = LoadBalancers.nodes(balancer);
        return nodes.isEmpty() || nodes.stream().anyMatch(node -> node.host() == null);
    }

    private static Set<ResourceID> maker(HasMetadata child) {
        return LoadBalancers.maker(child).stream()
                .map(reference ->
                        new ResourceID(reference.getName(), child.getMetadata().getNamespace()))
                .collect(Collectors.toSet());
    }

    private static Set<ResourceID> of(
            IndexedResourceCache<LoadBalancer> balancers, HasMetadata neighbour, Predicate<LoadBalancer> which) {
        return in(balancers, neighbour.getMetadata().getNamespace(), which);
    }

    private static Set<ResourceID> in(
            IndexedResourceCache<LoadBalancer> balancers, String namespace, Predicate<LoadBalancer> which) {
        return Indexes.ids(balancers.list(namespace, which).toList());
    }
}
