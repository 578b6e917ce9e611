package io.minicloud.agent.hypervisor;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A libvirtd and a virtlogd of its own in a temporary folder; nothing of the machine's is touched. */
public final class PrivateLibvirtd implements AutoCloseable {
    private static final List<String> FOLDERS =
            List.of("/etc/libvirt", "/var/lib/libvirt", "/var/log/libvirt", "/var/cache/libvirt", "/run/libvirt");
    private static final String QEMU_CONF = """
            user = "root"
            group = "root"
            namespaces = []
            security_driver = "none"
            """;
    private static final String LIBVIRTD_CONF = """
            auth_unix_rw = "none"
            unix_sock_dir = "/run/libvirt"
            """;

    private final Path folder;
    private Process daemon;

    public PrivateLibvirtd() {
        try {
            // Directly below /tmp: paths of sockets end at 107 characters.
            folder = Files.createTempDirectory(Path.of("/tmp"), "mclv");
            for (var name : FOLDERS) {
                Files.createDirectories(Path.of(name));
                Files.createDirectories(folder.resolve(name.substring(1)));
            }
            addAccount("passwd", "libvirt-qemu:x:64055:64055::/var/lib/libvirt:/usr/sbin/nologin\n");
            addAccount("group", "libvirt-qemu:x:64055:\nkvm:x:64056:\nlibvirt:x:64057:\n");
            Files.writeString(folder.resolve("etc/libvirt/qemu.conf"), QEMU_CONF);
            Files.writeString(folder.resolve("etc/libvirt/libvirtd.conf"), LIBVIRTD_CONF);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon = start();
    }

    /** libvirtd looks up Debian's accounts before it reads its configuration, and a machine may lack them. */
    private void addAccount(String file, String lines) throws IOException {
        Files.writeString(folder.resolve("etc/" + file), Files.readString(Path.of("/etc/" + file)) + lines);
    }

    public String uri() {
        return "qemu+unix:///system?socket=" + socket();
    }

    public Path folder() {
        return folder;
    }

    /** Where the logs of its domains lie. */
    public Path domainLogs() {
        return folder.resolve("var/log/libvirt/qemu");
    }

    /** Ends libvirtd, not its guests, for as long as something happens. */
    public void without(Runnable happening) {
        stop(daemon);
        try {
            happening.run();
        } finally {
            daemon = start();
        }
    }

    /** Where a guest's QEMU listens for orders of libvirtd. */
    public Path monitor(String machine) {
        try (Stream<Path> files = Files.walk(folder.resolve("var/lib/libvirt/qemu"))) {
            return files.filter(file ->
                            file.endsWith("monitor.sock") && file.toString().contains(machine))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends libvirtd, not its guests, and starts it again. */
    public void restart() {
        without(() -> {});
    }

    /** The process id of a guest's QEMU. */
    public long guestProcess(String machine) {
        try {
            return Long.parseLong(Files.readString(folder.resolve("run/libvirt/qemu/" + machine + ".pid"))
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path socket() {
        return folder.resolve("run/libvirt/libvirt-sock");
    }

    private Process start() {
        var script = new StringBuilder("set -e\n");
        FOLDERS.forEach(name -> script.append("mount --bind '%s%s' '%s'\n".formatted(folder, name, name)));
        List.of("passwd", "group")
                .forEach(file -> script.append("mount --bind '%s/etc/%s' /etc/%s\n".formatted(folder, file, file)));
        script.append("[ -S /run/libvirt/virtlogd-sock ] || virtlogd -d -p '%s/virtlogd.pid'\n".formatted(folder));
        script.append("exec libvirtd -f /etc/libvirt/libvirtd.conf -p '%s/libvirtd.pid' >'%s/libvirtd.log' 2>&1\n"
                .formatted(folder, folder));
        try {
            Files.deleteIfExists(socket());
            var process = new ProcessBuilder(
                            "unshare", "--mount", "--propagation", "private", "sh", "-c", script.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("start.log").toFile())
                    .start();
            await("libvirtd").atMost(Duration.ofSeconds(60)).until(() -> Files.exists(socket()));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(Process process) {
        process.destroy();
        await("end of libvirtd").atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        try {
            stop(daemon);
            end(folder.resolve("virtlogd.pid"));
            if (Files.isDirectory(folder.resolve("run/libvirt/qemu"))) {
                try (var pids = Files.newDirectoryStream(folder.resolve("run/libvirt/qemu"), "*.pid")) {
                    for (var pid : pids) {
                        end(pid);
                    }
                }
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Path pidFile) throws IOException {
        if (Files.exists(pidFile)) {
            var pid = Long.parseLong(Files.readString(pidFile).strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
