package io.minicloud.controller.ec2.networkinterface;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.publicaddress.Associations;
import io.minicloud.controller.publicaddress.GatewayAddresses;
import io.minicloud.controller.publicaddress.PublicAddressIndexes;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.GroupRules;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
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
                .then(subnet -> RequesterRules.madeBy(eni, InterfacePorts.requester(eni, context))
                        .then(requester -> groups(eni, subnet, requester, context)
                                .then(ids -> new Resolution.Resolved<>(
                                        new InterfacePlace(account, subnet, ids, requester.orElse(null)))))));
    }

    private static Resolution<List<String>> groups(
            NetworkInterface eni, Subnet subnet, Optional<Requester> requester, Context<NetworkInterface> context) {
        return requester.filter(made -> !made.grouped()).isPresent()
                ? new Resolution.Resolved<>(List.of())
                : GroupRules.resolve(
                        eni.getSpec().securityGroupRefs(),
                        eni.getMetadata().getNamespace(),
                        subnet.getSpec().vpcRef().name(),
                        Cached.of(context, SecurityGroup.class));
    }
}
