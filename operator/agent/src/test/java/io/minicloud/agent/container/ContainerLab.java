package io.minicloud.agent.container;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hypervisor.GuestRecipe;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A state folder with the image of HAProxy and a store of its own, in which the real podman works. Closed, nothing of it is left. */
public final class ContainerLab implements AutoCloseable {
    private static final Duration BUILD = Duration.ofMinutes(3);

    private final SystemCommands commands = new SystemCommands(MachineView.direct());
    private final AgentSettings settings;

    /**
     * A lab.
     *
     * @param home an empty folder
     * @param installationId whose containers they are
     */
    public ContainerLab(Path home, String installationId) throws IOException {
        settings = new AgentSettings(
                installationId, "lab", home, home.resolve("images"), home.resolve("disks"), home, "", "100.64.0.0/16");
        var archive = home.resolve("containers/haproxy.tar");
        Files.createDirectories(archive.getParent());
        Files.copy(GuestRecipe.build("haproxy", BUILD).resolve("haproxy.tar"), archive);
    }

    /** Of the agent whose folder it is. */
    public AgentSettings settings() {
        return settings;
    }

    /** Those of an agent that has just started. */
    public PodmanContainers containers() {
        return seen(MachineView.direct());
    }

    /** Those of an agent that sees the machine from elsewhere. */
    public PodmanContainers seen(MachineView machine) {
        return new PodmanContainers(new SystemCommands(machine), new NamedNamespaces(MachineView.direct()), settings);
    }

    /** Calls podman as a person would. */
    public String podman(String... arguments) {
        return commands.require(store().podman(List.of(arguments)));
    }

    /** Where podman keeps what does not outlive the machine. */
    Path run() {
        return Path.of("/run", store().name());
    }

    private PodmanStore store() {
        return new PodmanStore(commands, settings.home());
    }

    /** As hack/down does it. */
    void tearDown() {
        var script =
                "set -euo pipefail; cd \"$1\"; for part in common settings units teardown; do . hack/lib/$part.sh; done; remove_containers";
        commands.require(Command.of(
                "env",
                "MINICLOUD_HOME=" + settings.home(),
                "bash",
                "-c",
                script,
                "bash",
                GuestRecipe.repository().toString()));
    }

    @Override
    public void close() {
        tearDown();
    }
}
