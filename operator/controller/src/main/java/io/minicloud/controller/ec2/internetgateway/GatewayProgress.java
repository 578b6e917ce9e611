package io.minicloud.controller.ec2.internetgateway;

import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.fabric.Carried;
import io.minicloud.controller.fabric.FabricProgress;
import java.util.Collection;

/** How far an attached gateway has come on the hosts. Pure. */
final class GatewayProgress {
    private GatewayProgress() {}

    /**
     * Tells the progress.
     *
     * @param internetGatewayId the AWS id of the gateway
     * @param networks the networks of its VPC on every host
     */
    static Progress of(String internetGatewayId, Collection<HostNetwork> networks) {
        return FabricProgress.of(
                networks,
                network -> isCarried(internetGatewayId, network),
                InternetGatewayReason.AttachmentPending,
                "internet gateway");
    }

    private static boolean isCarried(String internetGatewayId, HostNetwork network) {
        return Carried.internetGatewayId(network)
                .filter(internetGatewayId::equals)
                .isPresent();
    }
}
