package io.minicloud.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.app.proof.ProofRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code helm test} makes, who may look at it, and what the program says of it. No machine runs here: the statuses of
 * the Job and of the client are written as their owners would write them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChartTestApiIT {
    private static final String ACCOUNT = "lab";
    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir
    static Path folder;

    private static ApiServer server;
    private static KubernetesClient admin;
    private static CompletableFuture<String> test;

    @BeforeAll
    static void install() {
        server = ApiServer.start();
        admin = server.admin();
        server.kubeconfig(server.adminConfig(), folder.resolve("kubeconfig"));
        server.namespace(Chart.NAMESPACE);
        admin.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("tower")
                        .endMetadata()
                        .build())
                .create();
        helm(
                "install",
                "minicloud",
                Chart.FOLDER,
                "--no-hooks",
                "--set=minio.enabled=false",
                "--set-json=hosts=[{\"name\":\"tower\",\"zones\":[\"home-1a\",\"home-1b\"]}]",
                "--set-json=accounts=[{\"name\":\"lab\",\"namespace\":\"lab\",\"accountId\":\"111122223333\",\"createNamespace\":true}]");
        // In a thread of its own: the common pool has one per spare core, and the client needs it.
        test = CompletableFuture.supplyAsync(
                () -> helm("test", "minicloud", "--timeout=2m"), Thread::startVirtualThread);
        await().atMost(Duration.ofMinutes(1)).until(() -> test.isDone() || job() != null);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void twoMachinesInTwoSubnetsAreMade() {
        assertThat(admin.resources(Subnet.class).inNamespace(ACCOUNT).list().getItems())
                .extracting(subnet -> subnet.getSpec().availabilityZone())
                .containsExactlyInAnyOrder("home-1a", "home-1b");
        var client = admin.resources(Instance.class)
                .inNamespace(ACCOUNT)
                .withName(ProofRun.CLIENT)
                .get();
        var server = admin.resources(Instance.class)
                .inNamespace(ACCOUNT)
                .withName("minicloud-test-server")
                .get();
        var word = server.getSpec()
                .userData()
                .lines()
                .filter(line -> line.startsWith("echo "))
                .map(line -> line.split(" ")[1])
                .findFirst()
                .orElseThrow();
        // The client cannot say a word that it was never sent.
        assertThat(client.getSpec().userData())
                .contains("http://10.0.1.10:8080/word")
                .doesNotContain(word);
        assertThat(job().getSpec().getTemplate().getSpec().getServiceAccountName())
                .isEqualTo("minicloud-test");
    }

    @Test
    @Order(2)
    void theProofWaitsForTheWord() {
        status("pending", "", "ImageNotFound");
        assertThat(proof()).satisfies(run -> {
            assertThat(run.code()).isEqualTo(ProofRun.FAILED);
            assertThat(run.text()).contains("pending").contains("ImageNotFound");
        });
        // Not every end is the one that the client's user data brings about.
        status("stopped", "Client.UserInitiatedShutdown: User initiated shutdown", "Stopped");
        assertThat(proof().code()).isEqualTo(ProofRun.FAILED);
        status("stopped", "Client.InstanceInitiatedShutdown: Instance initiated shutdown", "InstanceInitiatedShutdown");
        assertThat(proof().code()).isEqualTo(ProofRun.PROVED);
    }

    @Test
    @Order(3)
    void theProofSeesItsClientAndNothingElse() {
        try (var own = server.clientAsServiceAccount(ACCOUNT, "minicloud-test")) {
            assertForbidden(
                    () -> own.resources(Instance.class).inNamespace(ACCOUNT).list());
            assertForbidden(() -> own.resources(Vpc.class).inNamespace(ACCOUNT).list());
            assertForbidden(() -> own.secrets().inNamespace(ACCOUNT).list());
            assertForbidden(() -> own.resources(Instance.class)
                    .inNamespace(ACCOUNT)
                    .withName(ProofRun.CLIENT)
                    .delete());
        }
    }

    @Test
    @Order(4)
    void nothingOfASuccessfulTestIsLeft() {
        admin.resource(job()).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status": {"succeeded": 1, "startTime": "2026-11-21T10:00:00Z", "completionTime": "2026-11-21T10:00:01Z", "conditions": [
                          {"type": "SuccessCriteriaMet", "status": "True", "lastTransitionTime": "2026-11-21T10:00:01Z"},
                          {"type": "Complete", "status": "True", "lastTransitionTime": "2026-11-21T10:00:01Z"}]}}
                        """);

        assertThat(test.join()).contains("Succeeded");
        assertThat(job()).isNull();
        assertThat(admin.resources(Instance.class).inNamespace(ACCOUNT).list().getItems())
                .isEmpty();
        assertThat(admin.resources(Vpc.class).inNamespace(ACCOUNT).list().getItems())
                .isEmpty();
        assertThat(admin.rbac()
                        .roles()
                        .inNamespace(ACCOUNT)
                        .withName("minicloud-test")
                        .get())
                .isNull();
    }

    private record Run(int code, String text) {}

    private static Run proof() {
        var output = new ByteArrayOutputStream();
        var config = new ConfigBuilder(server.serviceAccountConfig(ACCOUNT, "minicloud-test"))
                .withNamespace(ACCOUNT)
                .build();
        try (var own = ApiServer.clientBuilder(config).build()) {
            var code = new ProofRun(new PrintStream(output, true, StandardCharsets.UTF_8)).run(own, SOON);
            return new Run(code, output.toString(StandardCharsets.UTF_8));
        }
    }

    private static void status(String state, String stateReason, String ready) {
        admin.resources(Instance.class)
                .inNamespace(ACCOUNT)
                .withName(ProofRun.CLIENT)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status": {"state": "%s", "stateReason": "%s", "conditions": [
                          {"type": "Ready", "status": "False", "reason": "%s", "message": "m", "lastTransitionTime": "2026-11-21T10:00:00Z"}]}}
                        """.formatted(state, stateReason, ready));
    }

    private static Job job() {
        return admin.batch()
                .v1()
                .jobs()
                .inNamespace(ACCOUNT)
                .withName("minicloud-test")
                .get();
    }

    private static String helm(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--namespace",
                Chart.NAMESPACE,
                "--kubeconfig",
                folder.resolve("kubeconfig").toString()));
        return Chart.helm(all.toArray(String[]::new));
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                .isEqualTo(403));
    }
}
