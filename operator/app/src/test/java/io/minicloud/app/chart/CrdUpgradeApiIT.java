package io.minicloud.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.testing.ApiServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the chart brings resource definitions to its release, and when it will not be installed: Helm looks at the cluster. */
class CrdUpgradeApiIT {
    private static final String HOST =
            "--set-json=hosts=[{\"name\":\"tower\",\"zones\":[\"home-1a\"],\"agent\":\"External\"}]";
    private static final String JOB = "kind: Job";

    @TempDir
    private Path folder;

    private ApiServer server;

    @BeforeEach
    void start() {
        server = ApiServer.start();
        server.namespace(Chart.NAMESPACE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anInstallTouchesNoDefinitionsOfItsOwnReleaseAndBringsOlderOnesToIt() {
        assertThat(install()).doesNotContain(JOB);

        release("0.0.9");
        assertThat(install()).contains(JOB);

        withoutRelease();
        assertThat(install()).contains(JOB);
    }

    @Test
    void definitionsOfANewerReleaseAreRefused() {
        release("99.0.0");

        assertThatThrownBy(this::install).hasMessageContaining("99.0.0");
    }

    @Test
    void anUpgradeRunsTheInstallerWithTheNamesOfAllDefinitions() {
        var objects = objects(Chart.upgradeOfDefinitions());

        var role = only(ClusterRole.class, objects);
        assertThat(role.getRules()).singleElement().satisfies(rule -> assertThat(rule.getResourceNames())
                .containsExactlyInAnyOrderElementsOf(
                        server.admin().apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                                .map(definition -> definition.getMetadata().getName())
                                .toList()));
        var pod = only(Job.class, objects).getSpec().getTemplate().getSpec();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
        });
        assertThat(objects).allSatisfy(object -> assertThat(
                        object.getMetadata().getAnnotations().get("helm.sh/hook"))
                .isEqualTo("pre-install,pre-upgrade"));
    }

    private String install() {
        var kubeconfig = server.kubeconfig(server.adminConfig(), folder.resolve("kubeconfig"));
        return Chart.helm(
                "install",
                "minicloud",
                Chart.FOLDER,
                "--namespace",
                Chart.NAMESPACE,
                HOST,
                "--set=minio.enabled=false",
                "--dry-run=server",
                "--kubeconfig",
                kubeconfig.toString());
    }

    /** Makes Vpc a definition of this release. */
    private void release(String release) {
        vpcs().edit(definition -> new CustomResourceDefinitionBuilder(definition)
                .editMetadata()
                .addToAnnotations(Labels.RELEASE, release)
                .endMetadata()
                .build());
    }

    private void withoutRelease() {
        vpcs().edit(definition -> new CustomResourceDefinitionBuilder(definition)
                .editMetadata()
                .removeFromAnnotations(Labels.RELEASE)
                .endMetadata()
                .build());
    }

    private Resource<CustomResourceDefinition> vpcs() {
        return server.admin().apiextensions().v1().customResourceDefinitions().withName("vpcs.ec2.minicloud.io");
    }

    private List<HasMetadata> objects(String yaml) {
        return server.admin()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    private static <T> T only(Class<T> type, List<HasMetadata> objects) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }
}
