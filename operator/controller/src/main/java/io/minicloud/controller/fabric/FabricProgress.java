package io.minicloud.controller.fabric;

import io.minicloud.api.common.Condition;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.resolver.References;
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
                .map(FabricProgress::pending)
                .orElseGet(() -> Progress.done(FabricReason.Programmed, ""));
    }

    private static Progress pending(HostNetwork network) {
        var why = Conditions.find(network.getStatus(), ConditionType.PROGRAMMED)
                .map(FabricProgress::text)
                .orElse("no answer from its agent yet");
        var host = References.hostOf(network.getMetadata().getNamespace());
        return Progress.pending(FabricReason.HostNetworkPending, "host " + host + ": " + why);
    }

    private static String text(Condition condition) {
        return condition.message().isEmpty() ? condition.reason() : condition.reason() + ": " + condition.message();
    }
}
