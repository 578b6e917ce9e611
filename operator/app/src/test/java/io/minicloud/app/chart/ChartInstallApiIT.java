package io.minicloud.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.api.host.Host;
import io.minicloud.api.organizations.Account;
import io.minicloud.api.testing.ApiServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart installed by Helm itself on a real API server, which has the nodes tower and node-2.example. No controller of
 * Kubernetes runs there: objects are made and no pod starts, so hooks are left out.
 */
class ChartInstallApiIT {
    private static final String TOWER = "--set-json=hosts=[{\"name\":\"tower\",\"zones\":[\"home-1a\"]}]";
    private static final String LAB =
            "--set-json=accounts=[{\"name\":\"lab\",\"namespace\":\"lab\",\"accountId\":\"111122223333\",\"createNamespace\":%s}]";

    @TempDir
    static Path folder;

    private static ApiServer server;
    private static KubernetesClient admin;

    @BeforeAll
    static void start() {
        server = ApiServer.start();
        admin = server.admin();
        server.kubeconfig(server.adminConfig(), folder.resolve("kubeconfig"));
        server.namespace(Chart.NAMESPACE);
        node("tower", Map.of());
        node("node-2.example", Map.of("minicloud.io/host", "true"));
        storageClass(true);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void uninstall() {
        helm("uninstall", "minicloud", "--namespace", Chart.NAMESPACE, "--ignore-not-found", "--no-hooks");
    }

    /** By Helm, which is as strict as kubectl, and once more by apply, as hack/up does it. */
    @Test
    void theServerTakesEveryObjectThatTheChartMakes() {
        var everything = new String[] {
            "--set-json=hosts=[{\"name\":\"tower\",\"zones\":[\"home-1a\"]},{\"name\":\"second\",\"node\":\"node-2.example\",\"zones\":[\"home-1b\"]}]",
            LAB.formatted(true),
            "--set=catalogue.enabled=true",
            "--set=metrics.agents=true",
            "--set=agent.priorityClassName=system-node-critical",
            "--set=minio.service.type=NodePort",
            "--set=minio.service.nodePort=30900"
        };
        install(everything);

        assertThat(Rendered.objects(everything)).hasSizeGreaterThan(60).allSatisfy(ChartInstallApiIT::dryRun);
    }

    @Test
    void whatAnUpgradeKeepsAndWhatARemovalKeeps() {
        install(TOWER, LAB.formatted(true));
        var credentials = credentials();
        assertThat(admin.resources(PodDisruptionBudget.class)
                        .inNamespace(Chart.NAMESPACE)
                        .list()
                        .getItems())
                .hasSize(1);

        var notes = upgrade("--reuse-values", "--set=controller.replicas=1");
        assertThat(credentials()).isEqualTo(credentials);
        assertThat(admin.resources(PodDisruptionBudget.class)
                        .inNamespace(Chart.NAMESPACE)
                        .list()
                        .getItems())
                .isEmpty();
        // The labelled node, with the command that makes it a host beside the other.
        assertThat(notes)
                .contains("--set-json 'hosts=[{\"name\":\"tower\",\"zones\":[\"home-1a\"]},"
                        + "{\"name\":\"node-2-example\",\"node\":\"node-2.example\",\"zones\":[\"home-1a\"]}]'");

        uninstall();
        assertThat(workloads()).isEmpty();
        assertThat(credentials()).isEqualTo(credentials);
        assertThat(admin.resources(Host.class).withName("tower").get()).isNotNull();
        assertThat(admin.resources(Account.class).withName("lab").get()).isNotNull();
        for (var namespace : List.of("minicloud-fabric", "minicloud-authorities", "minicloud-host-tower", "lab")) {
            assertThat(admin.namespaces().withName(namespace).get().isMarkedForDeletion())
                    .isFalse();
        }

        install(TOWER, LAB.formatted(true));
        assertThat(credentials()).isEqualTo(credentials);
        assertThat(workloads()).isNotEmpty();
    }

    @Test
    void aSecondReleaseIsToldOfTheFirst() {
        install(TOWER);

        assertThat(dry("other", TOWER)).contains("as the release minicloud in the namespace minicloud-system");
    }

    @Test
    void anInstallationWithoutHelmIsNotWrittenOver() {
        server.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: minicloud-controller}
                """);
        try {
            assertThat(dry("minicloud", TOWER))
                    .contains("installed without Helm")
                    .contains("hack/down");
        } finally {
            admin.rbac().clusterRoles().withName("minicloud-controller").delete();
        }
    }

    /** The API server would only name the fields of a StatefulSet that may change. */
    @Test
    void aClaimIsNotChangedByAnUpgrade() {
        install(TOWER);

        assertThat(Chart.complaint(withCluster(with(
                        List.of("upgrade", "minicloud", Chart.FOLDER, "--namespace", Chart.NAMESPACE, "--no-hooks"),
                        TOWER,
                        "--set=minio.persistence.size=30Gi"))))
                .contains("MinIO has a claim of 20Gi")
                .contains("patch pvc");
    }

    @Test
    void aNodeThatIsNotThereIsAnsweredWithThoseThatAre() {
        assertThat(dry("minicloud", "--set-json=hosts=[{\"name\":\"towel\",\"zones\":[\"home-1a\"]}]"))
                .contains("node towel")
                .contains("tower")
                .contains("node-2.example");
        assertThat(dry("minicloud", TOWER, "--set=minio.persistence.hostPath=/srv/s3"))
                .contains("minio.persistence.node");
    }

    @Test
    void theNamespaceOfAnAccountIsMadeOrThereAsTheValuesSay() {
        var shop = server.freshNamespace("shop");
        var account =
                "--set-json=accounts=[{\"name\":\"shop\",\"namespace\":\"%s\",\"accountId\":\"111122224444\",\"createNamespace\":%s}]";

        assertThat(dry("minicloud", TOWER, account.formatted(shop, true))).contains("createNamespace: false");
        assertThat(dry("minicloud", TOWER, account.formatted("absent", false))).contains("createNamespace: true");
        install(TOWER, account.formatted(shop, false));
    }

    @Test
    void anAccountThatSomebodyMadeStaysHis() {
        var shed = server.freshNamespace("shed");
        server.apply("""
                apiVersion: organizations.minicloud.io/v1alpha1
                kind: Account
                metadata: {name: shed}
                spec: {namespace: %s, accountId: "111122225555"}
                """.formatted(shed));

        install(
                TOWER,
                "--set-json=accounts=[{\"name\":\"shed\",\"namespace\":\"%s\",\"accountId\":\"111122225555\"}]"
                        .formatted(shed));

        assertThat(admin.resources(Account.class)
                        .withName("shed")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .doesNotContainKey("meta.helm.sh/release-name");
        assertThat(admin.rbac()
                        .roleBindings()
                        .inNamespace(shed)
                        .withName("minicloud-controller-secrets")
                        .get())
                .isNotNull();
    }

    @Test
    void aNamespaceOfAnotherIsNotTakenAsAHosts() {
        server.namespace("minicloud-host-taken");

        assertThat(dry(
                        "minicloud",
                        "--set-json=hosts=[{\"name\":\"taken\",\"node\":\"tower\",\"zones\":[\"home-1a\"]}]"))
                .contains("minicloud-host-taken is there already and not of this release");
    }

    @Test
    void aMissingSecretIsAnsweredWithTheCommandThatMakesIt() {
        var own = new String[] {
            TOWER, "--set=minio.enabled=false", "--set=s3.endpoint=http://s3.example", "--set=s3.existingSecret=own"
        };

        assertThat(dry("minicloud", own)).contains("kubectl -n minicloud-system create secret generic own");
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("own")
                        .withNamespace(Chart.NAMESPACE)
                        .endMetadata()
                        .withStringData(Map.of("config.env", "MINIO_ROOT_USER=a\nMINIO_ROOT_PASSWORD=b\n"))
                        .build())
                .create();
        install(own);
    }

    @Test
    void withoutAStorageClassTheThreeWaysOutAreNamed() {
        storageClass(false);
        try {
            assertThat(dry("minicloud", TOWER))
                    .contains("minio.persistence.storageClass")
                    .contains("minio.persistence.hostPath")
                    .contains("s3.endpoint");
            install(TOWER, "--set=minio.persistence.hostPath=/srv/s3", "--set=minio.persistence.node=tower");
        } finally {
            storageClass(true);
        }
    }

    private static void install(String... arguments) {
        helm(with(
                List.of(
                        "install",
                        "minicloud",
                        Chart.FOLDER,
                        "--namespace",
                        Chart.NAMESPACE,
                        "--no-hooks",
                        "--set=catalogue.enabled=false"),
                arguments));
    }

    private static String upgrade(String... arguments) {
        return helm(with(
                List.of("upgrade", "minicloud", Chart.FOLDER, "--namespace", Chart.NAMESPACE, "--no-hooks"),
                arguments));
    }

    /** Why an installation is refused; nothing is made. */
    private static String dry(String release, String... arguments) {
        return Chart.complaint(withCluster(with(
                List.of("install", release, Chart.FOLDER, "--namespace", Chart.NAMESPACE, "--dry-run=server"),
                arguments)));
    }

    private static String helm(String... arguments) {
        return Chart.helm(withCluster(arguments));
    }

    private static String[] withCluster(String... arguments) {
        return with(
                List.of(arguments), "--kubeconfig", folder.resolve("kubeconfig").toString());
    }

    private static String[] with(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    private static Map<String, String> credentials() {
        return admin.secrets()
                .inNamespace(Chart.NAMESPACE)
                .withName("minicloud-minio")
                .get()
                .getData();
    }

    private static List<HasMetadata> workloads() {
        var all = new ArrayList<HasMetadata>();
        all.addAll(admin.resources(Deployment.class).inAnyNamespace().list().getItems());
        all.addAll(admin.resources(DaemonSet.class).inAnyNamespace().list().getItems());
        return all;
    }

    private static void dryRun(HasMetadata object) {
        var apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("dry")
                .withFieldValidation("Strict")
                .withForce(true)
                .withDryRun(List.of("All"))
                .build();
        assertThat(admin.resource(object).patch(apply)).isNotNull();
    }

    private static void node(String name, Map<String, String> labels) {
        admin.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
    }

    private static void storageClass(boolean isDefault) {
        admin.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("local")
                        .addToAnnotations("storageclass.kubernetes.io/is-default-class", String.valueOf(isDefault))
                        .endMetadata()
                        .withProvisioner("test.example/none")
                        .build())
                .serverSideApply();
    }
}
