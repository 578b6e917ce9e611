package io.minicloud.agent.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.reconcile.identity.OwnerTag;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads what {@code podman ps --format json} says, and looks whether it is still so. */
final class ContainerListing {
    private static final Set<String> NEVER_RAN = Set.of("created", "configured", "initialized");

    private final NamedNamespaces namespaces;
    private final ObjectMapper json = new ObjectMapper();

    ContainerListing(NamedNamespaces namespaces) {
        this.namespaces = namespaces;
    }

    /** The containers that carry a tag. */
    Stream<ContainerState> read(String listing) {
        try {
            return StreamSupport.stream(json.readTree(listing).spliterator(), false)
                    .flatMap(node -> state(node).stream());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("podman ps gave no JSON", e);
        }
    }

    /** One that could not be started, or not since the machine was, is made of nothing that is wanted. */
    private static String digest(JsonNode node) {
        return NEVER_RAN.contains(node.path("State").asText())
                ? ""
                : node.path("Labels").path(PodmanLabels.DIGEST).asText();
    }

    private Optional<ContainerState> state(JsonNode node) {
        var labels = node.path("Labels");
        long pid = node.path("Pid").asLong();
        // Whoever watched it may have been killed: then podman knows nothing of its end.
        boolean running = node.path("State").asText().equals("running")
                && ProcessHandle.of(pid).isPresent();
        var namespace = labels.path(PodmanLabels.NAMESPACE).asText();
        return OwnerTag.parse(labels.path(PodmanLabels.OWNER).asText())
                .map(owner -> new ContainerState(
                        node.path("Names").path(0).asText(),
                        owner,
                        ImageArchives.name(node.path("Image").asText()),
                        digest(node),
                        running,
                        running ? pid : 0,
                        running ? 0 : node.path("ExitCode").asInt(),
                        running && !namespaces.holds(namespace, pid)));
    }
}
