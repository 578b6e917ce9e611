package io.minicloud.reconcile.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is to be done, in order; empty when the world is as it should be.
 *
 * @param actions the steps in the order in which they run
 */
public record Plan(List<? extends Action> actions) {
    private static final Plan EMPTY = new Plan(List.of());

    /** Keeps an immutable copy of the steps. */
    public Plan {
        actions = List.copyOf(actions);
    }

    /** The plan of a world that is as it should be. */
    public static Plan empty() {
        return EMPTY;
    }

    /** A plan of these steps, in this order. */
    public static Plan of(Action... actions) {
        return new Plan(List.of(actions));
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return actions.isEmpty();
    }

    /** The steps as one line for a person. */
    public String describe() {
        return actions.stream().map(Action::describe).collect(Collectors.joining("; "));
    }
}
