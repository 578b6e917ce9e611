package io.minicloud.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.reconcile.client.SharedInformers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As the framework uses them: {@code resources(..).inAnyNamespace().withLabelSelector(null).runnableInformer(0)}. */
class SharedInformersApiIT {
    private static final Map<String, Function<ConfigMap, List<String>>> BY_COLOUR =
            Map.of("colour", map -> List.of(map.getData().get("colour")));

    private final ApiServer server = ApiServer.shared();
    private final String namespace = server.freshNamespace("informers");
    private final KubernetesClient client = SharedInformers.of(server.admin());

    @AfterEach
    void clean() {
        server.admin().namespaces().withName(namespace).delete();
    }

    @Test
    void twoWhoWatchTheSameHaveOneInformerAndHearTheSame() throws Exception {
        var first = new Heard();
        var second = new Heard();
        var one = start(first);
        create("early");
        await().atMost(10, TimeUnit.SECONDS).until(() -> first.names.contains("early"));

        var other = start(second);
        create("late");

        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> first.names.contains("late") && second.names.containsAll(Set.of("early", "late")));
        assertThat(other.getStore()).isSameAs(one.getStore());
        assertThat(one.getIndexer().byIndex("colour", "red")).hasSize(2);

        one.stop();
        one.stop();
        create("last");
        await().atMost(10, TimeUnit.SECONDS).until(() -> second.names.contains("last"));
        assertThat(other.isRunning()).isTrue();

        other.stop();
        assertThat(other.isRunning()).isFalse();
    }

    @Test
    void otherObjectsHaveAnInformerOfTheirOwn() {
        var here = client.resources(ConfigMap.class).inNamespace(namespace).runnableInformer(0);
        var everywhere = client.resources(ConfigMap.class).inAnyNamespace().runnableInformer(0);
        var some = client.resources(ConfigMap.class)
                .inNamespace(namespace)
                .withLabelSelector("a=b")
                .runnableInformer(0);

        assertThat(List.of(here.getStore(), everywhere.getStore(), some.getStore()))
                .doesNotHaveDuplicates();
    }

    private SharedIndexInformer<ConfigMap> start(Heard heard) throws Exception {
        var informer = client.resources(ConfigMap.class)
                .inNamespace(namespace)
                .withLabelSelector((String) null)
                .runnableInformer(0);
        informer.addEventHandler(heard);
        informer.getIndexer().addIndexers(BY_COLOUR);
        informer.exceptionHandler((started, failure) -> true);
        informer.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
        return informer;
    }

    private void create(String name) {
        server.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, namespace: %s}
                data: {colour: red}
                """.formatted(name, namespace));
    }

    private static final class Heard implements ResourceEventHandler<ConfigMap> {
        private final Set<String> names = ConcurrentHashMap.newKeySet();

        @Override
        public void onAdd(ConfigMap added) {
            names.add(added.getMetadata().getName());
        }

        @Override
        public void onUpdate(ConfigMap before, ConfigMap now) {
            // Nothing here changes.
        }

        @Override
        public void onDelete(ConfigMap deleted, boolean unknown) {
            names.remove(deleted.getMetadata().getName());
        }
    }
}
