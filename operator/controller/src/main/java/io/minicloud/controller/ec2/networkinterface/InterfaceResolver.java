package io.minicloud.controller.ec2.networkinterface;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.publicaddress.Associations;
import io.minicloud.controller.publicaddress.GatewayAddresses;
import io.minicloud.controller.publicaddress.PublicAddressIndexes;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows the references of an interface. */
final class InterfaceResolver {
    private InterfaceResolver() {}

    /** The public address of the ElasticIp that says it is associated with the interface. */
    static @Nullable Association association(NetworkInterface eni, Context<NetworkInterface> context) {
        var eips =
                Cached.of(context, ElasticIp.class).by(PublicAddressIndexes.ASSOCIATED, Associations.interfaceId(eni));
        return InterfacePorts.natGateway(eni, context)
                .map(gateway -> GatewayAddresses.associated(gateway, eni, eips))
                .orElseGet(() -> Associations.associated(eni, eips))
                .map(ElasticIp::getStatus)
                .map(eip ->
                        new Association(eip.publicIp(), eip.allocationId(), eip.associationId(), eip.ownerId(), null))
                .orElse(null);
    }

    /** Where it belongs: the first reference that leads nowhere is the answer. */
    static Resolution<InterfacePlace> place(NetworkInterface eni, Context<NetworkInterface> context) {
        var namespace = eni.getMetadata().getNamespace();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var name = eni.getSpec().subnetRef().name();
        var tenant = eni.getStatus() != null && eni.getStatus().privateIpAddress() != null;
        return References.account(namespace, accounts).then(account -> References.subnet(
                        name, Cached.of(context, Subnet.class).find(namespace, name), tenant)
                .then(subnet -> RequesterRules.madeBy(eni, InterfacePorts.natGateway(eni, context))
                        .then(gateway -> gateway.isPresent()
                                ? new Resolution.Resolved<>(
                                        new InterfacePlace(account, subnet, List.of(), NatGateways.id(gateway.get())))
                                : groups(eni, subnet, context)
                                        .then(ids -> new Resolution.Resolved<>(
                                                new InterfacePlace(account, subnet, ids, null))))));
    }

    private static Resolution<List<String>> groups(
            NetworkInterface eni, Subnet subnet, Context<NetworkInterface> context) {
        var namespace = eni.getMetadata().getNamespace();
        var vpcName = subnet.getSpec().vpcRef().name();
        var refs = eni.getSpec().securityGroupRefs();
        var cached = Cached.of(context, SecurityGroup.class);
        Map<String, SecurityGroup> known = new LinkedHashMap<>();
        if (refs != null) {
            refs.forEach(ref -> cached.find(namespace, ref.name()).ifPresent(group -> known.put(ref.name(), group)));
        }
        cached.by(Indexes.VPC, Indexes.key(namespace, vpcName))
                .forEach(group -> known.put(group.getMetadata().getName(), group));
        return GroupRules.resolve(refs, vpcName, known);
    }
}
