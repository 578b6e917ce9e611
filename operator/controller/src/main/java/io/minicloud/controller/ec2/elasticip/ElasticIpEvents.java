package io.minicloud.controller.ec2.elasticip;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.ElasticIpStatus;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.internetgateway.InternetGateways;
import io.minicloud.controller.natgateway.NatGatewayIndexes;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.publicaddress.AddressPools;
import io.minicloud.controller.publicaddress.PublicAddressIndexes;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Watch;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What wakes an ElasticIp. An account has few, so what may concern any of them wakes all. */
final class ElasticIpEvents {
    private ElasticIpEvents() {}

    static List<EventSource<?, ElasticIp>> sources(EventSourceContext<ElasticIp> context) {
        var eips = context.getPrimaryCache();
        PublicAddressIndexes.elasticIps(eips);
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class, account -> of(eips, account.getSpec().namespace()));
        var siblings = watch.source(ElasticIp.class, eip -> of(eips, eip), ElasticIpEvents::changed);
        var pools = watch.source(
                AddressPool.class,
                pool -> unallocated(eips),
                (now, before) -> Watch.specChanged(now, before)
                        || !AddressPools.ranges(now).equals(AddressPools.ranges(before)));
        var claims = watch.source(AddressClaim.class, claim -> onClaim(eips, claim), Watch::specChanged);
        var gateways = watch.source(
                InternetGateway.class,
                gateway -> of(eips, gateway),
                (now, before) -> Watch.specChanged(now, before)
                        || !InternetGateways.attachments(now).equals(InternetGateways.attachments(before)));
        var subnets = watch.accepted(Subnet.class, subnet -> of(eips, subnet));
        var instances = watch.source(
                Instance.class,
                instance -> Indexes.ids(eips.byIndex(PublicAddressIndexes.INSTANCE, Indexes.key(instance))),
                Watch::specChanged);
        var natGateways = watch.accepted(NatGateway.class, ElasticIpEvents::named);
        var interfaces = watch.source(
                NetworkInterface.class,
                eni -> naming(eips, natGateways, eni),
                (now, before) -> Watch.specChanged(now, before) || !address(now).equals(address(before)));
        var ports = watch.all(
                HostInterface.class,
                port -> Indexes.ids(eips.byIndex(
                        PublicAddressIndexes.ASSOCIATED, port.getSpec().networkInterfaceId())));
        Indexes.accounts(accounts);
        PublicAddressIndexes.elasticIps(siblings);
        Indexes.claims(claims);
        InternetGateways.index(gateways);
        Indexes.interfaces(interfaces);
        NatGatewayIndexes.gateways(natGateways);
        NatGatewayIndexes.interfaces(interfaces);
        PublicAddressIndexes.ports(ports);
        return List.of(accounts, siblings, pools, claims, gateways, subnets, instances, natGateways, interfaces, ports);
    }

    /** An address that is given back may be what another waits for; only those of pools are ours. */
    private static Set<ResourceID> onClaim(IndexedResourceCache<ElasticIp> eips, AddressClaim claim) {
        var spec = claim.getSpec();
        var concerned = new HashSet<ResourceID>();
        if (spec.rangeId().startsWith(AddressPools.PREFIX)) {
            concerned.addAll(unallocated(eips));
        }
        if (spec.ownerKind().equals("ElasticIp")) {
            concerned.add(new ResourceID(spec.ownerName(), spec.ownerNamespace()));
        }
        return concerned;
    }

    private static boolean changed(ElasticIp now, ElasticIp before) {
        return Watch.specChanged(now, before)
                || !status(now, ElasticIpStatus::publicIp).equals(status(before, ElasticIpStatus::publicIp))
                || !status(now, ElasticIpStatus::networkInterfaceId)
                        .equals(status(before, ElasticIpStatus::networkInterfaceId));
    }

    private static Optional<String> status(ElasticIp eip, Function<ElasticIpStatus, String> field) {
        return Optional.ofNullable(eip.getStatus()).map(field);
    }

    private static Optional<String> address(NetworkInterface eni) {
        return Optional.ofNullable(eni.getStatus()).map(NetworkInterfaceStatus::privateIpAddress);
    }

    private static Set<ResourceID> named(NatGateway gateway) {
        var ref = gateway.getSpec().elasticIpRef();
        return ref == null
                ? Set.of()
                : Set.of(new ResourceID(ref.name(), gateway.getMetadata().getNamespace()));
    }

    private static Set<ResourceID> naming(
            IndexedResourceCache<ElasticIp> eips,
            InformerEventSource<NatGateway, ElasticIp> gateways,
            NetworkInterface eni) {
        var namespace = eni.getMetadata().getNamespace();
        var concerned =
                new HashSet<>(Indexes.ids(eips.byIndex(PublicAddressIndexes.NETWORK_INTERFACE, Indexes.key(eni))));
        AssociationResolver.instance(eni)
                .map(name -> eips.byIndex(PublicAddressIndexes.INSTANCE, Indexes.key(namespace, name)))
                .ifPresent(found -> concerned.addAll(Indexes.ids(found)));
        // One that is not started yet misses nothing: everything is reconciled once after all have started.
        NatGateways.nameOf(eni)
                .filter(name -> gateways.isRunning())
                .flatMap(name -> gateways.get(new ResourceID(name, namespace)))
                .ifPresent(gateway -> concerned.addAll(named(gateway)));
        return concerned;
    }

    private static Set<ResourceID> unallocated(IndexedResourceCache<ElasticIp> eips) {
        return Indexes.ids(eips.byIndex(PublicAddressIndexes.UNALLOCATED, PublicAddressIndexes.YES));
    }

    private static Set<ResourceID> of(IndexedResourceCache<ElasticIp> eips, HasMetadata neighbour) {
        return of(eips, neighbour.getMetadata().getNamespace());
    }

    private static Set<ResourceID> of(IndexedResourceCache<ElasticIp> eips, String namespace) {
        return Indexes.ids(eips.list(namespace).toList());
    }
}
