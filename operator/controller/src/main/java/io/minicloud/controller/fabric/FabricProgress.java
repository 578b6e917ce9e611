package io.minicloud.controller.fabric;

import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.derived.Derived;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.Collection;
import java.util.Comparator;

/** Tells from the HostNetworks that carry something whether it is in force. Pure. */
public final class FabricProgress {
    private FabricProgress() {}

    /**
     * The progress of what these networks carry.
     *
     * @param networks the HostNetworks of every host concerned
     */
    public static Progress of(Collection<HostNetwork> networks) {
        if (networks.isEmpty()) {
            return Progress.done(FabricReason.NoInterfaces, "no network interface has a port on a host");
        }
        return networks.stream()
                .filter(network -> !Conditions.isTrue(network, ConditionType.PROGRAMMED))
                .min(Comparator.comparing(network -> network.getMetadata().getNamespace()))
                .map(network -> Progress.pending(
                        FabricReason.HostNetworkPending,
                        Derived.why(network.getMetadata().getNamespace(), network)))
                .orElseGet(() -> Progress.done(FabricReason.Programmed, ""));
    }
}
