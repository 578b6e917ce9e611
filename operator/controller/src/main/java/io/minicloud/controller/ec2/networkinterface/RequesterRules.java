package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Optional;

/**
 * Who an interface is made for: one of a NAT gateway only by that gateway itself. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html">Requester-managed network interfaces</a>
 */
final class RequesterRules {
    private RequesterRules() {}

    /**
     * The gateway that made the interface; empty where it names none.
     *
     * @param eni the interface
     * @param named the gateway that it names, as far as it exists
     */
    static Resolution<Optional<NatGateway>> madeBy(NetworkInterface eni, Optional<NatGateway> named) {
        var name = NatGateways.nameOf(eni);
        if (name.isEmpty()) {
            return new Resolution.Resolved<>(Optional.empty());
        }
        if (named.isEmpty()) {
            return new Resolution.Waiting<>(
                    NetworkInterfaceReason.NatGatewayNotFound,
                    "NatGateway " + name.get() + " does not exist in this namespace; it makes its interface itself");
        }
        return Derived.isChild(eni, named.get())
                ? new Resolution.Resolved<>(named)
                : new Resolution.Invalid<>(
                        NetworkInterfaceReason.OperationNotPermitted,
                        "NatGateway " + name.get() + " makes its interface itself: delete this one");
    }
}
