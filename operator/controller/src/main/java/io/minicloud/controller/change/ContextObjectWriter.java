package io.minicloud.controller.change;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Writes through a reconciler's context, so that its caches see the write at once and its own event does not wake it. */
public final class ContextObjectWriter implements ObjectWriter {
    private final Context<?> context;

    /** Writes for the pass with this context. */
    public ContextObjectWriter(Context<?> context) {
        this.context = context;
    }

    @Override
    public void apply(HasMetadata resource) {
        context.resourceOperations().serverSideApply(resource);
    }

    @Override
    public void delete(HasMetadata resource) {
        context.getClient().resource(resource).delete();
    }
}
