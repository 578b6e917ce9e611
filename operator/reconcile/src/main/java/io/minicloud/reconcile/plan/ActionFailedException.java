package io.minicloud.reconcile.plan;

/** An action of a plan failed. Transient: the pass is retried with back-off. */
public final class ActionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    ActionFailedException(String subject, Action action, Exception cause) {
        super(subject + ": " + action.describe() + ": " + cause.getMessage(), cause);
        this.action = action.describe();
    }

    /** The description of the action that failed. */
    public String action() {
        return action;
    }
}
