package io.minicloud.controller.ec2.natgateway;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.ElasticIpStatus;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.internetgateway.InternetGateways;
import io.minicloud.controller.natgateway.NatGatewayIndexes;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What wakes a gateway. An account has few, so what may concern any of them wakes all. */
final class NatGatewayEvents {
    private NatGatewayEvents() {}

    static List<EventSource<?, NatGateway>> sources(EventSourceContext<NatGateway> context) {
        var natGateways = context.getPrimaryCache();
        NatGatewayIndexes.gateways(natGateways);
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class, account -> in(natGateways, account.getSpec().namespace()));
        // A sibling that goes may leave room in the quota, or an address.
        var siblings = watch.accepted(NatGateway.class, gateway -> of(natGateways, gateway));
        var vpcs = watch.accepted(Vpc.class, vpc -> of(natGateways, vpc), VpcRanges::inForce);
        var subnets = watch.accepted(
                Subnet.class, subnet -> Indexes.ids(natGateways.byIndex(Indexes.SUBNET, Indexes.key(subnet))));
        var eips = watch.source(
                ElasticIp.class,
                eip -> Indexes.ids(natGateways.byIndex(NatGatewayIndexes.ELASTIC_IP, Indexes.key(eip))),
                (now, before) -> Watch.specChanged(now, before) || !Objects.equals(place(now), place(before)));
        var gateways = watch.accepted(
                InternetGateway.class, gateway -> of(natGateways, gateway), InternetGateways::attachments);
        var hosts = watch.source(
                Host.class,
                host -> Indexes.ids(natGateways
                        .list(gateway -> NatGateways.host(gateway).isEmpty())
                        .toList()),
                (now, before) -> Watch.specChanged(now, before)
                        || Conditions.isTrue(now, ConditionType.READY)
                                != Conditions.isTrue(before, ConditionType.READY));
        var interfaces = watch.all(NetworkInterface.class, NatGatewayEvents::parent);
        var appliances = watch.all(HostAppliance.class, appliance -> OwnerLink.owner("natgateway", appliance));
        Indexes.accounts(accounts);
        NatGatewayIndexes.gateways(siblings);
        Indexes.subnetsByVpc(subnets);
        InternetGateways.index(gateways);
        Indexes.interfaces(interfaces);
        return List.of(accounts, siblings, vpcs, subnets, eips, gateways, hosts, interfaces, appliances);
    }

    /** What of the status of an ElasticIp decides who has it: its address, and what that is associated with. */
    private static List<Optional<String>> place(ElasticIp eip) {
        var status = Optional.ofNullable(eip.getStatus());
        return List.of(status.map(ElasticIpStatus::publicIp), status.map(ElasticIpStatus::networkInterfaceId));
    }

    private static Set<ResourceID> parent(HasMetadata child) {
        return child.getMetadata().getOwnerReferences().stream()
                .filter(reference -> "NatGateway".equals(reference.getKind()))
                .map(reference ->
                        new ResourceID(reference.getName(), child.getMetadata().getNamespace()))
                .collect(Collectors.toSet());
    }

    private static Set<ResourceID> of(IndexedResourceCache<NatGateway> natGateways, HasMetadata neighbour) {
        return in(natGateways, neighbour.getMetadata().getNamespace());
    }

    private static Set<ResourceID> in(IndexedResourceCache<NatGateway> natGateways, String namespace) {
        return Indexes.ids(natGateways.list(namespace).toList());
    }
}
