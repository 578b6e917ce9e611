package io.minicloud.controller.ec2.natgateway;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceSpec;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;

/**
 * What a gateway is made of: its network interface, and the appliance on its host. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html">NAT gateway basics</a>
 */
final class NatGatewayPlanner {
    private static final int FIRST_PORT = 1024;
    private static final int LAST_PORT = 65535;
    private static final int IDLE_SECONDS = 350;

    private NatGatewayPlanner() {}

    /** The name of the network interface. */
    static String interfaceName(NatGateway gateway) {
        return gateway.getMetadata().getName() + "-nat";
    }

    /** The network interface: no security group stands before it, and what passes is neither from it nor for it. */
    static NetworkInterface networkInterface(NatGateway gateway) {
        var eni = new NetworkInterface();
        eni.setMetadata(Derived.child(gateway, interfaceName(gateway)));
        eni.setSpec(new NetworkInterfaceSpec(
                gateway.getSpec().subnetRef(),
                null,
                gateway.getSpec().privateIpAddress(),
                false,
                null,
                new NetworkInterfaceSpec.Attachment(
                        null, new LocalRef(gateway.getMetadata().getName()), null, 0, true),
                null,
                null,
                null,
                null));
        return eni;
    }

    /**
     * The appliance.
     *
     * @param host where it is
     * @param vpc its VPC, whose flows it translates
     * @param networkInterfaceId the AWS id of its network interface
     */
    static HostAppliance appliance(NatGateway gateway, String host, Vpc vpc, String networkInterfaceId) {
        var id = NatGateways.id(gateway);
        var vpcId = AwsId.of("vpc", vpc.getMetadata().getUid());
        var appliance = new HostAppliance();
        appliance.setMetadata(OwnerLink.metadata(gateway, References.hostNamespace(host), id, vpcId));
        appliance.setSpec(new HostApplianceSpec(
                id,
                vpcId,
                List.of(new HostApplianceSpec.Interface(networkInterfaceId)),
                new HostApplianceSpec.SourceNat(VpcRanges.inForce(vpc), FIRST_PORT, LAST_PORT, IDLE_SECONDS),
                null));
        return appliance;
    }
}
