package io.minicloud.agent.stage;

import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The agent of one telling of a story, which lives, or dies after an action and is started again. */
public final class Agent {
    private static final int MANY_PASSES = 100;
    private static final int NEVER = 0;
    private static final int ALWAYS = -1;

    private final int mortality;
    private final List<String> done = new ArrayList<>();
    private final Set<String> survived = new HashSet<>();

    /** An agent that lives. */
    public Agent() {
        this(NEVER);
    }

    private Agent(int mortality) {
        this.mortality = mortality;
    }

    /** An agent that dies once, after the action of this number, counted from one. */
    static Agent dyingAfter(int number) {
        return new Agent(number);
    }

    /** An agent that dies after every action, when it is done for the first time since the story went on. */
    static Agent dyingAfterAll() {
        return new Agent(ALWAYS);
    }

    /**
     * Reconciles until a whole pass does no action and writes no status. Each pass makes its reconciler anew, so what it
     * remembers in memory does not count.
     *
     * @param pass reconciles once with an executor; gives whether there was nothing to write
     */
    public void settle(Pass pass) throws Exception {
        survived.clear();
        for (int passes = 0; passes < MANY_PASSES; passes++) {
            int before = done.size();
            try {
                if (pass.reconcile(new PlanExecutor(this::passed)) && done.size() == before) {
                    return;
                }
            } catch (Crash e) {
                // Dead; the next pass is that of the next process.
            }
        }
        throw new AssertionError("does not come to rest: " + done);
    }

    /** What was done, in order. */
    List<String> done() {
        return done;
    }

    private void passed(Action action) {
        done.add(action.describe());
        boolean first = survived.add(action.describe());
        if (mortality == ALWAYS ? first : mortality == done.size()) {
            throw new Crash(action);
        }
    }

    /** One pass of a reconciler. */
    @FunctionalInterface
    public interface Pass {
        /**
         * Reconciles once.
         *
         * @return whether there was nothing to write
         */
        boolean reconcile(PlanExecutor executor) throws Exception;
    }
}
