package io.minicloud.controller.ec2.elasticip;

import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostInterface;
import io.minicloud.controller.publicaddress.Associations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an ElasticIp names, and what stands around it.
 *
 * @param eni the network interface, which has an address
 * @param instanceId the AWS id of the instance that it is attached to
 * @param vpc the name of its VPC
 * @param gateway whether the VPC has an internet gateway
 * @param winner the ElasticIp that may be associated with the interface
 * @param ports the ports of the interface
 */
record AssociationTarget(
        NetworkInterface eni,
        @Nullable String instanceId,
        String vpc,
        boolean gateway,
        ElasticIp winner,
        List<HostInterface> ports) {
    String networkInterfaceId() {
        return Associations.interfaceId(eni);
    }

    Association association() {
        return new Association(networkInterfaceId(), eni.getStatus().privateIpAddress(), instanceId);
    }
}
