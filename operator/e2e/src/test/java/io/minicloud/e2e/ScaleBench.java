package io.minicloud.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.api.testing.bench.BenchReport;
import io.minicloud.api.testing.bench.Figure;
import io.minicloud.api.testing.bench.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P7 and P15: a thousand subnets and a thousand network interfaces as fast as a client can write them, and a VPC on which a
 * thousand subnets wait. The floor is the same number of writes on the same API server with nobody behind it: an object
 * costs its creation, its finalizer and its status.
 */
class ScaleBench {
    private static final int MANY = 1000;
    private static final int WRITES_OF_AN_OBJECT = 3;
    private static final String NAMESPACE = "scale";
    private static final String VPC = """
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Vpc
            metadata: {name: big, namespace: scale}
            spec: {cidrBlock: 10.0.0.0/16}
            """;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double SECOND = 1e9;
    private static final double LAG = 1;
    private static final double SETTLED = 10;

    @TempDir
    static Path folder;

    private final BenchReport report = new BenchReport("scale");
    private final Cloud cloud = Cloud.in(folder.resolve("home"), "scale", "100.84.0.0/16");

    @AfterEach
    void end() {
        cloud.hack("hack/down").succeeded();
    }

    @Test
    void aThousandOfEach() throws Exception {
        cloud.hack("hack/up").succeeded();
        // Of network interfaces only the controller makes any.
        try (var client = client("kubeconfig");
                var controller = client("etc/controller.kubeconfig")) {
            account(client);
            // A floor of a client that has just started would be a low one to stand on.
            bareWrite(client, "warm-up");
            var bare = bareWrite(client, "bare");
            report.add(Figure.low("P7", "one bare write of an object", "ms", new Samples(bare * 1000)));
            var subnets = subnets();
            waitingForTheirVpc(client, subnets, bare);
            delete(client, subnets);
            arriving(client, Subnet.class, subnets, bare);
            arriving(controller, NetworkInterface.class, interfaces(), bare);
        }
        report.publish();
    }

    private KubernetesClient client(String kubeconfig) {
        return ApiServer.clientBuilder(
                        Config.fromKubeconfig(cloud.home().resolve(kubeconfig).toFile()))
                .build();
    }

    /** Seconds that a write takes when many are written. */
    private static double bareWrite(KubernetesClient client, String name) throws Exception {
        var maps = IntStream.range(0, MANY)
                .mapToObj(number -> new ConfigMapBuilder()
                        .withMetadata(named(name + "-" + number))
                        .build())
                .toList();
        var took = Flood.each(maps, map -> client.resource(map).create());
        return took.toNanos() / SECOND / MANY;
    }

    private void waitingForTheirVpc(KubernetesClient client, List<Subnet> subnets, double bare) throws Exception {
        try (var refused =
                new Flood.Count<>(client, Subnet.class, NAMESPACE, MANY, Flood.<Subnet>says("Accepted", "False"))) {
            Flood.each(subnets, subnet -> client.resource(subnet).create());
            refused.await(PATIENCE);
        }
        try (var ready =
                new Flood.Count<>(client, Subnet.class, NAMESPACE, MANY, Flood.<Subnet>says("Ready", "True"))) {
            var start = System.nanoTime();
            cloud.apply(VPC);
            var settled = (ready.await(PATIENCE) - start) / SECOND;
            report.add(Figure.low("P15", "a VPC on which 1,000 subnets wait: all Ready", "s", new Samples(settled))
                    .over(MANY * bare)
                    .aiming(SETTLED));
        }
    }

    private <R extends CustomResource<?, ? extends Conditioned>> void arriving(
            KubernetesClient client, Class<R> kind, List<R> objects, double bare) throws Exception {
        try (var ready = new Flood.Count<>(client, kind, NAMESPACE, MANY, Flood.<R>says("Ready", "True"))) {
            var start = System.nanoTime();
            Flood.each(objects, object -> client.resource(object).create());
            var written = System.nanoTime();
            var last = ready.await(PATIENCE);
            var name = kind.getSimpleName();
            report.add(Figure.low(
                            "P7",
                            "1,000 " + name + "s: the last Ready after the last write",
                            "s",
                            new Samples(Math.max(0, last - written) / SECOND))
                    .aiming(LAG));
            report.add(Figure.low(
                            "P7",
                            "1,000 " + name + "s: from the first write to the last Ready",
                            "s",
                            new Samples((last - start) / SECOND))
                    .over(WRITES_OF_AN_OBJECT * MANY * bare));
        }
    }

    private void delete(KubernetesClient client, List<Subnet> subnets) throws Exception {
        Flood.each(subnets, subnet -> client.resource(subnet).delete());
        await().atMost(PATIENCE).until(() -> client.resources(Subnet.class)
                .inNamespace(NAMESPACE)
                .list()
                .getItems()
                .isEmpty());
    }

    private static void account(KubernetesClient client) {
        Stream.of("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: scale}
                """, """
                apiVersion: organizations.minicloud.io/v1alpha1
                kind: Account
                metadata: {name: scale}
                spec: {namespace: scale, accountId: "333344445555"}
                """).forEach(yaml -> client.resource(yaml).create());
    }

    private static List<Subnet> subnets() {
        return IntStream.range(0, MANY)
                .mapToObj(number -> of(Subnet.class, "subnet-" + number, """
                        {"vpcRef": {"name": "big"}, "cidrBlock": "10.0.%d.%d/28", "availabilityZone": "home-1a"}
                        """.formatted(number / 16, number % 16 * 16)))
                .toList();
    }

    private static List<NetworkInterface> interfaces() {
        return IntStream.range(0, MANY)
                .mapToObj(number -> of(NetworkInterface.class, "eni-" + number, """
                        {"subnetRef": {"name": "subnet-%d"}}
                        """.formatted(number / 10)))
                .toList();
    }

    private static <R extends HasMetadata> R of(Class<R> kind, String name, String spec) {
        var object = Serialization.unmarshal("{\"spec\": " + spec + "}", kind);
        object.setMetadata(named(name));
        return object;
    }

    private static ObjectMeta named(String name) {
        return new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(name).build();
    }
}
