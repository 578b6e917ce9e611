package io.minicloud.app.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.api.testing.Tools;
import io.minicloud.app.chart.Chart;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installer with the rights that the chart gives it, on a real API server of its own. */
class InstallerApiIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String VPCS = "vpcs.ec2.minicloud.io";
    private static final String SUBNETS = "subnets.ec2.minicloud.io";
    private static final String APPLIANCES = "hostappliances.host.minicloud.io";
    private static final List<CustomResourceDefinition> PACKED = PackedDefinitions.read();

    private static ApiServer server;
    private static KubernetesClient installer;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        server = ApiServer.start();
        server.namespace("minicloud-system");
        server.apply(Chart.upgradeOfDefinitions());
        installer = server.clientAsServiceAccount("minicloud-system", "minicloud-installer");
    }

    @AfterAll
    static void stop() {
        installer.close();
        server.close();
    }

    @BeforeEach
    void everythingIsOfThisRelease() {
        assertThat(run(server.admin())).as(said()).isEqualTo(InstallerRun.DONE);
        said.reset();
    }

    @Test
    void storedObjectsOfAnOlderReleaseAreReadAndUpdatedAfterTheUpgrade() {
        var namespace = server.freshNamespace("upgrade");
        older();
        var vpcs = server.admin().resources(Vpc.class).inNamespace(namespace).withName("main");
        server.apply(vpc(namespace, ""));
        var stored = vpcs.get();

        assertThat(run(installer)).as(said()).isEqualTo(InstallerRun.DONE);

        assertThat(said()).contains(VPCS + ": changed, was of 0.0.9");
        assertThat(vpcs.get().getSpec().cidrBlock()).isEqualTo(stored.getSpec().cidrBlock());
        assertThat(vpcs.get().getMetadata().getUid())
                .isEqualTo(stored.getMetadata().getUid());
        // The API server serves a changed schema a moment after it took it.
        await().atMost(PATIENCE).until(() -> taken(vpc(namespace, ", enableDnsHostnames: true, tags: {team: cloud}")));
        assertThat(vpcs.get().getSpec().enableDnsHostnames()).isTrue();
    }

    @Test
    void theSecondRunWritesNothing() {
        run(installer);
        said.reset();
        var before = versions();

        assertThat(run(installer)).isEqualTo(InstallerRun.DONE);

        assertThat(versions()).isEqualTo(before);
        assertThat(said().lines()).hasSize(1);
    }

    @Test
    void whatIsMissingIsMadeWithRightsOnItsNameAlone() {
        definition(APPLIANCES).delete();
        await().atMost(PATIENCE).until(() -> definition(APPLIANCES).get() == null);

        assertThat(run(installer)).as(said()).isEqualTo(InstallerRun.DONE);

        assertThat(said()).contains(APPLIANCES + ": created");
        assertThat(definition(APPLIANCES).get().getStatus().getConditions())
                .anyMatch(condition -> condition.getType().equals("Established"));
        assertThatThrownBy(() -> installer.resource(foreign()).create())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(403));
    }

    @Test
    void nothingIsWrittenWhereOneDefinitionIsOfANewerRelease() {
        annotate(SUBNETS, "0.0.9");
        annotate(VPCS, "99.0.0");
        var before = versions();
        try {
            assertThat(run(installer)).isEqualTo(InstallerRun.REFUSED);

            assertThat(versions()).isEqualTo(before);
            assertThat(lastLine()).contains(VPCS, "install minicloud 99.0.0 or newer");
        } finally {
            annotate(VPCS, "0.0.9");
        }
    }

    @Test
    void whoHasNoRightsIsToldWhichAreMissing() {
        try (var nobody = server.clientAsServiceAccount("minicloud-system", "nobody")) {
            assertThat(run(nobody)).isEqualTo(InstallerRun.REFUSED);
        }
        assertThat(lastLine()).contains("ClusterRole minicloud-installer");
    }

    @Test
    void anApiServerThatIsAwayIsWorthAnotherTry() {
        var nowhere = new ConfigBuilder(server.adminConfig())
                .withMasterUrl("https://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var client = ApiServer.clientBuilder(nowhere).build()) {
            assertThat(run(client)).isEqualTo(InstallerRun.FAILED);
        }
        assertThat(lastLine()).contains("127.0.0.1:1");
    }

    @Test
    void aDefinitionThatIsNeverServedIsNotWaitedForForEver() {
        // The kind is taken, so the API server never establishes it.
        var twin = foreign();
        twin.getSpec().getNames().setKind("Vpc");
        try {
            var hasty = new DefinitionInstaller(server.admin(), Duration.ofSeconds(1), line -> {});
            assertThatThrownBy(() -> hasty.install(List.of(twin))).isInstanceOf(KubernetesClientTimeoutException.class);
        } finally {
            server.admin().resource(twin).delete();
        }
    }

    @Test
    void thePackagedProgramInstallsAndEnds(@TempDir Path folder) throws Exception {
        annotate(VPCS, "0.0.9");
        var jar = Tools.repository("operator/app/target/quarkus-app/quarkus-run.jar");
        assertThat(jar).as("run mvn package -pl operator/app -am first").exists();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ProcessBuilder(java, "-jar", jar.toString()).redirectErrorStream(true);
        var credential = server.serviceAccountConfig("minicloud-system", "minicloud-installer");
        command.environment().put("MINICLOUD_ROLES", "installer");
        command.environment()
                .put(
                        "KUBECONFIG",
                        server.kubeconfig(credential, folder.resolve("kubeconfig"))
                                .toString());

        var process = command.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output.lines())
                .containsExactly(
                        VPCS + ": changed, was of 0.0.9",
                        "minicloud: %d resource definitions are those of %s".formatted(PACKED.size(), release()));
    }

    private int run(KubernetesClient client) {
        return new InstallerRun(new PrintStream(said, true, StandardCharsets.UTF_8)).run(client, PACKED);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private String lastLine() {
        return said().lines().toList().getLast();
    }

    /** Makes Vpc what a release without enableDnsHostnames had, and waits until it is refused. */
    private static void older() {
        var older = packed(VPCS);
        older.getMetadata().getAnnotations().put(Labels.RELEASE, "0.0.9");
        var spec = older.getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("spec");
        assertThat(spec.getProperties().remove("enableDnsHostnames")).isNotNull();
        spec.setXKubernetesValidations(spec.getXKubernetesValidations().stream()
                .filter(rule -> !rule.getRule().contains("enableDnsHostnames"))
                .toList());
        server.admin().resource(older).forceConflicts().serverSideApply();
        await().atMost(PATIENCE).until(() -> !taken(vpc("default", ", enableDnsHostnames: true")));
    }

    private static boolean taken(String yaml) {
        var object = server.admin().getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        try {
            server.admin()
                    .resource(object)
                    .fieldValidation(Validation.STRICT)
                    .forceConflicts()
                    .serverSideApply();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private static String vpc(String namespace, String more) {
        return """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: main, namespace: %s}
                spec: {cidrBlock: 10.0.0.0/16%s}
                """.formatted(namespace, more);
    }

    private static CustomResourceDefinition foreign() {
        var foreign = packed(VPCS);
        foreign.getMetadata().setName("others.ec2.minicloud.io");
        var names = foreign.getSpec().getNames();
        names.setKind("Other");
        names.setPlural("others");
        names.setSingular("other");
        return foreign;
    }

    /** A copy, to be changed. */
    private static CustomResourceDefinition packed(String name) {
        var packed = PACKED.stream()
                .filter(definition -> definition.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
        return server.admin().getKubernetesSerialization().clone(packed);
    }

    private static String release() {
        return UpgradeRules.release(PACKED.getFirst()).orElseThrow();
    }

    private static Resource<CustomResourceDefinition> definition(String name) {
        return server.admin().apiextensions().v1().customResourceDefinitions().withName(name);
    }

    private static void annotate(String name, String release) {
        definition(name).edit(definition -> new CustomResourceDefinitionBuilder(definition)
                .editMetadata()
                .addToAnnotations(Labels.RELEASE, release)
                .endMetadata()
                .build());
    }

    private static Map<String, String> versions() {
        return server.admin().apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .map(CustomResourceDefinition::getMetadata)
                .collect(Collectors.toMap(metadata -> metadata.getName(), metadata -> metadata.getResourceVersion()));
    }
}
