package io.minicloud.reconcile.supervision;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.common.Conditioned;
import io.minicloud.reconcile.event.EventRecorder;
import io.minicloud.reconcile.event.Transitions;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reconciler whose transitions are told: it compares the status that a pass began with and the one that it ends with.
 * Where the reconciler has no status for a failure, {@link FailureStatus} has. So no reconciler knows of events, none is
 * silent when it fails again and again, and a new kind has both without a line.
 *
 * <p>And it looks again a moment after each pass that wrote something. While a controller writes an object, the framework
 * holds back the events of that object up to its own write, and with them the change that somebody else made in between
 * (java-operator-sdk issue 3398): nobody would come back to it for minutes.
 *
 * @param <P> the kind
 */
public class SupervisedReconciler<P extends HasMetadata> implements Reconciler<P> {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** Failures before the one that is told. */
    private static final int WORTH_A_WORD = 2;

    private final Reconciler<P> reconciler;
    private final EventRecorder events;
    private final FailureStatus failures;

    private SupervisedReconciler(Reconciler<P> reconciler, EventRecorder events, FailureStatus failures) {
        this.reconciler = reconciler;
        this.events = events;
        this.failures = failures;
    }

    /**
     * Tells the transitions of what a reconciler does.
     *
     * @param reconciler does the work; the result cleans up when this one does
     * @param events where they are told
     * @param clock the time of transitions to failure
     */
    public static <P extends HasMetadata> Reconciler<P> of(
            Reconciler<P> reconciler, EventRecorder events, Clock clock) {
        var failures = new FailureStatus(clock);
        // The framework gives finalizers to those that implement Cleaner, and to no others.
        return reconciler instanceof Cleaner<?>
                ? new Cleaning<>(reconciler, events, failures)
                : new SupervisedReconciler<>(reconciler, events, failures);
    }

    @Override
    public List<EventSource<?, P>> prepareEventSources(EventSourceContext<P> context) {
        return reconciler.prepareEventSources(context);
    }

    @Override
    public UpdateControl<P> reconcile(P resource, Context<P> context) throws Exception {
        var before = status(resource);
        PlanExecutor.hasActed();
        var control = reconciler.reconcile(resource, context);
        control.getResource().ifPresent(patch -> tell(resource, before, status(patch)));
        return control.isNoUpdate() && !PlanExecutor.hasActed() ? control : lookAgain(control);
    }

    private static <P extends HasMetadata> UpdateControl<P> lookAgain(UpdateControl<P> control) {
        return control.getScheduleDelay()
                        .filter(delay -> delay <= LOOK_AGAIN.toMillis())
                        .isPresent()
                ? control
                : control.rescheduleAfter(LOOK_AGAIN);
    }

    @Override
    public ErrorStatusUpdateControl<P> updateErrorStatus(P resource, Context<P> context, Exception e) {
        var before = status(resource);
        var own = reconciler.updateErrorStatus(resource, context, e);
        var control = own.isDefaultErrorProcessing() ? failed(resource, context, e) : own;
        control.getResource().ifPresent(patch -> tell(resource, before, status(patch)));
        return control;
    }

    /** A failure that the next try mends is not worth a word: it is a conflict, or a server that is busy. */
    private ErrorStatusUpdateControl<P> failed(P resource, Context<P> context, Exception e) {
        var again = context.getRetryInfo()
                .filter(retry -> retry.getAttemptCount() >= WORTH_A_WORD)
                .isPresent();
        return (again ? failures.of(resource, e) : Optional.<P>empty())
                .map(ErrorStatusUpdateControl::patchStatus)
                .orElseGet(ErrorStatusUpdateControl::defaultErrorProcessing);
    }

    final void tell(P resource, @Nullable Conditioned before, @Nullable Conditioned after) {
        Transitions.between(before, after).forEach(transition -> events.record(resource, transition));
    }

    private static @Nullable Conditioned status(@Nullable HasMetadata resource) {
        return resource instanceof CustomResource<?, ?> custom && custom.getStatus() instanceof Conditioned status
                ? status
                : null;
    }

    private static final class Cleaning<P extends HasMetadata> extends SupervisedReconciler<P> implements Cleaner<P> {
        private final Cleaner<P> cleaner;
        private final EventRecorder events;

        @SuppressWarnings("unchecked") // One object, one kind.
        private Cleaning(Reconciler<P> reconciler, EventRecorder events, FailureStatus failures) {
            super(reconciler, events, failures);
            this.cleaner = (Cleaner<P>) reconciler;
            this.events = events;
        }

        @Override
        public DeleteControl cleanup(P resource, Context<P> context) throws Exception {
            var before = status(resource);
            var control = attempt(resource, context);
            if (control.isRemoveFinalizer()) {
                events.record(resource, Transitions.deleted());
            } else {
                // A cleanup writes its status itself, and the cache sees own writes at once.
                context.getPrimaryCache()
                        .get(ResourceID.fromResource(resource))
                        .ifPresent(written -> tell(resource, before, status(written)));
            }
            return control;
        }

        /** The framework writes no status when a cleanup fails. */
        private DeleteControl attempt(P resource, Context<P> context) throws Exception {
            try {
                return cleaner.cleanup(resource, context);
            } catch (Exception e) {
                updateErrorStatus(resource, context, e).getResource().ifPresent(patch -> context.resourceOperations()
                        .serverSideApplyPrimaryStatus(patch));
                throw e;
            }
        }
    }
}
