package io.minicloud.reconcile.resolve;

import java.util.function.Function;

/**
 * What following a reference came to: a value, never an exception.
 *
 * @param <T> what is referred to
 */
public sealed interface Resolution<T> {
    /**
     * It is there and usable.
     *
     * @param value what was referred to
     */
    record Resolved<T>(T value) implements Resolution<T> {}

    /**
     * It is not there or not usable yet; an event or a timer brings us back.
     *
     * @param reason the reason for the condition
     * @param message names the object that is waited for and, where there is one, the remedy
     */
    record Waiting<T>(Enum<?> reason, String message) implements Resolution<T> {}

    /**
     * It can never be used as it is written; only a change of the spec helps.
     *
     * @param reason the reason for the condition
     * @param message names the object and the remedy
     */
    record Invalid<T>(Enum<?> reason, String message) implements Resolution<T> {}

    /** Follows on from a resolved value; waiting and invalid pass through. */
    default <R> Resolution<R> then(Function<? super T, Resolution<R>> next) {
        return switch (this) {
            case Resolved<T>(T value) -> next.apply(value);
            case Waiting<T>(Enum<?> reason, String message) -> new Waiting<>(reason, message);
            case Invalid<T>(Enum<?> reason, String message) -> new Invalid<>(reason, message);
        };
    }
}
