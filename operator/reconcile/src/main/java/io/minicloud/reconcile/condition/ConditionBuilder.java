package io.minicloud.reconcile.condition;

import io.minicloud.api.common.Condition;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the conditions of a status. A condition whose status did not change keeps its transition time, so that an
 * unchanged world gives an unchanged status. {@code Accepted}, {@code Programmed} and {@code Ready} are always there,
 * {@code Unknown} when nothing was said of them.
 */
public final class ConditionBuilder {
    /** The reason of a condition of which nothing is known yet. */
    public static final String PENDING = "Pending";

    private final Map<String, Condition> previous = new LinkedHashMap<>();
    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private final @Nullable Long generation;
    private final String now;

    /**
     * Starts from what was last written.
     *
     * @param previous the conditions of the last status, or null when there was none
     * @param generation the generation of the spec that the new conditions speak of
     * @param clock the time of transitions
     */
    public ConditionBuilder(@Nullable List<Condition> previous, @Nullable Long generation, Clock clock) {
        if (previous != null) {
            previous.forEach(condition -> this.previous.put(condition.type(), condition));
        }
        this.generation = generation;
        this.now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        unknown(ConditionType.ACCEPTED, PENDING, "");
        unknown(ConditionType.PROGRAMMED, PENDING, "");
        unknown(ConditionType.READY, PENDING, "");
    }

    /** Says that something is so. */
    public ConditionBuilder isTrue(String type, Enum<?> reason, String message) {
        return set(type, "True", reason.name(), message);
    }

    /** Says that something is not so, and in {@code message} what to do about it. */
    public ConditionBuilder isFalse(String type, Enum<?> reason, String message) {
        return set(type, "False", reason.name(), message);
    }

    /** Says that it cannot be known now. */
    public ConditionBuilder isUnknown(String type, Enum<?> reason, String message) {
        return set(type, "Unknown", reason.name(), message);
    }

    /** Says again what was said last; that nothing is known when nothing was. */
    public ConditionBuilder keep(String type) {
        var before = previous.get(type);
        return before == null
                ? set(type, "Unknown", PENDING, "")
                : set(type, before.status(), before.reason(), before.message());
    }

    /** The conditions, in the order in which they were first named. */
    public List<Condition> build() {
        return new ArrayList<>(conditions.values());
    }

    private void unknown(String type, String reason, String message) {
        set(type, "Unknown", reason, message);
    }

    private ConditionBuilder set(String type, String status, String reason, String message) {
        var before = previous.get(type);
        var since = before != null && before.status().equals(status) ? before.lastTransitionTime() : now;
        conditions.put(type, new Condition(type, status, generation, since, reason, message));
        return this;
    }
}
