package io.minicloud.agent.container;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.Commands;
import io.minicloud.reconcile.identity.OwnerTag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Containers by podman. It keeps no process of its own: each container has a conmon, which starts podman again when the container ends. So
 * they need no agent to live and to be revived.
 *
 * @see <a href="https://docs.podman.io/en/v4.3/markdown/podman-run.1.html">podman-run(1)</a>
 */
public final class PodmanContainers implements Containers {
    private static final String INSTALL = "apt-get update && apt-get install -y --no-install-recommends ";
    private static final String MISSING =
            "for program in podman runc conmon; do command -v $program >/dev/null || echo $program; done";

    /** A start waits for others of the same store, and for a slow disk. */
    private static final Duration STARTING = Duration.ofSeconds(60);

    private static final int LAST_WORDS = 20;

    private final Commands commands;
    private final PodmanStore store;
    private final ImageArchives images;
    private final ContainerListing listing;
    private final ContainerMemory memory;
    private final String installationId;
    private final String hostNamespace;

    /**
     * The containers of a host.
     *
     * @param commands how programs are run
     * @param namespaces the network namespaces that containers join
     * @param settings whose containers they are and where they are kept
     */
    public PodmanContainers(Commands commands, NamedNamespaces namespaces, AgentSettings settings) {
        this.commands = commands;
        this.store = new PodmanStore(commands, settings.home());
        this.images = new ImageArchives(commands, store);
        this.listing = new ContainerListing(namespaces);
        this.memory = new ContainerMemory(listing);
        this.installationId = settings.installationId();
        this.hostNamespace = settings.hostNamespace();
    }

    @Override
    public Optional<String> obstacle() {
        var missing = commands.require(Command.of("sh", "-c", MISSING)).lines().toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("this host cannot run containers, it has no " + String.join(" and no ", missing)
                        + ": on Debian or Ubuntu: " + INSTALL + "podman runc conmon");
    }

    @Override
    public Optional<String> image(String name) {
        return images.reference(name);
    }

    @Override
    public List<ContainerState> find(OwnerTag owner) {
        var said = memory.recall(owner).orElseGet(() -> {
            var json = list(PodmanLabels.OWNER + "=" + owner);
            memory.keep(owner, json);
            return listing.read(json).toList();
        });
        return said.stream().filter(state -> state.owner().equals(owner)).toList();
    }

    @Override
    public List<ContainerState> all() {
        return listing.read(list(PodmanLabels.OWNER))
                .filter(state -> state.owner().installationId().equals(installationId)
                        && state.owner().hostNamespace().equals(hostNamespace))
                .toList();
    }

    private String list(String label) {
        return store.isUsed()
                ? commands.require(store.podman(
                        List.of("ps", "--all", "--no-trunc", "--format", "json", "--filter", "label=" + label)))
                : "[]";
    }

    @Override
    public void start(Container container) {
        memory.forget();
        images.load(container.image());
        remove(container.name());
        var arguments = new ArrayList<>(List.of("run", "--detach"));
        arguments.addAll(PodmanOptions.of(container, store.name()));
        arguments.add(container.image());
        arguments.addAll(container.command());
        commands.require(store.podman(arguments).withTimeout(STARTING));
    }

    @Override
    public void remove(String name) {
        memory.forget();
        commands.require(store.podman(List.of("rm", "--force", "--ignore", "--time", "0", name)));
    }

    @Override
    public String lastWords(String name) {
        var logs = commands.run(store.podman(List.of("logs", "--tail", Integer.toString(LAST_WORDS), name)));
        return logs.succeeded() ? (logs.stdout() + logs.stderr()).strip() : "";
    }
}
