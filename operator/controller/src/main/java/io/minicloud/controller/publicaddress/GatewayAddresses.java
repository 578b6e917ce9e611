package io.minicloud.controller.publicaddress;

import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.resolver.Seniority;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which NAT gateway has the address of an ElasticIp: the one that has it already, then, of an ElasticIp that names nothing
 * itself, the senior one. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html">Work with NAT gateways</a>
 */
public final class GatewayAddresses {
    private GatewayAddresses() {}

    /**
     * The gateway that has the address, or is to have it.
     *
     * @param eip the ElasticIp
     * @param naming the gateways that name it
     * @param interfaces the network interface that a gateway has made
     */
    public static Optional<NatGateway> holder(
            ElasticIp eip, Collection<NatGateway> naming, Function<NatGateway, Optional<NetworkInterface>> interfaces) {
        var holder = naming.stream()
                .filter(gateway -> interfaces
                        .apply(gateway)
                        .filter(eni -> Associations.isAssociated(eip, eni))
                        .isPresent())
                .findFirst();
        return holder.isPresent() || Associations.namesAnything(eip)
                ? holder
                : naming.stream()
                        .filter(gateway -> !gateway.isMarkedForDeletion())
                        .min(Seniority.order());
    }

    /**
     * The ElasticIp that is associated with the interface of a gateway. One that is being deleted stays until the gateway is
     * gone.
     *
     * @param gateway the gateway
     * @param eni its network interface
     * @param eips ElasticIps of its namespace
     */
    public static Optional<ElasticIp> associated(NatGateway gateway, NetworkInterface eni, Collection<ElasticIp> eips) {
        return eips.stream()
                .filter(eip -> NatGateways.names(gateway, eip))
                .filter(eip -> Associations.isAssociated(eip, eni))
                .findFirst();
    }
}
