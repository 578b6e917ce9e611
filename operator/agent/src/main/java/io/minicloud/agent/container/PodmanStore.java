package io.minicloud.agent.container;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.Commands;
import io.minicloud.reconcile.identity.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A podman of our own: store, settings and locks lie apart from those of the machine's podman, which never meets ours. A person who wants
 * to look calls the program {@code podman} in the folder as the agent does.
 *
 * @see <a href="https://github.com/containers/common/blob/main/docs/containers.conf.5.md">containers.conf(5)</a>
 */
final class PodmanStore {
    /** Read in place of the machine's own files, also by the podman that revives. */
    private static final String CONTAINERS_CONF = """
            [containers]
            log_driver = "k8s-file"
            # Of each container, bytes.
            log_size_max = 1048576
            default_sysctls = []
            http_proxy = false
            [engine]
            cgroup_manager = "cgroupfs"
            runtime = "runc"
            events_logger = "none"
            # In files of our own: the others are one piece of memory for all stores of a machine.
            lock_type = "file"
            hooks_dir = []
            tmp_dir = "%2$s/tmp"
            [network]
            network_config_dir = "%1$s/networks"
            """;

    private static final String STORAGE_CONF = """
            [storage]
            driver = "overlay"
            graphroot = "%1$s/store"
            runroot = "%2$s/run"
            """;

    private static final String PROGRAM = """
            #!/bin/sh
            # podman with the store of minicloud; written anew by the agent at each start.
            exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM="$TERM" \\
              CONTAINERS_CONF='%1$s/containers.conf' CONTAINERS_STORAGE_CONF='%1$s/storage.conf' podman "$@"
            """;

    /**
     * What podman remembers of processes is void after a restart of the machine, which it notices only where /run is in memory. conmon and
     * sockets want a short path.
     */
    private static final String FORGET_LAST_BOOT = """
            boot=$(cat /proc/sys/kernel/random/boot_id)
            [ "$(cat "$1/boot" 2>/dev/null)" = "$boot" ] && exit
            rm -rf --one-file-system "$1" && mkdir -p -m 700 "$1" && echo "$boot" >"$1/boot"
            """;

    private final Commands commands;
    private final Path folder;
    private final String name;
    private final String run;
    private boolean ready;

    /**
     * A store.
     *
     * @param commands how programs are run
     * @param home the state folder; the store lies in its folder {@code containers}
     */
    PodmanStore(Commands commands, Path home) {
        this.commands = commands;
        this.folder = home.resolve("containers");
        this.name = "minicloud-" + Sha256.hex(home.toString()).substring(0, 6);
        this.run = "/run/" + name;
    }

    /** What control groups are named by. */
    String name() {
        return name;
    }

    /** Whether there was ever a container. */
    boolean isUsed() {
        return Files.exists(folder.resolve("store"));
    }

    /** Where images lie that are to be loaded, an archive each. */
    Path archive(String image) {
        return folder.resolve(image + ".tar");
    }

    /**
     * A call of podman. Like all that it starts it is outside of the control groups of the agent.
     *
     * @throws io.minicloud.agent.process.CommandFailedException when the store cannot be made ready
     */
    Command podman(List<String> arguments) {
        makeReady();
        var all = new ArrayList<>(List.of("sh", folder.resolve("podman").toString()));
        all.addAll(arguments);
        return Command.of(all.toArray(String[]::new)).asUnconfined();
    }

    /** Once in the life of the agent, or the first call after a restart of the machine would believe in processes that are gone. */
    private synchronized void makeReady() {
        if (ready) {
            return;
        }
        commands.require(Command.of("sh", "-c", FORGET_LAST_BOOT, "sh", run));
        var files = Map.of("containers.conf", CONTAINERS_CONF, "storage.conf", STORAGE_CONF, "podman", PROGRAM);
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            for (var file : files.entrySet()) {
                write(folder.resolve(file.getKey()), file.getValue().formatted(folder, run));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ready = true;
    }

    /** In one step: a container that ends at this moment has podman read it. */
    private static void write(Path file, String text) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
