package io.minicloud.controller.ec2.internetgateway;

import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.fabric.Carried;
import io.minicloud.controller.fabric.FabricProgress;
import io.minicloud.controller.resolver.References;
import java.util.Collection;
import java.util.List;

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

    /** What the gateway is on each host that was told of it, with the command to look at it. */
    static List<String> realizedAs(String internetGatewayId, Collection<HostNetwork> networks) {
        return networks.stream()
                .filter(network -> isCarried(internetGatewayId, network))
                .map(network -> References.hostOf(network.getMetadata().getNamespace()))
                .sorted()
                .map(host -> "host %s: namespace mc-%s; look with: ip netns exec mc-%2$s nft list ruleset"
                        .formatted(host, internetGatewayId))
                .toList();
    }

    private static boolean isCarried(String internetGatewayId, HostNetwork network) {
        return Carried.internetGatewayId(network)
                .filter(internetGatewayId::equals)
                .isPresent();
    }
}
