package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.controller.RunningController;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ThrowingRunnable;

/** An account with an image, an instance type and hosts whose agents this plays, against a real API server. */
final class AccountStage {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Class<? extends CustomResource<?, ? extends Conditioned>>> OF_THE_AGENT =
            List.of(HostImage.class, HostInterface.class, HostMachine.class);

    private final RunningController controller;
    private final ApiServer server;
    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String namespace;

    /** An account on the API server of the controllers. */
    AccountStage(RunningController controller, String name) {
        this.controller = controller;
        this.server = controller.server();
        namespace = server.freshNamespace(name);
        server.apply("""
                apiVersion: organizations.minicloud.io/v1alpha1
                kind: Account
                metadata: {name: %1$s}
                spec: {namespace: %1$s, accountId: "%2$012d"}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: InstanceType
                metadata: {name: t3.nano}
                spec: {vCpus: 1, memoryMiB: 512, maxNetworkInterfaces: 2, ipv4AddressesPerInterface: 2}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Image
                metadata: {name: tiny, namespace: %1$s}
                spec:
                  format: kernel
                  kernel: {kernel: {file: vmlinuz, sha256: "%3$s"}, initramfs: {file: initrd, sha256: "%3$s"}}
                """.formatted(namespace, ThreadLocalRandom.current().nextInt(1_000_000_000), "a".repeat(64)));
    }

    /** The controllers end and others begin, which know nothing that is not written. */
    void restart() {
        controller.restart();
    }

    /**
     * A host, or another size of it.
     *
     * @param name its name
     * @param zone the zone that it serves
     * @param memoryMiB what it has for machines
     */
    void host(String name, String zone, int memoryMiB) {
        var full = name + unique;
        var its = Labels.HOST_NAMESPACE_PREFIX + full;
        if (client().namespaces().withName(its).get() == null) {
            server.namespace(its);
        }
        server.apply("""
                apiVersion: host.minicloud.io/v1alpha1
                kind: Host
                metadata: {name: "%1$s"}
                spec: {zones: [%4$s]}
                ---
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {namespace: "%2$s", name: "%1$s"}
                spec: {holderIdentity: agent, leaseDurationSeconds: 6000, renewTime: "%3$s"}
                """.formatted(full, its, Instant.now().toString().substring(0, 19) + ".000000Z", zone));
        report(client().resources(Host.class).withName(full).get(), """
                "allocatable": {"vCpus": 16, "memoryMiB": %d, "diskGiB": 100},""".formatted(memoryMiB), "Ready");
    }

    /** Applies a kind of EC2 in the account. */
    void apply(String kind, String name, String spec) {
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: %s
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(kind, name, namespace, spec));
    }

    /** Applies an object that is in no account. */
    void applyOutside(String yaml) {
        server.apply(yaml);
    }

    void delete(Class<? extends HasMetadata> type, String name) {
        client().resources(type).inNamespace(namespace).withName(name).delete();
    }

    /** An object of the account. */
    <R extends HasMetadata> R get(Class<R> type, String name) {
        return client().resources(type).inNamespace(namespace).withName(name).get();
    }

    /** The port of a network interface. */
    HostInterface port(String networkInterfaceId) {
        return client().resources(HostInterface.class).inAnyNamespace().list().getItems().stream()
                .filter(port -> port.getMetadata().getName().equals(networkInterfaceId))
                .findFirst()
                .orElseThrow();
    }

    /** Waits for a condition, status and reason, and gives it. */
    <R extends CustomResource<?, ? extends Conditioned>> Condition condition(
            Class<R> type, String name, String condition, String expected) {
        soon(() -> assertThat(Optional.ofNullable(get(type, name))
                        .flatMap(found -> Conditions.find(found.getStatus(), condition)))
                .as("%s %s %s", type.getSimpleName(), name, condition)
                .map(found -> found.status() + " " + found.reason())
                .hasValue(expected));
        return Conditions.find(get(type, name).getStatus(), condition).orElseThrow();
    }

    /** Plays the agent and looks, until it is so. */
    void soon(ThrowingRunnable check) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            OF_THE_AGENT.forEach(type -> client().resources(type).inAnyNamespace().list().getItems().stream()
                    .filter(object -> !Conditions.isTrue(object, "Programmed"))
                    .forEach(this::serve));
            check.run();
        });
    }

    private void serve(CustomResource<?, ? extends Conditioned> object) {
        report(
                object,
                switch (object) {
                    case HostMachine machine ->
                        "\"state\": \"%s\",".formatted(machine.getSpec().state());
                    case HostImage image -> "\"state\": \"available\",";
                    default -> "";
                },
                "Programmed");
    }

    private void report(HasMetadata object, String facts, String condition) {
        status(object, facts, PlayedAgent.condition(object, condition, "True", "Test", ""));
    }

    /** The agent says of a port that it is made and why it is of no use. */
    void unreachable(HostInterface port, String reason, String message) {
        status(
                port,
                "",
                PlayedAgent.condition(port, "Programmed", "True", "Programmed", "") + ", "
                        + PlayedAgent.condition(port, "Ready", "False", reason, message));
    }

    private void status(HasMetadata object, String facts, String conditions) {
        PlayedAgent.report(
                client(),
                object,
                "%s \"observedGeneration\": %d, \"conditions\": [%s]"
                        .formatted(facts, object.getMetadata().getGeneration(), conditions));
    }

    private KubernetesClient client() {
        return server.admin();
    }
}
