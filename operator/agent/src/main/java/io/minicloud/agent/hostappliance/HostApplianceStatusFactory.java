package io.minicloud.agent.hostappliance;

import io.minicloud.agent.network.Appliance;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceStatus;
import io.minicloud.api.host.ProxyStatus;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Makes the status of a {@code HostAppliance}. */
final class HostApplianceStatusFactory {
    private final Clock clock;

    HostApplianceStatusFactory(Clock clock) {
        this.clock = clock;
    }

    HostApplianceStatus programmed(HostAppliance appliance, Appliance made) {
        return status(
                appliance,
                accepted(appliance)
                        .isTrue(ConditionType.PROGRAMMED, HostApplianceReason.Programmed, "")
                        .isTrue(ConditionType.READY, HostApplianceReason.Programmed, ""),
                made.namespace(),
                null);
    }

    /** Of an appliance whose ports are there and whose proxy is as it was found. */
    HostApplianceStatus proxy(HostAppliance appliance, Appliance made, ApplianceProxy.Outcome outcome) {
        var conditions = accepted(appliance);
        if (outcome.reason() == HostApplianceReason.Programmed) {
            conditions
                    .isTrue(ConditionType.PROGRAMMED, HostApplianceReason.Programmed, "")
                    .isTrue(ConditionType.READY, HostApplianceReason.Programmed, "");
        } else {
            conditions
                    .isFalse(ConditionType.PROGRAMMED, outcome.reason(), outcome.message())
                    .isFalse(ConditionType.READY, outcome.reason(), outcome.message());
        }
        return status(appliance, conditions, made.namespace(), outcome.status());
    }

    HostApplianceStatus waiting(HostAppliance appliance, Enum<?> reason, String message) {
        return status(
                appliance,
                accepted(appliance)
                        .isFalse(ConditionType.PROGRAMMED, reason, message)
                        .isFalse(ConditionType.READY, reason, message),
                null,
                before(appliance));
    }

    HostApplianceStatus invalid(HostAppliance appliance, String message) {
        return status(
                appliance,
                conditions(appliance)
                        .isFalse(ConditionType.ACCEPTED, HostApplianceReason.Invalid, message)
                        .isFalse(ConditionType.PROGRAMMED, HostApplianceReason.Invalid, message)
                        .isFalse(ConditionType.READY, HostApplianceReason.Invalid, message),
                null,
                before(appliance));
    }

    private ConditionBuilder accepted(HostAppliance appliance) {
        return conditions(appliance).isTrue(ConditionType.ACCEPTED, HostApplianceReason.Valid, "");
    }

    private ConditionBuilder conditions(HostAppliance appliance) {
        var before =
                appliance.getStatus() == null ? null : appliance.getStatus().conditions();
        return new ConditionBuilder(before, appliance.getMetadata().getGeneration(), clock);
    }

    private static HostApplianceStatus status(
            HostAppliance appliance,
            ConditionBuilder conditions,
            @Nullable String namespace,
            @Nullable ProxyStatus proxy) {
        return new HostApplianceStatus(
                conditions.build(), appliance.getMetadata().getGeneration(), namespace, proxy);
    }

    /** What was last said of the targets, since nothing else is known; none without a proxy. */
    static @Nullable ProxyStatus before(HostAppliance appliance) {
        return appliance.getSpec().proxy() == null || appliance.getStatus() == null
                ? null
                : appliance.getStatus().proxy();
    }
}
