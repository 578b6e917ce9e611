package io.minicloud.reconcile.event;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reconciler whose transitions are told: it compares the status that a pass began with and the one that it ends with.
 * So no reconciler knows of events, and a new kind has them without a line.
 *
 * @param <P> the kind
 */
public class RecordingReconciler<P extends HasMetadata> implements Reconciler<P> {
    private final Reconciler<P> reconciler;
    private final EventRecorder events;

    private RecordingReconciler(Reconciler<P> reconciler, EventRecorder events) {
        this.reconciler = reconciler;
        this.events = events;
    }

    /**
     * Tells the transitions of what a reconciler does.
     *
     * @param reconciler does the work; the result cleans up when this one does
     * @param events where they are told
     */
    public static <P extends HasMetadata> Reconciler<P> of(Reconciler<P> reconciler, EventRecorder events) {
        // The framework gives finalizers to those that implement Cleaner, and to no others.
        return reconciler instanceof Cleaner<?>
                ? new Cleaning<>(reconciler, events)
                : new RecordingReconciler<>(reconciler, events);
    }

    @Override
    public List<EventSource<?, P>> prepareEventSources(EventSourceContext<P> context) {
        return reconciler.prepareEventSources(context);
    }

    @Override
    public UpdateControl<P> reconcile(P resource, Context<P> context) throws Exception {
        var before = status(resource);
        var control = reconciler.reconcile(resource, context);
        control.getResource().ifPresent(patch -> tell(resource, before, status(patch)));
        return control;
    }

    @Override
    public ErrorStatusUpdateControl<P> updateErrorStatus(P resource, Context<P> context, Exception e) {
        var before = status(resource);
        var control = reconciler.updateErrorStatus(resource, context, e);
        control.getResource().ifPresent(patch -> tell(resource, before, status(patch)));
        return control;
    }

    final void tell(P resource, @Nullable Conditioned before, @Nullable Conditioned after) {
        Transitions.between(before, after).forEach(transition -> events.record(resource, transition));
    }

    private static @Nullable Conditioned status(@Nullable HasMetadata resource) {
        return resource instanceof CustomResource<?, ?> custom && custom.getStatus() instanceof Conditioned status
                ? status
                : null;
    }

    private static final class Cleaning<P extends HasMetadata> extends RecordingReconciler<P> implements Cleaner<P> {
        private final Cleaner<P> cleaner;
        private final EventRecorder events;

        @SuppressWarnings("unchecked") // One object, one kind.
        private Cleaning(Reconciler<P> reconciler, EventRecorder events) {
            super(reconciler, events);
            this.cleaner = (Cleaner<P>) reconciler;
            this.events = events;
        }

        @Override
        public DeleteControl cleanup(P resource, Context<P> context) throws Exception {
            var before = status(resource);
            var control = cleaner.cleanup(resource, context);
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
    }
}
