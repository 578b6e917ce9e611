package io.minicloud.controller.crash;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.Map;
import java.util.stream.Collectors;

/** Plays the agent of one host: at every pass it has done all that its objects ask for. */
final class FakeAgent {
    private static final Map<Class<? extends CustomResource<?, ? extends Conditioned>>, String> FACTS = Map.of(
            HostImage.class, "\"state\": \"available\", \"virtualSizeBytes\": 2500000000,",
            HostDisk.class, "\"state\": \"available\",",
            HostMachine.class, "\"state\": \"running\", \"launchTime\": \"2026-11-21T10:00:00Z\",",
            HostAppliance.class, "\"networkNamespace\": \"mc-nat\",",
            HostInterface.class, "",
            HostNetwork.class, "");

    private final KubernetesClient client;
    private final String hostNamespace;

    FakeAgent(KubernetesClient client, String hostNamespace) {
        this.client = client;
        this.hostNamespace = hostNamespace;
    }

    void pass() {
        FACTS.keySet().forEach(type -> client.resources(type)
                .inNamespace(hostNamespace)
                .list()
                .getItems()
                .forEach(this::serve));
    }

    private void serve(CustomResource<?, ? extends Conditioned> object) {
        if (object.isMarkedForDeletion()) {
            finalizers(object, "[]");
        } else if (!object.hasFinalizer(Labels.AGENT_FINALIZER)) {
            finalizers(object, "[\"" + Labels.AGENT_FINALIZER + "\"]");
        } else if (!Conditions.isTrue(object, ConditionType.PROGRAMMED)) {
            report(object);
        }
    }

    private void finalizers(HasMetadata object, String finalizers) {
        client.resource(object)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"finalizers\": %s}}".formatted(finalizers));
    }

    /** A guest takes and lets go of interfaces at once. */
    private static String interfaces(HasMetadata object) {
        return object instanceof HostMachine machine
                ? machine.getSpec().interfaces().stream()
                        .map(port -> "{\"hostInterfaceName\": \"%s\", \"state\": \"attached\"}"
                                .formatted(port.hostInterfaceName()))
                        .collect(Collectors.joining(", ", "\"interfaces\": [", "],"))
                : "";
    }

    private void report(HasMetadata object) {
        client.resource(object).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status": {%1$s "observedGeneration": %2$d, "conditions": [
                          {"type": "Programmed", "status": "True", "reason": "Programmed", "message": "",
                           "observedGeneration": %2$d, "lastTransitionTime": "2026-11-21T10:00:00Z"}]}}
                        """.formatted(
                        FACTS.get(object.getClass()) + interfaces(object),
                        object.getMetadata().getGeneration()));
    }
}
