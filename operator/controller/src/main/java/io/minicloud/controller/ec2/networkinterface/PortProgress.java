package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostInterface;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.resolver.References;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the port of an interface has come. Pure. */
final class PortProgress {
    private PortProgress() {}

    /**
     * Tells the progress.
     *
     * @param eni the interface
     * @param desired the port that should be; null: none
     * @param ports the ports that are there
     */
    static Progress of(NetworkInterface eni, @Nullable HostInterface desired, List<HostInterface> ports) {
        var elsewhere =
                ports.stream().filter(port -> !PortPlanner.isAt(port, desired)).findFirst();
        if (elsewhere.isPresent()) {
            return Progress.pending(
                    NetworkInterfaceReason.MovingPort, "the port on host " + host(elsewhere.get()) + " must go first");
        }
        if (desired == null) {
            return eni.getSpec().attachment() == null
                    ? Progress.done(NetworkInterfaceReason.NotAttached, "")
                    : Progress.pending(NetworkInterfaceReason.AwaitingPlacement, user(eni) + " has no host yet");
        }
        var port =
                ports.stream().filter(found -> PortPlanner.isAt(found, desired)).findFirst();
        return port.filter(Derived::isUsable).isPresent()
                ? Progress.done(NetworkInterfaceReason.Programmed, "")
                : Progress.pending(
                        NetworkInterfaceReason.AwaitingHost,
                        Derived.why(desired.getMetadata().getNamespace(), port.orElse(null)));
    }

    private static String user(NetworkInterface eni) {
        return Requester.Named.by(eni)
                .map(Requester.Named::toString)
                .orElseGet(() ->
                        "Instance " + eni.getSpec().attachment().instanceRef().name());
    }

    private static String host(HostInterface port) {
        return References.hostOf(port.getMetadata().getNamespace());
    }
}
