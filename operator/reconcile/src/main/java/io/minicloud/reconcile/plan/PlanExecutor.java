package io.minicloud.reconcile.plan;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs plans: the only place that does. The first action that fails ends the plan; the next pass observes and plans again. */
public final class PlanExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(PlanExecutor.class);

    /** A pass runs on one thread. */
    private static final ThreadLocal<Boolean> ACTED = ThreadLocal.withInitial(() -> false);

    private final Checkpoint checkpoint;

    /**
     * An executor.
     *
     * @param checkpoint told of every action that was done
     */
    public PlanExecutor(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** Whether an action was begun on this thread since this was last asked there. */
    public static boolean hasActed() {
        var acted = ACTED.get();
        ACTED.remove();
        return acted;
    }

    /**
     * Runs the actions of a plan in order.
     *
     * @param subject whose plan it is, for logs: {@code Kind namespace/name}
     * @param plan the plan
     * @throws ActionFailedException when an action failed; those before it are done, those after it are not
     */
    public void execute(String subject, Plan plan) {
        for (Action action : plan.actions()) {
            ACTED.set(true);
            run(subject, action);
            checkpoint.passed(action);
        }
    }

    private static void run(String subject, Action action) {
        try {
            action.apply();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ActionFailedException(subject, action, e);
        } catch (Exception e) {
            throw new ActionFailedException(subject, action, e);
        }
        // As a field of the line too, beside those that the framework sets for the object of the pass.
        try (var _ = MDC.putCloseable("action", action.describe())) {
            LOG.info("{}: {}", subject, action.describe());
        }
    }
}
