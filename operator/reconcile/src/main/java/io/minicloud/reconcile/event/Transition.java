package io.minicloud.reconcile.event;

/**
 * Something that happened to an object, as its event tells it.
 *
 * @param type whether somebody should look
 * @param reason a CamelCase word that a program can act on
 * @param note what a person should know
 */
public record Transition(Type type, String reason, String note) {
    /** The types of Kubernetes events, spelled as there. */
    public enum Type {
        /** It goes as it should. */
        Normal,
        /** Somebody should look. */
        Warning
    }

    static Transition normal(String reason, String note) {
        return new Transition(Type.Normal, reason, note);
    }

    static Transition warning(String reason, String note) {
        return new Transition(Type.Warning, reason, note);
    }
}
