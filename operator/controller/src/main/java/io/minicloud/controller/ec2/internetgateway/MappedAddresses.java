package io.minicloud.controller.ec2.internetgateway;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import java.util.Collection;
import java.util.Optional;

/**
 * The public addresses of a VPC, which its gateway maps: while there are any it is not detached. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html">DetachInternetGateway</a>
 */
final class MappedAddresses {
    private MappedAddresses() {}

    /**
     * What keeps a gateway attached; empty: nothing.
     *
     * @param mapped the network interfaces of the VPC that have a public address
     */
    static Optional<Progress> hindrance(Collection<NetworkInterface> mapped) {
        var names = mapped.stream()
                .map(eni -> "NetworkInterface %s with %s"
                        .formatted(
                                eni.getMetadata().getName(),
                                eni.getStatus().association().publicIp()))
                .sorted()
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Progress.pending(
                        InternetGatewayReason.DependencyViolation,
                        "its VPC has mapped public addresses, unmap them before the gateway is detached: "
                                + Blockers.message(names)));
    }
}
