package io.minicloud.agent.stage;

import io.minicloud.reconcile.plan.Action;

/** The agent is gone. No handler of exceptions stands between. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(Action action) {
        super("crash after " + action.describe());
    }
}
