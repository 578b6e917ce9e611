package io.minicloud.agent.stage;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/** What the framework does with what a reconciler says. */
public final class FakeFramework {
    private FakeFramework() {}

    /** An object of a host's namespace as the API server would keep it. */
    public static <S, T extends CustomResource<S, ?>> T object(T empty, String name, S spec) {
        empty.setMetadata(new ObjectMetaBuilder()
                .withNamespace("minicloud-host-lab")
                .withName(name)
                .withUid("uid-of-" + name)
                .withGeneration(1L)
                .build());
        empty.setSpec(spec);
        return empty;
    }

    /** Keeps the status that is to be written; gives whether there was none. */
    public static <S, T extends CustomResource<?, S>> boolean keep(T object, UpdateControl<T> control) {
        control.getResource().ifPresent(patch -> object.setStatus(patch.getStatus()));
        return control.isNoUpdate();
    }
}
