package io.minicloud.reconcile.plan;

/**
 * One step of a {@link Plan}: idempotent (what is there already or gone already is success), tagged with its owner and
 * bounded by a timeout of its own.
 */
public interface Action {
    /** What the step does, for logs and checkpoints, for example {@code create bridge mcb0f3a…}. Never holds a secret. */
    String describe();

    /**
     * Does the step.
     *
     * @throws Exception when the step failed; the next pass observes and plans again
     */
    void apply() throws Exception;
}
