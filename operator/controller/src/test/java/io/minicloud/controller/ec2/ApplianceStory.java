package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostInterface;
import io.minicloud.controller.RunningController;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An account whose appliances run on one host, with a pool of public addresses; the agent of the host is played. */
abstract class ApplianceStory extends AccountStory {
    private static final AtomicInteger RANGES = new AtomicInteger();

    /** Of the pool, its first three numbers. */
    final String range = "198.19." + RANGES.incrementAndGet();

    ApplianceStory(RunningController controller) {
        super(controller);
    }

    /** The only pool while this test runs. */
    void pool() {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: pool-%s}
                spec: {cidrBlocks: [%s.0/29]}
                """.formatted(unique, range));
    }

    /**
     * Nobody else is to be asked which pool is meant, or to be placed on this host.
     *
     * @param kind what has appliances there
     */
    <R extends HasMetadata> void empty(Class<R> kind) {
        client().resources(kind).inNamespace(namespace).delete();
        await().atMost(PATIENCE).untilAsserted(() -> {
            playAgent();
            assertThat(client().resources(kind).inNamespace(namespace).list().getItems())
                    .isEmpty();
        });
        client().resources(ElasticIp.class).inNamespace(namespace).delete();
        client().resources(AddressPool.class).delete();
        client().resources(Host.class).withName(host).delete();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        client().resources(AddressPool.class).list().getItems())
                .isEmpty());
    }

    /** The host is ready, and its heart beats. */
    void ready() {
        server().apply("""
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {namespace: "%s", name: "%s"}
                spec: {holderIdentity: agent, leaseDurationSeconds: 6000, renewTime: "%s.000000Z"}
                """.formatted(
                        hostNamespace(), host, Instant.now().toString().substring(0, 19)));
        beating("True");
    }

    void beating(String ready) {
        beating(host, ready);
    }

    void beating(String name, String ready) {
        client().resources(Host.class)
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status": {"conditions": [
                          {"type": "Ready", "status": "%s", "reason": "Test", "message": "", "observedGeneration": 1,
                           "lastTransitionTime": "2026-11-21T10:00:00Z"}]}}
                        """.formatted(ready));
    }

    /** The host has done all that is asked of it. */
    void playAgent() {
        onHost(HostInterface.class).forEach(port -> serve(port, ""));
        onHost(HostAppliance.class).forEach(appliance -> serve(appliance, "\"networkNamespace\": \"mc-here\","));
    }

    <R extends HasMetadata> List<R> onHost(Class<R> type) {
        return client().resources(type).inNamespace(hostNamespace()).list().getItems();
    }

    void serve(CustomResource<?, ? extends Conditioned> object, String facts) {
        if (object.isMarkedForDeletion()) {
            letGo(object);
        } else if (!Conditions.isTrue(object, "Programmed")) {
            report(object, facts, "Programmed");
        }
    }

    <R extends HasMetadata> R held(R object) {
        finalizers(object, "[\"" + Labels.AGENT_FINALIZER + "\"]");
        return object;
    }

    void letGo(HasMetadata object) {
        finalizers(object, "[]");
    }

    void finalizers(HasMetadata object, String finalizers) {
        client().resource(object)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"finalizers\": %s}}".formatted(finalizers));
    }

    @Override
    <R extends HasMetadata> void gone(Class<R> type, String name) {
        soon(() -> {
            playAgent();
            assertThat(get(type, name)).isNull();
        });
    }
}
