package io.minicloud.agent.hostinterface;

import io.minicloud.agent.network.Router;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceStatus;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Makes the status of a {@code HostInterface}. */
final class HostInterfaceStatusFactory {
    private final Clock clock;

    HostInterfaceStatusFactory(Clock clock) {
        this.clock = clock;
    }

    HostInterfaceStatus programmed(HostInterface eni) {
        return status(
                eni,
                accepted(eni)
                        .isTrue(ConditionType.PROGRAMMED, HostInterfaceReason.Programmed, "")
                        .isTrue(ConditionType.READY, HostInterfaceReason.Programmed, ""),
                Router.namespaceOf(eni.getSpec().vpcId()));
    }

    /** Made, but of no use for what comes from outside. */
    HostInterfaceStatus unreachable(HostInterface eni, Enum<?> reason, String message) {
        return status(
                eni,
                accepted(eni)
                        .isTrue(ConditionType.PROGRAMMED, HostInterfaceReason.Programmed, "")
                        .isFalse(ConditionType.READY, reason, message),
                Router.namespaceOf(eni.getSpec().vpcId()));
    }

    HostInterfaceStatus waiting(HostInterface eni, HostInterfaceReason reason, String message) {
        return status(
                eni,
                accepted(eni)
                        .isFalse(ConditionType.PROGRAMMED, reason, message)
                        .isFalse(ConditionType.READY, reason, message),
                null);
    }

    HostInterfaceStatus invalid(HostInterface eni, String message) {
        var conditions = conditions(eni)
                .isFalse(ConditionType.ACCEPTED, HostInterfaceReason.Invalid, message)
                .isFalse(ConditionType.PROGRAMMED, HostInterfaceReason.Invalid, message)
                .isFalse(ConditionType.READY, HostInterfaceReason.Invalid, message);
        return new HostInterfaceStatus(conditions.build(), eni.getMetadata().getGeneration(), null, null, null);
    }

    private ConditionBuilder accepted(HostInterface eni) {
        return conditions(eni).isTrue(ConditionType.ACCEPTED, HostInterfaceReason.Valid, "");
    }

    private ConditionBuilder conditions(HostInterface eni) {
        var before = eni.getStatus() == null ? null : eni.getStatus().conditions();
        return new ConditionBuilder(before, eni.getMetadata().getGeneration(), clock);
    }

    private static HostInterfaceStatus status(
            HostInterface eni, ConditionBuilder conditions, @Nullable String namespace) {
        var port = Router.Interface.portOf(eni.getSpec().networkInterfaceId());
        var lookAt = namespace == null ? "ip -d link show " + port : "ip -n " + namespace + " -d -s link show " + port;
        return new HostInterfaceStatus(conditions.build(), eni.getMetadata().getGeneration(), port, namespace, lookAt);
    }
}
