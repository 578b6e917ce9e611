package io.minicloud.controller.ec2.elasticip;

import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.reconcile.identity.AwsId;
import org.jspecify.annotations.Nullable;

/**
 * What an address is associated with.
 *
 * @param networkInterfaceId the AWS id of the network interface
 * @param privateIpAddress its address
 * @param instanceId the AWS id of the instance that it is attached to
 */
record Association(
        String networkInterfaceId,
        @Nullable String privateIpAddress,
        @Nullable String instanceId) {
    /** What the status tells. */
    static @Nullable Association recorded(ElasticIp eip) {
        var status = eip.getStatus();
        return status == null || status.networkInterfaceId() == null
                ? null
                : new Association(status.networkInterfaceId(), status.privateIpAddress(), status.instanceId());
    }

    /** The AWS id: another one for every interface. */
    String id(ElasticIp eip) {
        return AwsId.of("eipassoc", eip.getMetadata().getUid() + "/" + networkInterfaceId);
    }
}
