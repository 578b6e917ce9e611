package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process that a cloud keeps up, by systemd where that is PID 1, else by {@code hack/lib/supervise}.
 *
 * @param cloud the cloud
 * @param name the unit's name
 * @param program the first word of its command, without a folder
 */
record Unit(Cloud cloud, String name, String program) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    static Unit etcd(Cloud cloud) {
        return new Unit(cloud, "etcd", "etcd");
    }

    static Unit apiServer(Cloud cloud) {
        return new Unit(cloud, "kube-apiserver", "kube-apiserver");
    }

    static Unit operator(Cloud cloud) {
        return new Unit(cloud, "operator", "java");
    }

    static Unit libvirtd(Cloud cloud) {
        return new Unit(cloud, "libvirtd", "libvirtd");
    }

    static Unit minio(Cloud cloud) {
        return new Unit(cloud, "minio", "minio");
    }

    /** Its processes: one, but for moments. */
    List<Long> processes() {
        var parent = isSystemd()
                ? mainProcess()
                : ProcessHandle.of(Long.parseLong(supervisor())).stream().flatMap(ProcessHandle::children);
        return parent.filter(process -> process.info()
                        .command()
                        .filter(path -> Path.of(path).endsWith(program))
                        .isPresent())
                .map(ProcessHandle::pid)
                .toList();
    }

    private Stream<ProcessHandle> mainProcess() {
        var pid = cloud.run(LIMIT, "systemctl", "show", "--property=MainPID", "--value", systemdName())
                .succeeded()
                .output()
                .strip();
        return ProcessHandle.of(Long.parseLong(pid)).stream();
    }

    /** Ends it as kill -9 does; it is started again by whoever keeps it up. */
    void kill() {
        var running = processes();
        assertThat(running).as(name).hasSize(1);
        ProcessHandle.of(running.getFirst()).orElseThrow().destroyForcibly();
    }

    /** Ends it as kill -9 does, and keeps it down until {@link #release}. */
    void hold() {
        if (isSystemd()) {
            run("systemctl", "kill", "--signal=KILL", systemdName());
            run("systemctl", "stop", systemdName());
        } else {
            run("kill", "-STOP", supervisor());
            kill();
        }
    }

    /** Lets it be started again. */
    void release() {
        if (isSystemd()) {
            run("systemctl", "start", systemdName());
        } else {
            run("kill", "-CONT", supervisor());
        }
    }

    private String supervisor() {
        try {
            return Files.readString(cloud.home().resolve("run").resolve(name + ".pid"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String... command) {
        cloud.run(LIMIT, command).succeeded();
    }

    private String systemdName() {
        var home = cloud.run(LIMIT, "bash", "-c", "printf %s " + cloud.home() + " | sha256sum | cut -c1-6")
                .succeeded()
                .output()
                .strip();
        return "minicloud-%s-%s.service".formatted(home, name);
    }

    private static boolean isSystemd() {
        return Files.isDirectory(Path.of("/run/systemd/system"));
    }
}
