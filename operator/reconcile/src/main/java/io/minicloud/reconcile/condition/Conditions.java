package io.minicloud.reconcile.condition;

import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of objects. */
public final class Conditions {
    private Conditions() {}

    /**
     * One condition of a status.
     *
     * @param status the status, null when none was written yet
     * @param type the condition's type
     */
    public static Optional<Condition> find(@Nullable Conditioned status, String type) {
        if (status == null || status.conditions() == null) {
            return Optional.empty();
        }
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /**
     * Whether a condition is True and speaks of the spec as it is now.
     *
     * @param resource the object
     * @param type the condition's type
     */
    public static boolean isTrue(CustomResource<?, ? extends Conditioned> resource, String type) {
        return find(resource.getStatus(), type)
                .filter(condition -> condition.status().equals("True"))
                .filter(condition -> resource.getMetadata().getGeneration() == null
                        || resource.getMetadata().getGeneration().equals(condition.observedGeneration()))
                .isPresent();
    }
}
