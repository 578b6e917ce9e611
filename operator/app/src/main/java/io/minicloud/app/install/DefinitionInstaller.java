package io.minicloud.app.install;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies resource definitions: first all are looked at and nothing is written if one of them may not be (an older release
 * under a newer cluster), then each is applied, then all are waited for. What is already so is not written.
 */
final class DefinitionInstaller {
    /** The field manager; it owns the definitions from the first upgrade on, whoever made them. */
    static final String MANAGER = "minicloud-installer";

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(MANAGER)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final Duration patience;
    private final Consumer<String> report;

    /**
     * An installer.
     *
     * @param client with the right to get, list, watch, create and patch the definitions
     * @param patience how long they may take together until the API server serves them
     * @param report takes one line for each definition that was written
     */
    DefinitionInstaller(KubernetesClient client, Duration patience, Consumer<String> report) {
        this.client = client;
        this.patience = patience;
        this.report = report;
    }

    /**
     * Brings the cluster to these definitions.
     *
     * @throws RefusedException when one of them may not replace what is there; nothing was written then
     * @throws KubernetesClientTimeoutException when the API server does not serve one of them in time
     */
    void install(List<CustomResourceDefinition> packed) {
        var present = new LinkedHashMap<CustomResourceDefinition, Optional<CustomResourceDefinition>>();
        packed.forEach(definition ->
                present.put(definition, Optional.ofNullable(resource(definition).get())));
        check(present);
        present.forEach(this::apply);
        await(packed);
    }

    private static void check(Map<CustomResourceDefinition, Optional<CustomResourceDefinition>> present) {
        present.forEach((definition, there) -> there.flatMap(found -> UpgradeRules.refusal(definition, found))
                .ifPresent(why -> {
                    throw new RefusedException(why);
                }));
    }

    private void apply(CustomResourceDefinition definition, Optional<CustomResourceDefinition> there) {
        var name = definition.getMetadata().getName();
        var applied = resource(definition).patch(APPLY, definition);
        if (there.isEmpty()) {
            report.accept(name + ": created");
        } else if (!version(there.get()).equals(version(applied))) {
            report.accept(name + ": changed, was of "
                    + UpgradeRules.release(there.get()).orElse("no release"));
        }
    }

    private void await(List<CustomResourceDefinition> packed) {
        var deadline = System.nanoTime() + patience.toNanos();
        for (var definition : packed) {
            var left = Math.max(0, deadline - System.nanoTime());
            resource(definition).waitUntilCondition(DefinitionInstaller::established, left, TimeUnit.NANOSECONDS);
        }
    }

    private Resource<CustomResourceDefinition> resource(CustomResourceDefinition definition) {
        return client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition.getMetadata().getName());
    }

    private static String version(CustomResourceDefinition definition) {
        return definition.getMetadata().getResourceVersion();
    }

    /** Of a definition that was just made, the status has no conditions yet. */
    private static boolean established(@Nullable CustomResourceDefinition definition) {
        return Optional.ofNullable(definition)
                .map(CustomResourceDefinition::getStatus)
                .map(CustomResourceDefinitionStatus::getConditions)
                .orElse(List.of())
                .stream()
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
    }
}
