package io.minicloud.agent.hostnetwork;

import io.minicloud.agent.network.Router;
import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkStatus;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Makes the status of a {@code HostNetwork}. */
final class HostNetworkStatusFactory {
    private final Clock clock;

    HostNetworkStatusFactory(Clock clock) {
        this.clock = clock;
    }

    HostNetworkStatus programmed(HostNetwork network, Collection<AddressSet> sets) {
        var applied = sets.stream()
                .map(set -> new HostNetworkStatus.AppliedSet(
                        set.getMetadata().getName(), set.getMetadata().getGeneration()))
                .sorted(Comparator.comparing(HostNetworkStatus.AppliedSet::name))
                .toList();
        var conditions = conditions(network)
                .isTrue(ConditionType.ACCEPTED, HostNetworkReason.Valid, "")
                .isTrue(ConditionType.PROGRAMMED, HostNetworkReason.Programmed, "")
                .isTrue(ConditionType.READY, HostNetworkReason.Programmed, "");
        return status(network, conditions, applied);
    }

    HostNetworkStatus invalid(HostNetwork network, String message) {
        return status(
                network,
                conditions(network)
                        .isFalse(ConditionType.ACCEPTED, HostNetworkReason.Invalid, message)
                        .isFalse(ConditionType.PROGRAMMED, HostNetworkReason.Invalid, message)
                        .isFalse(ConditionType.READY, HostNetworkReason.Invalid, message),
                List.of());
    }

    HostNetworkStatus notProgrammed(HostNetwork network, HostNetworkReason reason, String message) {
        return status(
                network,
                conditions(network)
                        .isTrue(ConditionType.ACCEPTED, HostNetworkReason.Valid, "")
                        .isFalse(ConditionType.PROGRAMMED, reason, message)
                        .isFalse(ConditionType.READY, reason, message),
                List.of());
    }

    private ConditionBuilder conditions(HostNetwork network) {
        var before = network.getStatus() == null ? null : network.getStatus().conditions();
        return new ConditionBuilder(before, network.getMetadata().getGeneration(), clock);
    }

    private static HostNetworkStatus status(
            HostNetwork network, ConditionBuilder conditions, List<HostNetworkStatus.AppliedSet> applied) {
        var namespace = Router.namespaceOf(network.getSpec().vpcId());
        return new HostNetworkStatus(
                conditions.build(),
                network.getMetadata().getGeneration(),
                namespace,
                applied,
                "ip netns exec " + namespace + " nft list ruleset");
    }
}
