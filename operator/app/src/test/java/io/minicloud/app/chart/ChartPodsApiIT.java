package io.minicloud.app.chart;

import static io.minicloud.app.chart.Rendered.container;
import static io.minicloud.app.chart.Rendered.environment;
import static io.minicloud.app.chart.Rendered.node;
import static io.minicloud.app.chart.Rendered.of;
import static io.minicloud.app.chart.Rendered.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs that the chart runs: what each may do on its node, and how it is fed and watched. */
class ChartPodsApiIT {
    private static final int STARTUP_SECONDS = 180;

    @Test
    void aControllerHasNoRightOnItsNode() {
        assertUnprivileged(controller().getSpec().getTemplate().getSpec());
        assertUnprivileged(minio().getSpec().getTemplate().getSpec());
    }

    @Test
    void controllersReplaceEachOtherOneByOneAndPreferTwoNodes() {
        var spec = controller().getSpec();
        var apart = spec.getTemplate().getSpec().getAffinity().getPodAntiAffinity();

        assertThat(spec.getReplicas()).isEqualTo(2);
        assertThat(spec.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
                .isZero();
        assertThat(apart.getRequiredDuringSchedulingIgnoredDuringExecution()).isEmpty();
        assertThat(apart.getPreferredDuringSchedulingIgnoredDuringExecution())
                .singleElement()
                .satisfies(term -> {
                    assertThat(term.getPodAffinityTerm().getTopologyKey()).isEqualTo("kubernetes.io/hostname");
                    assertThat(term.getPodAffinityTerm().getLabelSelector().getMatchLabels())
                            .isEqualTo(spec.getSelector().getMatchLabels());
                });
        assertThat(spec.getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(spec.getSelector().getMatchLabels());
    }

    @Test
    void aDrainWaitsForTheOtherControllerWhereThereIsOne() {
        assertThat(of(PodDisruptionBudget.class)).singleElement().satisfies(budget -> assertThat(
                        budget.getSpec().getMaxUnavailable().getIntVal())
                .isEqualTo(1));
        assertThat(of(PodDisruptionBudget.class, "--set=controller.replicas=1")).isEmpty();
    }

    /** 5,000 objects take about 270 MiB. */
    @Test
    void aControllerHasRoomForFiveThousandObjects() {
        var resources =
                container(controller().getSpec().getTemplate().getSpec()).getResources();

        assertThat(Quantity.getAmountInBytes(resources.getLimits().get("memory")))
                .isEqualByComparingTo(BigDecimal.valueOf(512L << 20));
        assertThat(resources.getRequests()).containsKeys("cpu", "memory");
    }

    @Test
    void anAgentHasExactlyTheseRights() {
        assertThat(agents()).allSatisfy(agent -> {
            var pod = agent.getSpec().getTemplate().getSpec();
            var security = container(pod).getSecurityContext();

            assertThat(security.getPrivileged()).isFalse();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getCapabilities().getAdd())
                    .containsExactlyInAnyOrder(
                            "SYS_ADMIN",
                            "SYS_CHROOT",
                            "SYS_PTRACE",
                            "NET_ADMIN",
                            "NET_RAW",
                            "NET_BIND_SERVICE",
                            "CHOWN",
                            "FOWNER",
                            "DAC_OVERRIDE",
                            "SETUID",
                            "SETGID",
                            "SETPCAP",
                            "KILL");
            assertThat(pod.getHostNetwork()).isTrue();
            assertThat(pod.getHostPID()).isTrue();
            assertThat(pod.getHostIPC()).isNull();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("Unconfined");
            assertThat(pod.getVolumes().stream()
                            .filter(volume -> volume.getHostPath() != null)
                            .map(volume -> volume.getHostPath().getPath()))
                    .containsExactly("/var/lib/minicloud");
        });
    }

    /** Pods of one DaemonSet share an identity, so each host has one of its own, on its own node. */
    @Test
    void eachHostThatIsANodeHasAnAgentOfItsOwn() {
        assertThat(agents().collect(Collectors.toMap(
                        agent -> agent.getMetadata().getNamespace(),
                        agent -> node(agent.getSpec().getTemplate().getSpec()))))
                .isEqualTo(Map.of("minicloud-host-tower", "tower", "minicloud-host-shed", "shed.example"));
        assertThat(agents()).allSatisfy(agent -> {
            var pod = agent.getSpec().getTemplate().getSpec();
            var own = agent.getMetadata().getNamespace().substring("minicloud-host-".length());
            assertThat(pod.getServiceAccountName()).isEqualTo("minicloud-agent");
            assertThat(environment(pod)).containsEntry("MINICLOUD_HOST", own).containsEntry("MINICLOUD_ROLES", "agent");
            assertThat(agent.getSpec().getSelector().getMatchLabels())
                    .isNotEqualTo(controller().getSpec().getSelector().getMatchLabels());
        });
    }

    /** The namespaces of agents, and no others, take pods with such rights where a cluster enforces pod security. */
    @Test
    void onlyTheNamespacesOfAgentsTakePrivilegedPods() {
        assertThat(of(Namespace.class).stream()
                        .filter(namespace ->
                                namespace.getMetadata().getLabels().containsKey("pod-security.kubernetes.io/enforce"))
                        .map(namespace -> namespace.getMetadata().getName()))
                .containsExactlyInAnyOrder("minicloud-host-tower", "minicloud-host-shed");
    }

    @Test
    void anAgentAnswersOnLoopbackUnlessItIsToBeScraped() {
        assertThat(agents()).allSatisfy(agent -> {
            var pod = agent.getSpec().getTemplate().getSpec();
            assertThat(environment(pod)).containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1");
            assertThat(container(pod).getStartupProbe().getHttpGet().getHost()).isEqualTo("127.0.0.1");
        });
        assertThat(of(DaemonSet.class, "--set=metrics.agents=true")).allSatisfy(agent -> {
            var answering = container(agent.getSpec().getTemplate().getSpec());
            assertThat(variable(answering, "QUARKUS_HTTP_HOST")
                            .getValueFrom()
                            .getFieldRef()
                            .getFieldPath())
                    .isEqualTo("status.podIP");
            assertThat(answering.getStartupProbe().getHttpGet().getHost()).isNull();
        });
    }

    static Stream<PodSpec> pods() {
        return Stream.of(
                controller().getSpec().getTemplate().getSpec(),
                minio().getSpec().getTemplate().getSpec(),
                agents().findFirst().orElseThrow().getSpec().getTemplate().getSpec());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void aSlowMachineHasThreeMinutesToStart(PodSpec pod) {
        var container = container(pod);

        assertThat(seconds(container.getStartupProbe())).isGreaterThanOrEqualTo(STARTUP_SECONDS);
        assertThat(seconds(container.getLivenessProbe())).isGreaterThanOrEqualTo(60);
        assertThat(container.getReadinessProbe()).isNotNull();
        assertThat(container.getResources().getLimits()).containsKey("memory");
    }

    @Test
    void onlyThePodsOfBothBrainsHaveATokenAndTheAccountsHandOutNone() {
        assertThat(controller().getSpec().getTemplate().getSpec().getAutomountServiceAccountToken())
                .isTrue();
        assertThat(agents()).allSatisfy(agent -> assertThat(
                        agent.getSpec().getTemplate().getSpec().getAutomountServiceAccountToken())
                .isTrue());
        assertThat(minio().getSpec().getTemplate().getSpec().getAutomountServiceAccountToken())
                .isFalse();
        assertThat(of(ServiceAccount.class)).allSatisfy(account -> assertThat(account.getAutomountServiceAccountToken())
                .isFalse());
    }

    @Test
    void anImageIsTheOneOfTheFileOrOfARegistryOfOnesOwn() {
        assertThat(pods().map(Rendered::container))
                .extracting(Container::getImagePullPolicy)
                .containsOnly("IfNotPresent");
        assertThat(container(agents().findFirst()
                                .orElseThrow()
                                .getSpec()
                                .getTemplate()
                                .getSpec())
                        .getImage())
                .startsWith("localhost/minicloud/operator:");
        var own = one(
                Deployment.class,
                "minicloud-controller",
                "--set=image.repository=registry.example/minicloud/operator",
                "--set=image.tag=1.2.3");
        assertThat(container(own.getSpec().getTemplate().getSpec()).getImage())
                .isEqualTo("registry.example/minicloud/operator:1.2.3");
    }

    @Test
    void theBundledStoreKeepsItsDataAndItsCredentials() {
        var secret = one(Secret.class, "minicloud-minio");

        assertThat(secret.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
        assertThat(new String(Base64.getDecoder().decode(secret.getData().get("config.env")), StandardCharsets.UTF_8))
                .matches("MINIO_ROOT_USER=root-[a-z0-9]{12}\nMINIO_ROOT_PASSWORD=[A-Za-z0-9]{40}\n");
        assertThat(minio().getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
                .isEqualTo("Retain");
        assertThat(environment(controller().getSpec().getTemplate().getSpec()))
                .containsEntry(
                        "MINICLOUD_S3_ENDPOINT",
                        "http://$(MINICLOUD_MINIO_SERVICE_HOST):$(MINICLOUD_MINIO_SERVICE_PORT)")
                .containsEntry("MINICLOUD_S3_CREDENTIALS_FILE", "/etc/minicloud/s3/config.env");
    }

    @Test
    void aFolderOfTheNodeTakesTheClaimsPlace() {
        var store = of(
                        StatefulSet.class,
                        "--set=minio.persistence.hostPath=/srv/s3",
                        "--set=minio.persistence.node=tower")
                .getFirst()
                .getSpec();
        var pod = store.getTemplate().getSpec();

        assertThat(store.getVolumeClaimTemplates()).isEmpty();
        assertThat(pod.getVolumes().stream().filter(volume -> volume.getHostPath() != null))
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getHostPath().getPath()).isEqualTo("/srv/s3");
                    assertThat(volume.getHostPath().getType()).isEqualTo("Directory");
                });
        assertThat(node(pod)).isEqualTo("tower");
    }

    private static void assertUnprivileged(PodSpec pod) {
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532L);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        var security = container(pod).getSecurityContext();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).isEmpty();
    }

    private static int seconds(Probe probe) {
        return probe.getPeriodSeconds() * probe.getFailureThreshold();
    }

    private static EnvVar variable(Container container, String name) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Deployment controller() {
        return one(Deployment.class, "minicloud-controller");
    }

    private static StatefulSet minio() {
        return one(StatefulSet.class, "minicloud-minio");
    }

    private static Stream<DaemonSet> agents() {
        return of(DaemonSet.class).stream();
    }
}
