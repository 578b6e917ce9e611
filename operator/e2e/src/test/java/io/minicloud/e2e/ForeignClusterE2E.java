package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves into a cluster that was there before: an API server that knows nothing of minicloud. Budget: 120 s. */
class ForeignClusterE2E {
    // The control plane alone, as hack/up starts it for itself.
    private static final String CONTROL_PLANE = """
            set -euo pipefail
            for part in common settings packages tools units cluster pki engines; do . "hack/lib/$part.sh"; done
            install -d -m 700 "$MINICLOUD_HOME"/{etc,pki,etcd,run,log,bin}
            ensure_tools
            cp "$MINICLOUD_TOOLS_BIN"/{etcd,kube-apiserver,kube-controller-manager,kubectl} "$BIN/"
            remember_settings
            make_certificates
            start_api
            """;

    private static final String HOSTS = """
            [{"name": "guesthost", "agent": "External", "zones": ["home-1a", "home-1b", "home-1c"]},
             {"name": "shed", "agent": "External", "zones": ["home-1d"]}]
            """;

    @TempDir
    static Path folder;

    private static Cloud cluster;
    private static Cloud cloud;

    @BeforeAll
    static void start() {
        cluster = Cloud.in(folder.resolve("cluster"), "cluster", "100.81.0.0/16");
        cluster.run(Duration.ofMinutes(2), "bash", "-c", CONTROL_PLANE).succeeded();
        cloud = inTheCluster("guesthost", "100.82.0.0/16");
    }

    private static Cloud inTheCluster(String host, String serviceCidr) {
        return Cloud.in(folder.resolve(host), host, serviceCidr)
                .with("KUBECONFIG", cluster.home().resolve("kubeconfig").toString());
    }

    @AfterAll
    static void end() {
        if (Files.exists(folder.resolve("guesthost"))) {
            cloud.hack("hack/down").succeeded();
        }
        cluster.hack("hack/down").succeeded();
    }

    @Test
    void theQuickstartIsProvedAndRemovedInAClusterOfTheUser() {
        var up = cloud.hack("hack/up").succeeded().output();
        assertThat(up).contains("went from 10.0.1.10 to the client over TCP", "was written and read back by curl");
        assertThat(cloud.processes("etcd")).as("an API server of its own").isEmpty();
        assertThat(cloud.processes("java"))
                .as("a controller, which may lose its lease, and an agent, which may not")
                .hasSize(2);
        assertThat(cluster.kubectl("get", "vpc,instance,bucket", "-A", "-o", "name")
                        .succeeded()
                        .output())
                .contains("vpc.ec2.minicloud.io/main");

        assertThat(helm("list", "--short")).isEqualToIgnoringNewLines("minicloud");
        helm("upgrade", "minicloud", "helm/minicloud", "--reuse-values", "--set-json=hosts=" + HOSTS);
        cloud.hack("hack/up").succeeded();
        assertThat(cluster.kubectl("get", "hosts", "-o", "name").succeeded().output())
                .contains("/guesthost", "/shed");
        assertThat(helm("get", "values", "minicloud")).contains("name: guesthost", "name: shed");
        var second = inTheCluster("second", "100.85.0.0/16").hack("hack/up");
        assertThat(second.status()).as("a second controller").isNotZero();
        assertThat(second.output()).contains("runs on guesthost", "hack/join");

        var down = cloud.hack("hack/down").succeeded().output();
        assertThat(down).contains("in your cluster stay");
        assertThat(cloud.processes()).isEmpty();
        assertThat(cluster.kubectl(
                                "get",
                                "vpc,subnet,instance,bucket,hostmachine,hostdisk,hostnetwork",
                                "-A",
                                "-o",
                                "name")
                        .succeeded()
                        .output())
                .doesNotContain("minicloud.io/");
    }

    private static String helm(String... arguments) {
        var command = new ArrayList<>(List.of(
                cloud.home().resolve("bin/helm").toString(),
                "--kubeconfig=" + cluster.home().resolve("kubeconfig"),
                "--namespace=minicloud-system"));
        command.addAll(List.of(arguments));
        return cloud.run(Duration.ofMinutes(1), command.toArray(String[]::new))
                .succeeded()
                .output();
    }
}
