package io.minicloud.controller.change;

/**
 * How far something has come.
 *
 * @param done whether it is there
 * @param reason the reason for the conditions
 * @param message what a person should know, naming what is waited for
 */
public record Progress(boolean done, Enum<?> reason, String message) {
    /** It is there. */
    public static Progress done(Enum<?> reason, String message) {
        return new Progress(true, reason, message);
    }

    /** It is not there yet. */
    public static Progress pending(Enum<?> reason, String message) {
        return new Progress(false, reason, message);
    }
}
