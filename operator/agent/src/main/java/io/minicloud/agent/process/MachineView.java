package io.minicloud.agent.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From where this process sees its machine: standing on it, or out of a container. The only place that knows. A container
 * shares the machine's processes and network, and gets to the rest by way of one of its processes, as a rule the first:
 * programs run among the machine's own files, and its files are seen below that process' root.
 *
 * @param root where the machine's root folder is seen
 * @param entry what precedes a program that is to run on the machine
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_root.5.html">proc_pid_root(5)</a>
 * @see <a href="https://man7.org/linux/man-pages/man1/nsenter.1.html">nsenter(1)</a>
 */
public record MachineView(Path root, List<String> entry) {
    private static final Path ROOT = Path.of("/");

    /** Keeps an immutable copy of the entry. */
    public MachineView {
        entry = List.copyOf(entry);
    }

    /** The view of a process that stands on the machine itself. */
    public static MachineView direct() {
        return new MachineView(ROOT, List.of());
    }

    /**
     * The view out of a container that shares the process namespace of the machine.
     *
     * @param process a process that stands on the machine itself
     */
    public static MachineView byWayOf(long process) {
        return new MachineView(
                Path.of("/proc", Long.toString(process), "root"),
                List.of("nsenter", "--target=" + process, "--mount", "--"));
    }

    /**
     * Where this process finds a file of the machine. Folders that a container has at their own path, as the state folder,
     * need no such translation.
     *
     * @param absolute its path on the machine
     */
    public Path resolve(Path absolute) {
        return root.resolve(ROOT.relativize(absolute));
    }

    List<String> enter(List<String> program) {
        var all = new ArrayList<>(entry);
        all.addAll(program);
        return all;
    }
}
