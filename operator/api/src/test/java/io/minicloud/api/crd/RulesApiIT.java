package io.minicloud.api.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.minicloud.api.testing.ApiServer;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every file of the folder {@code rules}, on a real API server with strict field validation as kubectl has it. */
class RulesApiIT {
    private final ApiServer server = ApiServer.shared();
    private final Set<String> namespaced = CrdFiles.generate().values().stream()
            .map(CrdFiles::parse)
            .filter(definition -> definition.getSpec().getScope().equals("Namespaced"))
            .map(definition -> definition.getSpec().getNames().getKind())
            .collect(Collectors.toSet());

    @TestFactory
    Stream<DynamicTest> rules() {
        var namespace = server.freshNamespace("rules");
        return RuleFile.all().stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> run(file, namespace)));
    }

    private void run(RuleFile file, String namespace) {
        var versions = file.versions();
        if (namespaced.contains(versions.getFirst().getKind())) {
            versions.forEach(version -> version.getMetadata().setNamespace(namespace));
        }
        try {
            if (file.valid()) {
                versions.forEach(this::apply);
            } else {
                versions.subList(0, versions.size() - 1).forEach(this::apply);
                assertThatThrownBy(() -> apply(versions.getLast()))
                        .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertRefused(file, e));
            }
        } finally {
            resource(versions.getFirst()).delete();
        }
    }

    private void assertRefused(RuleFile file, KubernetesClientException refusal) {
        var status = refusal.getStatus();
        if (file.field().isEmpty()) {
            assertThat(status.getMessage()).contains(file.says());
            return;
        }
        assertThat(status.getCode()).isEqualTo(422);
        assertThat(status.getDetails().getCauses()).as(status.getMessage()).anyMatch(cause -> matches(file, cause));
    }

    private static boolean matches(RuleFile file, StatusCause cause) {
        return file.field().equals(cause.getField()) && cause.getMessage().contains(file.says());
    }

    private void apply(GenericKubernetesResource object) {
        resource(object).fieldValidation(Validation.STRICT).forceConflicts().serverSideApply();
    }

    private Resource<GenericKubernetesResource> resource(GenericKubernetesResource object) {
        return server.admin().resource(object);
    }
}
