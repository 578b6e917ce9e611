package io.minicloud.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs in a control group, as the agent's are in a container. */
class SystemCommandsHostIT {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final String group = "minicloud-test-" + UUID.randomUUID();
    private Path folder;
    private Commands commands;

    @BeforeEach
    void makeTheControlGroup() throws IOException {
        var hierarchy = Files.exists(ROOT.resolve("cgroup.procs")) ? ROOT : ROOT.resolve("pids");
        folder = Files.createDirectory(hierarchy.resolve(group));
        var enter = List.of("sh", "-c", "echo $$ >" + folder + "/cgroup.procs && exec \"$@\"", "sh");
        commands = new SystemCommands(new MachineView(Path.of("/"), enter));
    }

    @AfterEach
    void removeTheControlGroup() throws IOException {
        Files.delete(folder);
    }

    @Test
    void aProgramStaysInTheControlGroupsOfTheAgent() {
        assertThat(commands.require(Command.of("cat", "/proc/self/cgroup"))).contains(group);
    }

    @Test
    void anUnconfinedProgramLeavesThem() {
        var program =
                Command.of("cat", "/proc/self/cgroup", "-").withStdin("nonce").asUnconfined();

        assertThat(commands.require(program)).doesNotContain(group).endsWith("nonce");
    }
}
