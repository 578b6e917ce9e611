package io.minicloud.reconcile.plan;

/**
 * Told of every action that was done. In production nothing happens; a test throws here after each action in turn, to
 * prove that a crash at that point is survived.
 */
@FunctionalInterface
public interface Checkpoint {
    /** Does nothing. */
    Checkpoint NONE = action -> {};

    /**
     * An action was done.
     *
     * @param action the action
     */
    void passed(Action action);
}
