package io.minicloud.controller.ec2;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;

/** What agents report, written by a test in their place. */
final class PlayedAgent {
    private PlayedAgent() {}

    /**
     * Writes fields of a status, unless the object is gone meanwhile.
     *
     * @param fields the members of a JSON object
     */
    static void report(KubernetesClient client, HasMetadata object, String fields) {
        try {
            client.resource(object)
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {%s}}".formatted(fields));
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw failure;
            }
        }
    }

    /** A condition of what the agent saw, as JSON. */
    static String condition(HasMetadata object, String type, String status, String reason, String message) {
        return """
                {"type": "%s", "status": "%s", "reason": "%s", "message": "%s",
                 "observedGeneration": %d, "lastTransitionTime": "2026-11-21T10:00:00Z"}
                """.formatted(type, status, reason, message, object.getMetadata().getGeneration());
    }
}
