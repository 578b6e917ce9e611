package io.minicloud.reconcile.event;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Where transitions are told. Telling neither waits nor fails: an event that cannot be written is lost. */
@FunctionalInterface
public interface EventRecorder {
    /**
     * Tells of a transition.
     *
     * @param object whose it is
     * @param transition what happened
     */
    void record(HasMetadata object, Transition transition);
}
