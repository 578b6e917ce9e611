package io.minicloud.agent.proxy;

import io.minicloud.agent.container.ContainerLab;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HAProxy of the same image as a person would start it, without a container: what ours is measured beside, and what it is asked for. */
final class BareHaproxy implements AutoCloseable {
    private static final String GROUPS = "/sys/fs/cgroup";

    private final SystemCommands commands = new SystemCommands(MachineView.direct());
    private final Path root;
    private final List<Process> processes = new ArrayList<>();
    private final List<Path> groups = new ArrayList<>();

    /**
     * The program of an image.
     *
     * @param containers whose image is loaded
     * @param root an empty folder
     */
    BareHaproxy(ContainerLab containers, Path root) throws IOException {
        this.root = root;
        var image = containers.containers().image("haproxy").orElseThrow();
        containers.podman("create", "--name", "bare", "--network", "none", image);
        var archive = root.resolve("root.tar");
        containers.podman("export", "--output", archive.toString(), "bare");
        containers.podman("rm", "bare");
        commands.require(Command.of("tar", "-C", root.toString(), "-xf", archive.toString()));
        Files.delete(archive);
    }

    /** A file that it sees under /etc. */
    void write(String name, String content) throws IOException {
        Files.writeString(root.resolve("etc").resolve(name), content);
    }

    /**
     * Starts it until this is closed.
     *
     * @param namespace the network namespace; null for that of the test
     * @return its process
     */
    long start(@Nullable String namespace, String configuration) throws IOException {
        var name = "bare-" + processes.size() + ".cfg";
        write(name, configuration);
        var words = new ArrayList<String>();
        if (namespace != null) {
            words.addAll(List.of("ip", "netns", "exec", namespace));
        }
        words.addAll(List.of("chroot", root.toString(), "/usr/sbin/haproxy", "-f", "/etc/" + name));
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process.pid();
    }

    /**
     * Gives a process the share of processors that a container has: by a control group beside that one's. On a busy machine the one without
     * a group would be served before the one with.
     */
    void shareAs(long container, long pid) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(container), "cgroup"))) {
            var fields = line.split(":", 3);
            if (fields[1].isEmpty() || List.of(fields[1].split(",")).contains("cpu")) {
                var group = Path.of(GROUPS + "/" + fields[1] + fields[2]).resolveSibling("bare");
                if (Files.isDirectory(group.getParent())) {
                    groups.add(Files.createDirectories(group));
                    Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (var process : processes) {
            process.destroyForcibly().onExit().join();
        }
        for (var group : groups) {
            Files.delete(group);
        }
    }
}
