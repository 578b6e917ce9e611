package io.minicloud.controller.ec2.networkinterface;

import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.ElasticIpStatus;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.InstanceType;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.api.host.HostMachineStatus;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.attachment.Attachments;
import io.minicloud.controller.loadbalancing.LoadBalancerIndexes;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.natgateway.NatGatewayIndexes;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.publicaddress.LaunchAddresses;
import io.minicloud.controller.publicaddress.PublicAddressIndexes;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.Watch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What wakes a NetworkInterface. */
final class NetworkInterfaceEvents {
    private NetworkInterfaceEvents() {}

    static List<EventSource<?, NetworkInterface>> sources(EventSourceContext<NetworkInterface> context) {
        var enis = context.getPrimaryCache();
        Indexes.interfaces(enis);
        NatGatewayIndexes.interfaces(enis);
        LoadBalancerIndexes.interfaces(enis);
        Indexes.byAwsId(enis, "eni");
        Attachments.index(enis);
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class,
                account -> Indexes.ids(enis.list(account.getSpec().namespace()).toList()));
        var subnets =
                watch.accepted(Subnet.class, subnet -> Indexes.ids(enis.byIndex(Indexes.SUBNET, Indexes.key(subnet))));
        var groups = watch.accepted(SecurityGroup.class, group -> concerned(context, group));
        var instances = watch.source(
                Instance.class,
                instance -> Indexes.ids(enis.byIndex(Indexes.INSTANCE, Indexes.key(instance))),
                (now, before) -> Watch.specChanged(now, before)
                        || !place(now).equals(place(before))
                        || LaunchAddressRules.runs(now) != LaunchAddressRules.runs(before));
        var gateways = watch.source(
                NatGateway.class,
                gateway -> Indexes.ids(enis.byIndex(NatGatewayIndexes.NAT_GATEWAY, Indexes.key(gateway))),
                (now, before) ->
                        Watch.specChanged(now, before) || !NatGateways.host(now).equals(NatGateways.host(before)));
        var balancers = watch.source(
                LoadBalancer.class,
                balancer -> Indexes.ids(enis.byIndex(LoadBalancerIndexes.LOAD_BALANCER, Indexes.key(balancer))),
                (now, before) -> Watch.specChanged(now, before) || !hosts(now).equals(hosts(before)));
        var claims = watch.source(AddressClaim.class, NetworkInterfaceEvents::owner, Watch::specChanged);
        var ports = watch.all(HostInterface.class, port -> OwnerLink.owner("networkinterface", port));
        // Of another type the limits may be others.
        var types = watch.source(
                InstanceType.class,
                type -> Indexes.ids(enis.list(eni -> eni.getSpec().attachment() != null && !Attachments.isPrimary(eni))
                        .toList()),
                Watch::specChanged);
        var machines = watch.source(
                HostMachine.class,
                machine -> Stream.concat(
                                onUser(
                                        enis,
                                        machine.getSpec().interfaces().stream()
                                                .map(HostMachineSpec.Interface::hostInterfaceName))
                                        .stream(),
                                Indexes.ids(enis.byIndex(
                                                Attachments.ATTACHED,
                                                machine.getMetadata().getName()))
                                        .stream())
                        .collect(Collectors.toSet()),
                (now, before) ->
                        Watch.specChanged(now, before) || !interfaces(now).equals(interfaces(before)));
        var appliances = watch.source(
                HostAppliance.class,
                appliance -> onUser(
                        enis,
                        appliance.getSpec().interfaces().stream().map(HostApplianceSpec.Interface::hostInterfaceName)),
                Watch::specChanged);
        var eips = watch.source(
                ElasticIp.class,
                eip -> Indexes.ofAwsIds(enis, associated(eip).stream()),
                (now, before) ->
                        Watch.specChanged(now, before) || !associated(now).equals(associated(before)));
        var pools = watch.accepted(AddressPool.class, pool -> unassigned(context));
        Indexes.accounts(accounts);
        PublicAddressIndexes.elasticIps(eips);
        Indexes.groupsByVpc(groups);
        Indexes.claims(claims);
        Indexes.derived(ports);
        Indexes.machinesByInterface(machines);
        NatGatewayIndexes.appliances(appliances);
        return List.of(
                accounts,
                subnets,
                groups,
                instances,
                types,
                gateways,
                balancers,
                claims,
                ports,
                machines,
                appliances,
                eips,
                pools);
    }

    /** What of the status of an instance decides about its interfaces. */
    private static List<Optional<String>> place(Instance instance) {
        return List.of(
                AttachmentRules.host(instance),
                Optional.ofNullable(instance.getStatus()).map(InstanceStatus::vpcId));
    }

    /** On which host each node of a load balancer is. */
    private static List<List<String>> hosts(LoadBalancer balancer) {
        return LoadBalancers.nodes(balancer).stream()
                .filter(node -> node.host() != null)
                .map(node -> List.of(node.subnetId(), node.host()))
                .toList();
    }

    /** What a machine says of its interfaces, and of which spec. */
    private static List<Optional<?>> interfaces(HostMachine machine) {
        var status = Optional.ofNullable(machine.getStatus());
        return List.of(status.map(HostMachineStatus::observedGeneration), status.map(HostMachineStatus::interfaces));
    }

    /** Its own status names the interface for as long as a port may carry the address. */
    private static Optional<String> associated(ElasticIp eip) {
        return Optional.ofNullable(eip.getStatus()).map(ElasticIpStatus::networkInterfaceId);
    }

    /** Those that name the group, and those that name none and may be waiting for a default group. */
    private static Set<ResourceID> concerned(EventSourceContext<NetworkInterface> context, SecurityGroup group) {
        return context.getPrimaryCache()
                .list(group.getMetadata().getNamespace())
                .filter(eni -> eni.getSpec().securityGroupRefs() == null
                        || eni.getSpec().securityGroupRefs().isEmpty()
                        || eni.getSpec().securityGroupRefs().stream().anyMatch(ref -> ref.name()
                                .equals(group.getMetadata().getName())))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    /** Those that wait for the only pool. */
    private static Set<ResourceID> unassigned(EventSourceContext<NetworkInterface> context) {
        return Indexes.ids(context.getPrimaryCache()
                .list(eni -> LaunchAddresses.isAsked(eni)
                        && LaunchAddresses.recorded(eni).isEmpty())
                .toList());
    }

    private static Set<ResourceID> owner(AddressClaim claim) {
        return claim.getSpec().ownerKind().equals("NetworkInterface")
                ? Set.of(new ResourceID(
                        claim.getSpec().ownerName(), claim.getSpec().ownerNamespace()))
                : Set.of();
    }

    /** Those whose ports a machine or an appliance uses. */
    private static Set<ResourceID> onUser(IndexedResourceCache<NetworkInterface> enis, Stream<String> ports) {
        return ports.flatMap(port -> enis.byIndex(Indexes.AWS_ID, port).stream())
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }
}
