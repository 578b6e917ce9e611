package io.minicloud.agent.hostdisk;

import io.minicloud.reconcile.plan.Action;
import java.io.IOException;

/**
 * A change of a disk.
 *
 * @param describe what it does
 * @param work does it
 */
record DiskAction(String describe, Work work) implements Action {
    @Override
    public void apply() throws IOException {
        work.run();
    }

    /** A use of the disk store. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }
}
