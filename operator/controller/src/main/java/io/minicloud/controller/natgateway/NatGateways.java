package io.minicloud.controller.natgateway;

import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NatGatewayStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.reconcile.identity.AwsId;
import java.util.Optional;

/** What is derived from a NAT gateway, and which interfaces and addresses it speaks of. Pure. */
public final class NatGateways {
    /** The state of a gateway that routes may lead to. */
    public static final String AVAILABLE = "available";

    private NatGateways() {}

    /** The AWS id of a NAT gateway. */
    public static String id(NatGateway gateway) {
        return AwsId.of("nat", gateway.getMetadata().getUid());
    }

    /** The host that a gateway is on, once it has one. */
    public static Optional<String> host(NatGateway gateway) {
        return Optional.ofNullable(gateway.getStatus()).map(NatGatewayStatus::host);
    }

    /** The private address of a gateway that is available. */
    public static Optional<String> address(NatGateway gateway) {
        return Optional.ofNullable(gateway.getStatus())
                .filter(status -> AVAILABLE.equals(status.state()))
                .map(NatGatewayStatus::natGatewayAddresses)
                .flatMap(addresses -> addresses.stream().findFirst())
                .map(NatGatewayStatus.Address::privateIp);
    }

    /** Whether a gateway names this ElasticIp of its namespace. */
    public static boolean names(NatGateway gateway, ElasticIp eip) {
        var ref = gateway.getSpec().elasticIpRef();
        return ref != null && ref.name().equals(eip.getMetadata().getName());
    }

    /** The name of the gateway that an interface says it is attached to. */
    public static Optional<String> nameOf(NetworkInterface eni) {
        return Optional.ofNullable(eni.getSpec().attachment())
                .flatMap(attachment -> Optional.ofNullable(attachment.natGatewayRef()))
                .map(ref -> ref.name());
    }
}
