package io.minicloud.controller.change;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.util.Objects;
import java.util.function.Supplier;

/** Writes a status, and only when it differs from what was read. */
public final class StatusUpdate {
    private StatusUpdate() {}

    /** The end of a pass. */
    public static <S, R extends CustomResource<?, S>> UpdateControl<R> of(R resource, Supplier<R> blank, S status) {
        return Objects.equals(resource.getStatus(), status)
                ? UpdateControl.noUpdate()
                : UpdateControl.patchStatus(patch(resource, blank, status));
    }

    /** The same, but only onto the object that was read: refused by the API server when anybody wrote in between. */
    public static <S, R extends CustomResource<?, S>> UpdateControl<R> ofUnchanged(
            R resource, Supplier<R> blank, S status) {
        if (Objects.equals(resource.getStatus(), status)) {
            return UpdateControl.noUpdate();
        }
        var patch = patch(resource, blank, status);
        patch.getMetadata().setResourceVersion(resource.getMetadata().getResourceVersion());
        return UpdateControl.patchStatus(patch);
    }

    /** The same in a cleanup, where the framework writes no status. */
    public static <S, R extends CustomResource<?, S>> void inCleanup(
            R resource, Supplier<R> blank, S status, Context<R> context) {
        if (!Objects.equals(resource.getStatus(), status)) {
            context.resourceOperations().serverSideApplyPrimaryStatus(patch(resource, blank, status));
        }
    }

    private static <S, R extends CustomResource<?, S>> R patch(R resource, Supplier<R> blank, S status) {
        var patch = blank.get();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
