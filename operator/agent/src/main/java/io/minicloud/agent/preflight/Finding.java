package io.minicloud.agent.preflight;

/**
 * What is to be said of one topic. It holds no value that changes by itself.
 *
 * @param topic what it speaks of
 * @param verdict whether it is as it should be
 * @param reason why, for programs
 * @param message what is wrong, what that means and the command that mends it; empty when nothing is wrong
 */
public record Finding(Topic topic, Verdict verdict, PreflightReason reason, String message) {
    /** Whether a topic is as it should be. */
    public enum Verdict {
        /** It is. */
        GOOD,
        /** It is not, but instances run all the same. */
        ADVICE,
        /** It is not, and no instance can run. */
        BLOCKING,
        /** It could not be looked at. */
        UNKNOWN
    }

    static Finding good(Topic topic) {
        return new Finding(topic, Verdict.GOOD, PreflightReason.Good, "");
    }

    static Finding advice(Topic topic, PreflightReason reason, String message) {
        return new Finding(topic, Verdict.ADVICE, reason, message);
    }

    static Finding blocking(Topic topic, PreflightReason reason, String message) {
        return new Finding(topic, Verdict.BLOCKING, reason, message);
    }

    static Finding unknown(Topic topic, String message) {
        return new Finding(topic, Verdict.UNKNOWN, PreflightReason.NotObserved, message);
    }

    /** Whether no instance can run for this. */
    public boolean blocks() {
        return verdict == Verdict.BLOCKING;
    }
}
