package io.minicloud.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the chart makes for three machines, two of which are nodes, as objects. */
final class Rendered {
    /** The hosts tower (a node), shed (the node shed.example) and attic (no node). */
    static final String HOSTS = "--set-json=hosts=["
            + "{\"name\":\"tower\",\"zones\":[\"home-1a\"]},"
            + "{\"name\":\"shed\",\"node\":\"shed.example\",\"zones\":[\"home-1b\"]},"
            + "{\"name\":\"attic\",\"zones\":[\"home-1b\"],\"agent\":\"External\"}]";

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Rendered() {}

    /** The objects of a type, with these further arguments of Helm. */
    static <T extends HasMetadata> List<T> of(Class<T> type, String... arguments) {
        return objects(arguments).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The one object of a type and name, with these further arguments of Helm. */
    static <T extends HasMetadata> T one(Class<T> type, String name, String... arguments) {
        var found = of(type, arguments).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    /** All objects but those of {@code helm test}, with these further arguments of Helm. */
    static List<HasMetadata> objects(String... arguments) {
        var all = Stream.concat(Stream.of("--skip-tests", HOSTS), Stream.of(arguments))
                .toArray(String[]::new);
        return Stream.of(Chart.template(all).split("(?m)^---\\s*$"))
                .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
                .map(document -> (HasMetadata) YAML.unmarshal(document))
                .toList();
    }

    /** The one container of a pod. */
    static Container container(PodSpec pod) {
        assertThat(pod.getInitContainers()).isEmpty();
        assertThat(pod.getContainers()).hasSize(1);
        return pod.getContainers().getFirst();
    }

    /** What the environment of a pod says in so many words. */
    static Map<String, String> environment(PodSpec pod) {
        return container(pod).getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    /** The name of the one node that a pod runs on. */
    static String node(PodSpec pod) {
        var field = pod.getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms()
                .getFirst()
                .getMatchFields()
                .getFirst();
        assertThat(field.getKey()).isEqualTo("metadata.name");
        return field.getValues().getFirst();
    }
}
