package io.minicloud.agent.hostimage;

import io.minicloud.agent.image.ImageRefusedException;
import io.minicloud.reconcile.plan.Action;
import java.io.IOException;

/**
 * A change of the image store.
 *
 * @param describe what it does
 * @param work does it
 */
record ImageAction(String describe, Work work) implements Action {
    @Override
    public void apply() throws IOException, ImageRefusedException {
        work.run();
    }

    /** A use of the image store. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, ImageRefusedException;
    }
}
