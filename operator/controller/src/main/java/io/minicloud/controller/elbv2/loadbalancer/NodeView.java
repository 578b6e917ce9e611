package io.minicloud.controller.elbv2.loadbalancer;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.controller.change.Progress;
import org.jspecify.annotations.Nullable;

/**
 * How far one pass over a node has come.
 *
 * @param place where it is
 * @param eni its network interface, which has its address; null: there is none yet, or none any more
 * @param appliance the appliance on the host; null: there is none yet, or none any more
 * @param leaving whether its subnet was taken out
 * @param progress what is waited for, or why it may not be
 * @param serving whether clients are served there, be it as an older spec said
 */
record NodeView(
        NodePlace place,
        @Nullable NetworkInterface eni,
        @Nullable HostAppliance appliance,
        boolean leaving,
        Progress progress,
        boolean serving) {
    static NodeView pending(NodePlace place, LoadBalancerReason reason, String message) {
        return new NodeView(place, null, null, false, Progress.pending(reason, message), false);
    }

    static NodeView leaving(NodePlace place, Progress waiting) {
        return new NodeView(place, null, null, true, waiting, false);
    }
}
