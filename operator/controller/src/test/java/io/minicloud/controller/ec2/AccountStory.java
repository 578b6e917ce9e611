package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.controller.RunningController;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What each story of an account needs: a user who writes and looks, a host of its own, and whoever plays its agent. */
abstract class AccountStory {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final String unique = UUID.randomUUID().toString().substring(0, 8);
    final String host = "h" + unique;
    String namespace;

    private final RunningController controller;

    AccountStory(RunningController controller) {
        this.controller = controller;
    }

    ApiServer server() {
        return controller.server();
    }

    KubernetesClient client() {
        return server().admin();
    }

    String hostNamespace() {
        return Labels.HOST_NAMESPACE_PREFIX + host;
    }

    /** Enrols a fresh namespace as an account, and a host for the zones. */
    void enrol(String prefix, String... zones) {
        namespace = server().freshNamespace(prefix);
        server().namespace(hostNamespace());
        var id = "%012d".formatted(Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 1_000_000_000_000L));
        server().apply("""
                apiVersion: organizations.minicloud.io/v1alpha1
                kind: Account
                metadata: {name: %1$s}
                spec: {namespace: %1$s, accountId: "%2$s"}
                ---
                apiVersion: host.minicloud.io/v1alpha1
                kind: Host
                metadata: {name: %3$s}
                spec: {zones: [%4$s]}
                """.formatted(namespace, id, host, String.join(", ", zones)));
    }

    /**
     * Applies one object of the account.
     *
     * @param spec its fields, as in {@code vpcRef: {name: main}, description: example}
     */
    void ec2(String kind, String name, String spec) {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: %s
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(kind, name, namespace, spec));
    }

    /** Plays the Instance's reconciler: the instance is on the host. */
    void place(String instance, String zone) {
        PlayedAgent.report(
                client(),
                get(Instance.class, instance),
                "\"placement\": {\"availabilityZone\": \"%s\", \"host\": \"%s\"}".formatted(zone, host));
    }

    /**
     * Plays the agent: the condition is True of what it saw, unless that is gone meanwhile.
     *
     * @param facts more of the status as JSON, each with a comma after it
     */
    void report(HasMetadata object, String facts, String condition) {
        PlayedAgent.report(
                client(),
                object,
                "%s \"observedGeneration\": %d, \"conditions\": [%s]"
                        .formatted(
                                facts,
                                object.getMetadata().getGeneration(),
                                PlayedAgent.condition(object, condition, "True", condition, "")));
    }

    /** Plays the agent: the host has done what the object asks for. */
    void program(HasMetadata object) {
        report(object, "", "Programmed");
    }

    /** Looks until it is so. */
    void soon(ThrowingCallable check) {
        await().atMost(PATIENCE).untilAsserted(check::call);
    }

    /** An object of the account, or of the whole cluster by its kind; null: there is none. */
    <R extends HasMetadata> R get(Class<R> type, String name) {
        return Namespaced.class.isAssignableFrom(type)
                ? find(type, namespace, name)
                : client().resources(type).withName(name).get();
    }

    /** What the host was told under this name; null: nothing. */
    <R extends HasMetadata> R onHost(Class<R> type, String name) {
        return find(type, hostNamespace(), name);
    }

    <R extends HasMetadata> void delete(Class<R> type, String name) {
        client().resources(type).inNamespace(namespace).withName(name).delete();
    }

    <R extends HasMetadata> void gone(Class<R> type, String name) {
        soon(() -> assertThat(get(type, name)).isNull());
    }

    /** Awaits the condition's status and reason. */
    <R extends CustomResource<?, ? extends Conditioned>> Condition condition(
            Class<R> type, String name, String condition, String status, String reason) {
        soon(() -> assertThat(Conditions.find(get(type, name).getStatus(), condition))
                .as("%s %s %s", type.getSimpleName(), name, condition)
                .map(found -> found.status() + " " + found.reason())
                .hasValue(status + " " + reason));
        return Conditions.find(get(type, name).getStatus(), condition).orElseThrow();
    }

    <R extends HasMetadata> R find(Class<R> type, String in, String name) {
        return client().resources(type).inNamespace(in).withName(name).get();
    }
}
