package io.minicloud.controller.resolver;

import io.minicloud.reconcile.resolve.Resolution;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Turns a resolution into a status. */
public final class Judgement {
    private Judgement() {}

    /**
     * Takes one of two ways. Waiting and invalid differ in who brings us back, not in what the status says.
     *
     * @param resolution what following the references came to
     * @param resolved makes the status when everything is there
     * @param refused makes the status from reason and message
     */
    public static <T, S> S fold(
            Resolution<T> resolution, Function<T, S> resolved, BiFunction<Enum<?>, String, S> refused) {
        return switch (resolution) {
            case Resolution.Resolved<T> found -> resolved.apply(found.value());
            case Resolution.Waiting<T> waiting -> refused.apply(waiting.reason(), waiting.message());
            case Resolution.Invalid<T> invalid -> refused.apply(invalid.reason(), invalid.message());
        };
    }
}
