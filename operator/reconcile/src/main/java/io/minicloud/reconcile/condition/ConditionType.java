package io.minicloud.reconcile.condition;

/** The condition types that every kind has; a kind may add its own. */
public final class ConditionType {
    /** The spec makes sense and everything it names exists. */
    public static final String ACCEPTED = "Accepted";

    /** Everything derived from the spec equals the plan and was observed at its generation. */
    public static final String PROGRAMMED = "Programmed";

    /** The thing works for its user. */
    public static final String READY = "Ready";

    private ConditionType() {}
}
