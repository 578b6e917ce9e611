package io.minicloud.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.minicloud.reconcile.supervision.SupervisedReconciler;
import java.time.Clock;

/** Reconcilers as the program registers them, but for the events, which nobody hears. */
public final class Registered {
    private Registered() {}

    /** Registers a reconciler. */
    public static <P extends HasMetadata> void with(Operator operator, Reconciler<P> reconciler) {
        var configured = operator.getConfigurationService().getConfigurationFor(reconciler);
        operator.register(
                SupervisedReconciler.of(reconciler, (object, transition) -> {}, Clock.systemUTC()), configured);
    }
}
