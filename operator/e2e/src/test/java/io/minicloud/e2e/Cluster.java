package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A real Kubernetes of one node on this machine, made by {@code hack/lib/node}, with a libvirt on that node as its
 * administrator has one. Helm installs minicloud there.
 */
final class Cluster implements AutoCloseable {
    /** The node, and the host that it becomes. */
    static final String NODE = "tower";

    /** Its host in the values of the chart. */
    static final String HOST = "{\"name\":\"" + NODE + "\",\"zones\":[\"home-1a\",\"home-1b\",\"home-1c\"]}";

    /** Within this time another controller leads when the leader is gone. */
    static final Duration TAKE_OVER = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    // The state folder is that of the agent, as in the chart's values.
    private static final String PREPARE = """
            set -euo pipefail
            for part in common settings packages tools units cluster engines; do . "hack/lib/$part.sh"; done
            install -d -m 711 "$MINICLOUD_HOME"/{,etc,bin,images,disks,libvirt,run,log}
            remember_settings
            cp "$1/kubeconfig" "$KUBECONFIG_ADMIN"
            cp "$1"/bin/{kubectl,helm} "$BIN/"
            : >"$FOREIGN_MARK"
            start_libvirt
            install -d -o 65532 -g 65532 -m 0750 "$2"
            """;

    private static final String QUICKSTART = """
            set -euo pipefail
            for part in common settings units cluster operator quickstart proof; do . "hack/lib/$part.sh"; done
            remember_installation "$(kube get namespace minicloud-system -o 'jsonpath={.metadata.uid}')"
            apply_quickstart
            prove_network
            prove_bucket
            """;

    private static final String REBOOT = """
            set -euo pipefail
            for part in common settings units cluster teardown; do . "hack/lib/$part.sh"; done
            for unit in libvirtd virtlogd; do stop_unit "$unit"; done
            remove_network
            rm -rf "$RUN"
            """;

    private final Path folder;
    private final Cloud node;
    private final Machine before;
    private final Cloud host;
    private final Process first;

    /** Starts it with the images of releases that will be installed. */
    Cluster(Path folder, List<Release> releases) {
        this.folder = folder;
        this.node = Cloud.in(folder.resolve("node"), NODE, "100.84.0.0/16");
        this.before = Machine.observe(node);
        var images = new LinkedHashSet<Path>();
        releases.forEach(release -> images.addAll(List.of(release.operatorImage(), release.minioImage())));
        try {
            nodeUp(images.stream().map(Path::toString).toList());
        } catch (AssertionError failed) {
            nodeDown();
            throw failed;
        }
        this.host = Cloud.in(folder.resolve("home"), NODE, "100.84.0.0/16");
        try {
            this.first = new ProcessBuilder("sleep", "3600").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The control plane and what else is of Kubernetes. */
    Cloud node() {
        return node;
    }

    /** The host of the cloud, with whose kubectl the administrator works. */
    Cloud host() {
        return host;
    }

    /** Installs a release, with the values of this machine. */
    void install(Release release) {
        prepare();
        helm("install", release, "--create-namespace");
    }

    /** Brings it to a release, with the values of this machine and some more. */
    void upgrade(Release release, String... values) {
        helm("upgrade", release, values);
    }

    private void helm(String verb, Release release, String... options) {
        var command = new ArrayList<>(List.of(release.chart().toString(), "--wait", "--timeout=5m"));
        command.addAll(values());
        command.addAll(List.of(options));
        helm(verb, command.toArray(String[]::new));
    }

    /** Runs Helm on minicloud's release in this cluster; what it said. */
    String helm(String verb, String... options) {
        var command = new ArrayList<>(List.of(
                host.home().resolve("bin/helm").toString(),
                "--kubeconfig=" + host.home().resolve("kubeconfig"),
                "--namespace=minicloud-system"));
        command.addAll(List.of(verb.split(" ")));
        command.add("minicloud");
        command.addAll(List.of(options));
        return host.run(Duration.ofMinutes(6), command.toArray(String[]::new))
                .succeeded()
                .output();
    }

    /** Applies the quickstart and proves it by packet and byte; what the proof said. */
    String quickstart() {
        return script(QUICKSTART);
    }

    /** Waits until the agent's pod is another one and ready. */
    void deletePodOfAgent() {
        var agents = List.of("-n", "minicloud-host-" + NODE, "get", "pods", "-o", "name")
                .toArray(String[]::new);
        var old = host.kubectl(agents).succeeded().output();
        host.kubectl("-n", "minicloud-host-" + NODE, "delete", old.strip(), "--timeout=120s")
                .succeeded();
        host.kubectl("-n", "minicloud-host-" + NODE, "rollout", "status", "daemonset", "--timeout=120s")
                .succeeded();
        assertThat(host.kubectl(agents).succeeded().output()).isNotEqualTo(old);
    }

    /**
     * Ends the leading controller as a crash does: the lease is not given back. The same pod leads on if it is back before the
     * lease has run out.
     *
     * @return how long nobody led
     */
    Duration killLeader() {
        var identity = lease("holderIdentity");
        var leader = processOf(identity);
        var killed = Instant.now();
        leader.destroyForcibly();
        await().atMost(PATIENCE)
                .until(() -> Instant.parse(lease("renewTime")).isAfter(killed.plus(Duration.ofMillis(100))));
        var since = lease("holderIdentity").equals(identity) ? "renewTime" : "acquireTime";
        return Duration.between(killed, Instant.parse(lease(since)));
    }

    /** A field of the controllers' lease. How long something took, the lease tells: asking for it takes time too. */
    String lease(String field) {
        return host.kubectl(
                        "-n",
                        "minicloud-system",
                        "get",
                        "lease",
                        "minicloud-controller",
                        "-o",
                        "jsonpath={.spec." + field + "}")
                .succeeded()
                .output()
                .strip();
    }

    /** The process of the controller with an identity, which is the name of its pod and a number. */
    ProcessHandle processOf(String identity) {
        var pod = identity.substring(0, identity.lastIndexOf('-'));
        try (var processes = Files.list(Path.of("/proc"))) {
            var process =
                    processes.filter(entry -> isOf(pod, entry)).findFirst().orElseThrow();
            return ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOf(String pod, Path process) {
        try {
            return Files.readString(process.resolve("environ")).contains("HOSTNAME=" + pod + "\0")
                    && Files.readString(process.resolve("cmdline")).contains("java\0");
        } catch (IOException e) {
            // No process, or it ended meanwhile.
            return false;
        }
    }

    /**
     * Takes away what a reboot takes: every process of the cluster, of libvirt and of minicloud, namespaces, links and the files
     * of run folders; then starts what an init system would start.
     */
    void reboot() {
        node.run(Duration.ofMinutes(2), "hack/lib/node", "halt").succeeded();
        host.processes("qemu-system-x86_64")
                .forEach(process -> ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly));
        script(REBOOT);
        assertThat(host.processes()).isEmpty();
        nodeUp(List.of());
        prepare();
    }

    private void nodeUp(List<String> images) {
        var command = new ArrayList<>(List.of("hack/lib/node", "up"));
        command.addAll(images);
        node.run(Duration.ofMinutes(10), command.toArray(String[]::new)).succeeded();
    }

    private void nodeDown() {
        node.run(Duration.ofMinutes(2), "hack/lib/node", "down").succeeded();
    }

    private void prepare() {
        script(PREPARE, node.home().toString(), folder.resolve("s3").toString());
    }

    private String script(String text, String... arguments) {
        var command = new ArrayList<>(List.of("bash", "-c", text, "script"));
        command.addAll(List.of(arguments));
        return host.run(Duration.ofMinutes(8), command.toArray(String[]::new))
                .succeeded()
                .output();
    }

    /** The first one; where a sandbox hides that, one of ours in its place, which outlives a reboot as well. */
    private String processOfTheMachine() {
        try {
            Files.readSymbolicLink(Path.of("/proc/1/ns/mnt"));
            return "1";
        } catch (IOException hidden) {
            return Long.toString(first.pid());
        }
    }

    private List<String> values() {
        var home = host.home();
        return List.of(
                "--set=agent.machineProcess=" + processOfTheMachine(),
                "--set=agent.home=" + home,
                "--set=agent.libvirtSocket=" + home.resolve("run/libvirt/libvirt-sock"),
                "--set=agent.libvirtLogFolder=" + home.resolve("log/libvirt/qemu"),
                "--set=serviceCidr=100.84.0.0/16",
                "--set=minio.persistence.hostPath=" + folder.resolve("s3"),
                "--set-json=hosts=[" + HOST + "]",
                "--set-json=accounts=[{\"name\":\"lab\",\"namespace\":\"lab\",\"accountId\":\"111122223333\",\"createNamespace\":true}]");
    }

    /** Ends it, and proves that nothing of it stays on the machine. */
    @Override
    public void close() {
        try {
            // The agent first, or it would start again what is ended. The cluster goes with all that is stored in it.
            node.run(Duration.ofMinutes(2), "hack/lib/node", "halt").succeeded();
            host.hack("hack/down", "--keep-data").succeeded();
        } finally {
            first.destroy();
            nodeDown();
        }
        assertThat(host.processes()).isEmpty();
        assertThat(node.processes()).isEmpty();
        Machine.observe(node).hasNothingMoreThan(before);
    }
}
