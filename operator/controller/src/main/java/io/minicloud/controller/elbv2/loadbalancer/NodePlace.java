package io.minicloud.controller.elbv2.loadbalancer;

import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import org.jspecify.annotations.Nullable;

/**
 * Where a node is.
 *
 * @param zone the availability zone
 * @param subnetId the AWS id of the subnet
 * @param host the host; null: none was found yet
 */
record NodePlace(String zone, String subnetId, @Nullable String host) {
    static NodePlace of(AvailabilityZone recorded) {
        return new NodePlace(recorded.zoneName(), recorded.subnetId(), recorded.host());
    }

    static NodePlace of(Subnet subnet, @Nullable String host) {
        return new NodePlace(subnet.getSpec().availabilityZone(), LoadBalancerInputs.subnetId(subnet), host);
    }
}
