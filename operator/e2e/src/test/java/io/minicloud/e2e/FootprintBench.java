package io.minicloud.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.api.testing.Tools;
import io.minicloud.api.testing.bench.BenchReport;
import io.minicloud.api.testing.bench.Figure;
import io.minicloud.api.testing.bench.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P8, P9 and P14: what minicloud takes of a machine's memory and of its user's time. The floor under the operator is a Java
 * program that does nothing. Cold is a fresh clone with nothing of minicloud, Go or Maven on the machine.
 */
class FootprintBench {
    private static final String NAMESPACE = "footprint";
    private static final String QEMU = "qemu-system-x86_64";
    private static final int MANY = 5000;
    private static final int OF_A_VPC = 2500;
    private static final int LOOKS = 10;
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final double IDLE_MIB = 180;
    private static final double BUSY_MIB = 350;
    private static final double TOGETHER_MIB = 800;
    private static final double COLD_SECONDS = 720;
    private static final double WARM_SECONDS = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LONG = Duration.ofMinutes(40);

    @TempDir
    static Path folder;

    private final BenchReport report = new BenchReport("footprint");
    private final Cloud cloud = Cloud.in(folder.resolve("home"), "footprint", "100.88.0.0/16");

    @AfterEach
    void end() {
        cloud.hack("hack/down").succeeded();
    }

    @Test
    void memoryAndTime() throws Exception {
        cold();
        time("hack/up, tools built", List.of(up(cloud, "hack/up")));
        var again = List.of(up(cloud, "hack/up"), up(cloud, "hack/up"), up(cloud, "hack/up"));
        report.add(Figure.low("P14", "hack/up again", "s", Samples.of(again)).aiming(WARM_SECONDS));

        var floor = idleJava();
        report.add(Figure.low("P8", "operator RSS, idle", "MiB", watched(this::residentOperator))
                .over(floor)
                .aiming(IDLE_MIB));
        report.add(Figure.low("P9", "all processes but guests, idle, PSS", "MiB", watched(this::together))
                .aiming(TOGETHER_MIB));
        try (var client = ApiServer.clientBuilder(
                        Config.fromKubeconfig(cloud.home().resolve("kubeconfig").toFile()))
                .build()) {
            fill(client);
        }
        report.add(Figure.low("P8", "operator RSS, 5,000 objects", "MiB", watched(this::residentOperator))
                .over(floor)
                .aiming(BUSY_MIB));
        report.publish();
    }

    /** On a clone, with caches of its own. */
    private void cold() throws IOException {
        var clone = folder.resolve("clone");
        cloud.run(LONG, "git", "clone", "-q", Tools.repository("").toString(), clone.toString())
                .succeeded();
        var fresh = Cloud.in(folder.resolve("cold"), "cold", "100.90.0.0/16")
                .with("HOME", Files.createDirectory(folder.resolve("user")).toString())
                .with("XDG_CACHE_HOME", folder.resolve("cache").toString())
                .with("MINICLOUD_TOOLS_BIN", "")
                .with("MAVEN_OPTS", "-Dmaven.repo.local=" + folder.resolve("maven"));
        try {
            var took = up(fresh, clone.resolve("hack/up").toString());
            report.add(
                    Figure.low("P14", "hack/up, cold", "s", new Samples(took)).aiming(COLD_SECONDS));
        } finally {
            fresh.run(PATIENCE, clone.resolve("hack/down").toString()).succeeded();
        }
    }

    private void time(String what, List<Double> seconds) {
        report.add(Figure.low("P14", what, "s", Samples.of(seconds)));
    }

    private static double up(Cloud cloud, String script) {
        return cloud.run(LONG, script).succeeded().took().toMillis() / 1000.0;
    }

    private static double idleJava() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var idle = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Idle.class.getName()).start();
        try {
            return watched(() -> Memory.resident(idle.pid())).median();
        } finally {
            idle.destroyForcibly().waitFor();
        }
    }

    /** Looks once a second, after a minute in which nothing happens: what a burst took is given back by then. */
    private static Samples watched(Look look) {
        var seen = new ArrayList<Double>();
        await().pollDelay(QUIET)
                .pollInterval(1, TimeUnit.SECONDS)
                .atMost(PATIENCE)
                .until(() -> {
                    seen.add(look.mib());
                    return seen.size() == LOOKS;
                });
        return Samples.of(seen);
    }

    private double residentOperator() throws IOException {
        return Memory.resident(cloud.processes("java").getFirst());
    }

    /** Shared pages are counted once. */
    private double together() throws IOException {
        var sum = 0.0;
        for (var process : cloud.processes().entrySet()) {
            if (!process.getValue().endsWith(QEMU)) {
                sum += Memory.proportional(process.getKey());
            }
        }
        return sum;
    }

    private static void fill(KubernetesClient client) throws Exception {
        Stream.of("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: footprint}
                """, """
                apiVersion: organizations.minicloud.io/v1alpha1
                kind: Account
                metadata: {name: footprint}
                spec: {namespace: footprint, accountId: "444455556666"}
                """, """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: vpc-0, namespace: footprint}
                spec: {cidrBlock: 10.0.0.0/16}
                """, """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: vpc-1, namespace: footprint}
                spec: {cidrBlock: 10.0.0.0/16}
                """).forEach(yaml -> client.resource(yaml).create());
        try (var ready =
                new Flood.Count<>(client, Subnet.class, NAMESPACE, MANY, Flood.<Subnet>says("Ready", "True"))) {
            Flood.each(
                    IntStream.range(0, MANY).mapToObj(FootprintBench::subnet).toList(),
                    subnet -> client.resource(subnet).create());
            ready.await(PATIENCE);
        }
    }

    private static Subnet subnet(int number) {
        var place = number % OF_A_VPC;
        var subnet =
                Serialization.unmarshal("""
                {"spec": {"vpcRef": {"name": "vpc-%d"}, "cidrBlock": "10.0.%d.%d/28", "availabilityZone": "home-1a"}}
                """.formatted(number / OF_A_VPC, place / 16, place % 16 * 16), Subnet.class);
        subnet.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName("subnet-" + number)
                .build());
        return subnet;
    }

    @FunctionalInterface
    private interface Look {
        double mib() throws IOException;
    }
}
