package io.minicloud.controller.ec2.elasticip;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.host.HostInterface;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.internetgateway.InternetGateways;
import io.minicloud.controller.natgateway.NatGatewayIndexes;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.publicaddress.Associations;
import io.minicloud.controller.publicaddress.GatewayAddresses;
import io.minicloud.controller.publicaddress.PublicAddressIndexes;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows the reference of an ElasticIp, or that of a NAT gateway to it, to a network interface. */
final class AssociationResolver {
    private final ElasticIp eip;
    private final Context<ElasticIp> context;
    private final String namespace;

    AssociationResolver(ElasticIp eip, Context<ElasticIp> context) {
        this.eip = eip;
        this.context = context;
        this.namespace = eip.getMetadata().getNamespace();
    }

    /** The interface of the NAT gateway that has it or is to have it, else what it names; empty when that is nothing. */
    Optional<Resolution<AssociationTarget>> target() {
        var gateway = GatewayAddresses.holder(eip, gateways(eip, context), this::made);
        if (gateway.isPresent()) {
            return gateway.map(holder -> ofGateway(holder).then(this::usable).then(this::around));
        }
        var spec = eip.getSpec();
        if (spec.networkInterfaceRef() != null) {
            return Optional.of(byName(spec.networkInterfaceRef().name())
                    .then(eni -> AssociationRules.free(eip, eni))
                    .then(this::usable)
                    .then(this::around));
        }
        return Optional.ofNullable(spec.instanceRef())
                .map(ref -> primary(ref.name()).then(this::usable).then(this::around));
    }

    /** The NAT gateways that name it. */
    static List<NatGateway> gateways(ElasticIp eip, Context<ElasticIp> context) {
        return Cached.of(context, NatGateway.class).by(NatGatewayIndexes.ELASTIC_IP, Indexes.key(eip));
    }

    /** The ports that carry the address. */
    static List<HostInterface> carriers(ElasticIp eip, Context<ElasticIp> context) {
        return Associations.isAllocated(eip)
                ? Cached.of(context, HostInterface.class)
                        .by(PublicAddressIndexes.PUBLIC_IP, eip.getStatus().publicIp())
                : List.of();
    }

    private Resolution<NetworkInterface> byName(String name) {
        return Cached.of(context, NetworkInterface.class)
                .find(namespace, name)
                .<Resolution<NetworkInterface>>map(Resolution.Resolved::new)
                .orElseGet(() -> new Resolution.Waiting<>(
                        ElasticIpReason.NetworkInterfaceNotFound,
                        "NetworkInterface " + name + " does not exist in this namespace"));
    }

    /** The network interface that a gateway has made. */
    private Optional<NetworkInterface> made(NatGateway gateway) {
        return Cached.of(context, NetworkInterface.class)
                .by(NatGatewayIndexes.NAT_GATEWAY, Indexes.key(gateway))
                .stream()
                .filter(eni -> Derived.isChild(eni, gateway))
                .findFirst();
    }

    private Resolution<NetworkInterface> ofGateway(NatGateway gateway) {
        return made(gateway)
                .<Resolution<NetworkInterface>>map(Resolution.Resolved::new)
                .orElseGet(() -> new Resolution.Waiting<>(
                        ElasticIpReason.NetworkInterfacePending,
                        "NatGateway " + gateway.getMetadata().getName() + " has no network interface yet"));
    }

    private Resolution<NetworkInterface> primary(String instance) {
        if (Cached.of(context, Instance.class).find(namespace, instance).isEmpty()) {
            return new Resolution.Waiting<>(
                    ElasticIpReason.InstanceNotFound, "Instance " + instance + " does not exist in this namespace");
        }
        return Cached.of(context, NetworkInterface.class)
                .by(Indexes.INSTANCE, Indexes.key(namespace, instance))
                .stream()
                .filter(eni -> Associations.names(eip, eni))
                .findFirst()
                .<Resolution<NetworkInterface>>map(Resolution.Resolved::new)
                .orElseGet(() -> new Resolution.Waiting<>(
                        ElasticIpReason.NetworkInterfacePending,
                        "Instance " + instance + " has no network interface yet"));
    }

    private Resolution<NetworkInterface> usable(NetworkInterface eni) {
        var name = "NetworkInterface " + eni.getMetadata().getName();
        if (eni.isMarkedForDeletion()) {
            return new Resolution.Waiting<>(ElasticIpReason.NetworkInterfaceTerminating, name + " is being deleted");
        }
        return eni.getStatus() == null || eni.getStatus().privateIpAddress() == null
                ? new Resolution.Waiting<>(ElasticIpReason.NetworkInterfacePending, name + " has no address yet")
                : new Resolution.Resolved<>(eni);
    }

    private Resolution<AssociationTarget> around(NetworkInterface eni) {
        var subnet = Cached.of(context, Subnet.class)
                .find(namespace, eni.getSpec().subnetRef().name());
        if (subnet.isEmpty()) {
            return new Resolution.Waiting<>(
                    ElasticIpReason.NetworkInterfacePending,
                    "Subnet " + eni.getSpec().subnetRef().name() + " does not exist in this namespace");
        }
        var vpc = subnet.get().getSpec().vpcRef().name();
        var vpcId = eni.getStatus().vpcId();
        var gateways =
                InternetGateways.of(Cached.of(context, InternetGateway.class), Indexes.key(namespace, vpc), vpcId);
        return new Resolution.Resolved<>(new AssociationTarget(
                eni,
                instanceId(eni),
                vpc,
                InternetGateways.attached(vpcId, gateways).isPresent(),
                NatGateways.nameOf(eni).isPresent()
                        ? eip
                        : Associations.winner(eni, rivals(eni)).orElse(eip),
                Cached.of(context, HostInterface.class).by(PublicAddressIndexes.PORT, Associations.interfaceId(eni))));
    }

    private @Nullable String instanceId(NetworkInterface eni) {
        return instance(eni)
                .flatMap(name -> Cached.of(context, Instance.class).find(namespace, name))
                .map(instance -> AwsId.of("i", instance.getMetadata().getUid()))
                .orElse(null);
    }

    /** The name of the instance that an interface is attached to. */
    static Optional<String> instance(NetworkInterface eni) {
        return Optional.ofNullable(eni.getSpec().attachment())
                .flatMap(attachment -> Optional.ofNullable(attachment.instanceRef()))
                .map(LocalRef::name);
    }

    /** Those that name the interface, itself as it was read. */
    private List<ElasticIp> rivals(NetworkInterface eni) {
        var cached = Cached.of(context, ElasticIp.class);
        var byInstance = instance(eni).stream()
                .flatMap(name -> cached.by(PublicAddressIndexes.INSTANCE, Indexes.key(namespace, name)).stream());
        var others = Stream.concat(
                        cached.by(PublicAddressIndexes.NETWORK_INTERFACE, Indexes.key(eni)).stream(), byInstance)
                .filter(other ->
                        !other.getMetadata().getUid().equals(eip.getMetadata().getUid()));
        return Stream.concat(Stream.of(eip), others).toList();
    }
}
