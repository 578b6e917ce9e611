package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.derived.Derived;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Optional;

/**
 * Who an interface is made for: one of a NAT gateway or a load balancer only by that itself. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html">Requester-managed network interfaces</a>
 */
final class RequesterRules {
    private RequesterRules() {}

    /**
     * What made the interface; empty where it names nothing of that kind.
     *
     * @param eni the interface
     * @param named what it names, as far as it exists
     */
    static Resolution<Optional<Requester>> madeBy(NetworkInterface eni, Optional<Requester> named) {
        var wanted = Requester.Named.by(eni);
        if (wanted.isEmpty()) {
            return new Resolution.Resolved<>(Optional.empty());
        }
        if (named.isEmpty()) {
            return new Resolution.Waiting<>(
                    wanted.get().notFound(),
                    wanted.get() + " does not exist in this namespace; it makes its interface itself");
        }
        return Derived.isChild(eni, named.get().resource())
                ? new Resolution.Resolved<>(named)
                : new Resolution.Invalid<>(
                        NetworkInterfaceReason.OperationNotPermitted,
                        wanted.get() + " makes its interface itself: delete this one");
    }
}
