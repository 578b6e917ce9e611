package io.minicloud.controller.resolver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Who wins when two objects want the same thing: who has it already, then the older one, then the first by name. Names
 * decide because timestamps have whole seconds.
 */
public final class Seniority {
    private Seniority() {}

    /** Winners first. */
    public static <R extends CustomResource<?, ? extends Conditioned>> Comparator<R> order() {
        return Comparator.<R, Boolean>comparing(resource -> !holds(resource))
                .thenComparing(resource -> text(resource.getMetadata().getCreationTimestamp()))
                .thenComparing((HasMetadata resource) -> resource.getMetadata().getName());
    }

    /** Whether the object was accepted before: it may already be in use. */
    public static boolean holds(CustomResource<?, ? extends Conditioned> resource) {
        return Conditions.find(resource.getStatus(), ConditionType.ACCEPTED)
                .map(Condition::status)
                .filter("True"::equals)
                .isPresent();
    }

    private static String text(@Nullable String timestamp) {
        return timestamp == null ? "" : timestamp;
    }
}
