package io.minicloud.reconcile.supervision;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of an object whose passes fail for a reason that its kind does not know: {@code Programmed=False, Failed} and
 * the cause. All else stays as it was last known, since what runs, runs on. So no object is silent about its trouble.
 */
public final class FailureStatus {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final Clock clock;

    /**
     * A maker of statuses.
     *
     * @param clock the time of transitions
     */
    public FailureStatus(Clock clock) {
        this.clock = clock;
    }

    /** The one reason. */
    public enum Reason {
        /** A pass failed, and again; it is tried for ever. */
        Failed
    }

    /**
     * A patch that says why; empty when that is said already, or when the kind has no conditions.
     *
     * @param resource the object
     * @param failure what its pass ended with
     */
    public <P extends HasMetadata> Optional<P> of(P resource, Throwable failure) {
        if (!(resource instanceof CustomResource<?, ?> custom)
                || !(custom.getStatus() == null || custom.getStatus() instanceof Conditioned)) {
            return Optional.empty();
        }
        var before = custom.getStatus() instanceof Conditioned status ? status : null;
        var generation = resource.getMetadata().getGeneration();
        var conditions = new LinkedHashMap<String, Condition>();
        var last = before == null || before.conditions() == null ? List.<Condition>of() : before.conditions();
        var builder = new ConditionBuilder(last, generation, clock)
                .isFalse(ConditionType.PROGRAMMED, Reason.Failed, message(failure));
        builder.build().forEach(condition -> conditions.put(condition.type(), condition));
        last.stream()
                .filter(condition -> !condition.type().equals(ConditionType.PROGRAMMED))
                .forEach(condition -> conditions.put(condition.type(), condition));
        if (List.copyOf(conditions.values()).equals(last)) {
            return Optional.empty();
        }
        var status = new LinkedHashMap<String, Object>();
        if (before != null) {
            status.putAll(map(before));
        }
        status.put("conditions", List.copyOf(conditions.values()));
        status.put("observedGeneration", generation);
        return Optional.of(patch(resource, status));
    }

    @SuppressWarnings("unchecked") // The class of an object is the class of its patch.
    private static <P extends HasMetadata> P patch(P resource, Map<String, Object> status) {
        var patch = (P) SERIALIZATION.convertValue(Map.of("status", status), resource.getClass());
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .build());
        return patch;
    }

    @SuppressWarnings("unchecked") // A status is an object of JSON.
    private static Map<String, Object> map(Conditioned status) {
        return SERIALIZATION.convertValue(status, Map.class);
    }

    /** Of the innermost cause: what is around it says what was done, and that the log says. */
    private static String message(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
