package io.minicloud.api.common;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A status that carries conditions: every status of every kind does. */
public interface Conditioned {
    /** The conditions, one per type; never null once a status has been written by minicloud. */
    List<Condition> conditions();

    /** The generation of the spec that this status speaks of. */
    Long observedGeneration();

    /** Where the object stands in the life that AWS gives its kind, in AWS's words; null for a kind without one. */
    default @Nullable String state() {
        return null;
    }
}
