package io.minicloud.agent.network;

import io.minicloud.agent.process.MachineView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Network namespaces as iproute2 names them: a file each. */
public final class NamedNamespaces implements Namespaces {
    /** Where the files lie on the machine. */
    public static final Path FOLDER = Path.of("/run/netns");

    private final Path folder;

    /**
     * The namespaces of a machine.
     *
     * @param machine from where it is seen
     */
    public NamedNamespaces(MachineView machine) {
        this.folder = machine.resolve(FOLDER);
    }

    /** Where a namespace is seen by this process, whether it is there or not. */
    Path file(String namespace) {
        return folder.resolve(namespace);
    }

    /** Whether a process is in the namespace that has a name now. */
    public boolean holds(String namespace, long pid) {
        try {
            var its = Files.getAttribute(Path.of("/proc", Long.toString(pid), "ns", "net"), "unix:ino");
            return its.equals(Files.getAttribute(file(namespace), "unix:ino"));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
