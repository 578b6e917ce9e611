package io.minicloud.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.api.testing.bench.BenchReport;
import io.minicloud.api.testing.bench.Figure;
import io.minicloud.api.testing.bench.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P4: from the apply of an Instance to {@code running}, beside virsh that defines and starts the same guest by the same
 * libvirtd: one after the other, in turns, and twenty at once.
 */
class BootBench {
    private static final int TWENTY = 20;
    private static final double SECOND = 1e9;
    private static final double ONE_SECOND_MORE = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String NAMESPACE = "lab";

    @TempDir
    static Path folder;

    private final BenchReport report = new BenchReport("boot");
    private String uri = "";
    private final Cloud cloud = Cloud.in(folder.resolve("home"), "boot", "100.86.0.0/16");

    @AfterEach
    void end() {
        cloud.hack("hack/down").succeeded();
    }

    @Test
    void twentyInstances() throws Exception {
        cloud.hack("hack/up").succeeded();
        // Twenty machines of two processors: what they may take is not what is measured.
        cloud.kubectl("patch", "host/boot", "--type=merge", "-p", "{\"spec\":{\"overcommit\":{\"vCpus\":64}}}")
                .succeeded();
        uri = cloud.kubectl(
                        "-n", "minicloud-host-boot", "get", "hostmachines", "-o", "jsonpath={.items[0].status.lookAt}")
                .succeeded()
                .output()
                .replaceAll("virsh -c '([^']*)'.*", "$1")
                .strip();
        var bare = bareDefinition();
        try (var client = ApiServer.clientBuilder(
                        Config.fromKubeconfig(cloud.home().resolve("kubeconfig").toFile()))
                .build()) {
            var ours = new ArrayList<Double>();
            var floor = new ArrayList<Double>();
            for (var round = 0; round < TWENTY; round++) {
                ours.addAll(launch(client, List.of("one-" + round)));
                terminate(client, 1);
                floor.addAll(start(bare, List.of("bare-one-" + round)));
            }
            add("one at a time", ours, floor);
            var names = IntStream.range(0, TWENTY).mapToObj(number -> "at-once-" + number);
            var together = launch(client, names.toList());
            terminate(client, TWENTY);
            var bareNames = IntStream.range(0, TWENTY).mapToObj(number -> "bare-" + number);
            add("20 at once", together, start(bare, bareNames.toList()));
        }
        report.publish();
    }

    private void add(String how, List<Double> ours, List<Double> floor) {
        var least = Samples.of(floor).p95();
        report.add(Figure.low("P4", "Instance apply to running, " + how + ", p95", "s", Samples.of(ours))
                .byP95()
                .over(least)
                .aiming(least + ONE_SECOND_MORE));
    }

    /** Seconds from the request to running, of each. */
    private static List<Double> launch(KubernetesClient client, List<String> names) throws Exception {
        var seconds = new ConcurrentHashMap<String, Double>();
        var started = new ConcurrentHashMap<String, Long>();
        var watch = client.resources(Instance.class).inNamespace(NAMESPACE).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, Instance instance) {
                var name = instance.getMetadata().getName();
                if (instance.getStatus() != null
                        && "running".equals(instance.getStatus().state())
                        && started.containsKey(name)) {
                    seconds.putIfAbsent(name, (System.nanoTime() - started.get(name)) / SECOND);
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                // Then the wait below fails.
            }
        });
        try {
            Flood.each(names, name -> {
                started.put(name, System.nanoTime());
                client.resource(instance(name)).create();
            });
            await().atMost(PATIENCE).pollInterval(20, TimeUnit.MILLISECONDS).until(() -> seconds.keySet()
                    .containsAll(names));
        } finally {
            watch.close();
        }
        return List.copyOf(seconds.values());
    }

    private static void terminate(KubernetesClient client, int expected) {
        var doomed = client.resources(Instance.class).inNamespace(NAMESPACE).list().getItems().stream()
                .filter(instance -> instance.getMetadata().getName().startsWith("one-")
                        || instance.getMetadata().getName().startsWith("at-once-"))
                .toList();
        if (doomed.size() != expected) {
            throw new IllegalStateException("there are " + doomed.size() + " instances, not " + expected);
        }
        doomed.forEach(instance -> client.resource(instance).delete());
        await().atMost(PATIENCE).until(() -> doomed.stream()
                .allMatch(instance -> client.resource(instance).get() == null));
    }

    private static Instance instance(String name) {
        var instance = Serialization.unmarshal("""
                {"spec": {"imageRef": {"name": "tiny"}, "instanceType": "t3.nano", "subnetRef": {"name": "a"}}}
                """, Instance.class);
        instance.setMetadata(
                new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(name).build());
        return instance;
    }

    /** The definition of a quickstart guest, with a tap that libvirt makes by itself. */
    private String bareDefinition() {
        var domain = cloud.kubectl(
                        "-n",
                        "minicloud-host-boot",
                        "get",
                        "hostmachine/" + cloud.field("instance/client", ".status.instanceId"),
                        "-o",
                        "jsonpath={.status.domain}")
                .succeeded()
                .output()
                .strip();
        return virsh("dumpxml --inactive " + domain)
                .replaceAll("(?s)<metadata>.*?</metadata>", "")
                .replaceAll("<target dev='[^']*' managed='no'/>", "")
                .replaceAll("<mac address='[^']*'/>", "")
                .replaceAll("(?s)<log file='[^']*' append='on'/>", "")
                .replace("<name>" + domain + "</name>", "<name>NAME</name>")
                .replaceAll("<uuid>[^<]*</uuid>", "<uuid>UUID</uuid>")
                .replaceAll("<entry name='uuid'>[^<]*</entry>", "<entry name='uuid'>UUID</entry>");
    }

    /** Seconds from the request to the end of virsh, of each; nothing is left of them. */
    private List<Double> start(String definition, List<String> names) throws Exception {
        var seconds = new ConcurrentLinkedQueue<Double>();
        for (var name : names) {
            Files.writeString(
                    folder.resolve(name + ".xml"),
                    definition
                            .replace("NAME", name)
                            .replace("UUID", UUID.randomUUID().toString()));
        }
        try {
            Flood.each(names, name -> {
                var start = System.nanoTime();
                virsh("define " + folder.resolve(name + ".xml") + "; start " + name);
                seconds.add((System.nanoTime() - start) / SECOND);
            });
        } finally {
            names.forEach(name -> virsh("destroy " + name + "; undefine " + name));
        }
        return List.copyOf(seconds);
    }

    private String virsh(String commands) {
        return cloud.run(Duration.ofMinutes(2), "virsh", "-q", "-c", uri, commands)
                .succeeded()
                .output();
    }
}
