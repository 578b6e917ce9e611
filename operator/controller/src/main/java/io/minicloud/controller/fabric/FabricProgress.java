package io.minicloud.controller.fabric;

import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.Predicate;

/** Tells from the HostNetworks that carry something whether it is in force. Pure. */
public final class FabricProgress {
    private FabricProgress() {}

    /**
     * The progress of something of which these networks must be told first.
     *
     * @param networks the HostNetworks of every host concerned
     * @param told whether one carries it as it should be
     * @param untold the reason while one does not
     * @param what it is, for the message
     */
    public static Progress of(
            Collection<HostNetwork> networks, Predicate<HostNetwork> told, Enum<?> untold, String what) {
        return networks.stream()
                .filter(told.negate())
                .map(network -> References.hostOf(network.getMetadata().getNamespace()))
                .min(String::compareTo)
                .map(host -> Progress.pending(untold, "host " + host + " is not told of the " + what + " yet"))
                .orElseGet(() -> of(networks));
    }

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
