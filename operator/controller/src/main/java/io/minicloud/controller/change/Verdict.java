package io.minicloud.controller.change;

import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.Conditioned;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import java.time.Clock;

/** The combinations of conditions that recur in every kind. */
public final class Verdict {
    private Verdict() {}

    /** Starts from the conditions that an object has. */
    public static ConditionBuilder conditions(CustomResource<?, ? extends Conditioned> resource, Clock clock) {
        var status = resource.getStatus();
        return new ConditionBuilder(
                status == null ? null : status.conditions(),
                resource.getMetadata().getGeneration(),
                clock);
    }

    /** Accepted, programmed and ready, all for the same reason. */
    public static ConditionBuilder allTrue(ConditionBuilder conditions, Enum<?> reason) {
        return conditions
                .isTrue(ConditionType.ACCEPTED, reason, "")
                .isTrue(ConditionType.PROGRAMMED, reason, "")
                .isTrue(ConditionType.READY, reason, "");
    }

    /** Not accepted, so not ready; what was programmed before is not said. */
    public static ConditionBuilder refuse(ConditionBuilder conditions, Enum<?> reason, String message) {
        return conditions
                .isFalse(ConditionType.ACCEPTED, reason, message)
                .isUnknown(ConditionType.PROGRAMMED, reason, message)
                .isFalse(ConditionType.READY, reason, message);
    }

    /** Accepted; programmed or not yet, and ready with it. */
    public static ConditionBuilder accept(ConditionBuilder conditions, Enum<?> accepted, Progress progress) {
        conditions.isTrue(ConditionType.ACCEPTED, accepted, "");
        say(conditions, ConditionType.PROGRAMMED, progress);
        say(conditions, ConditionType.READY, progress);
        return conditions;
    }

    /** One condition, as true as the progress is done. */
    public static void say(ConditionBuilder conditions, String type, Progress progress) {
        if (progress.done()) {
            conditions.isTrue(type, progress.reason(), progress.message());
        } else {
            conditions.isFalse(type, progress.reason(), progress.message());
        }
    }

    /** Being deleted and waiting for something; still accepted, no longer ready. */
    public static ConditionBuilder deleting(ConditionBuilder conditions, Enum<?> accepted, Progress waiting) {
        return conditions
                .isTrue(ConditionType.ACCEPTED, accepted, "")
                .isUnknown(ConditionType.PROGRAMMED, waiting.reason(), waiting.message())
                .isFalse(ConditionType.READY, waiting.reason(), waiting.message());
    }
}
