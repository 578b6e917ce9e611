package io.minicloud.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every example of the documentation is taken by a real API server, in its own order, with unknown fields refused. */
class ExamplesApiIT {
    private final ApiServer server = ApiServer.shared();

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        try (var files = Files.list(Tools.repository("docs/examples"))) {
            var examples =
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
            assertThat(examples).isNotEmpty();
            return examples.stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> apply(file)));
        }
    }

    private void apply(Path file) throws IOException {
        // The account that the quickstart makes and the others live in.
        server.namespace("lab");
        var yaml = new KubernetesSerialization();
        for (var document : Arrays.asList(Files.readString(file).split("(?m)^---\n"))) {
            HasMetadata object = yaml.unmarshal(document, GenericKubernetesResource.class);
            server.admin()
                    .resource(object)
                    .fieldValidation(Validation.STRICT)
                    .forceConflicts()
                    .serverSideApply();
        }
    }
}
