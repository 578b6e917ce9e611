package io.minicloud.agent.container;

/** The labels on a container of ours. */
final class PodmanLabels {
    /** Its owner tag. */
    static final String OWNER = "io.minicloud.owner";

    /** The digest of the wish that it was made from. */
    static final String DIGEST = "io.minicloud.digest";

    /** The name of the network namespace that it was to join. */
    static final String NAMESPACE = "io.minicloud.namespace";

    private PodmanLabels() {}
}
