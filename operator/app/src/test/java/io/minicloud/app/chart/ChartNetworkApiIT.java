package io.minicloud.app.chart;

import static io.minicloud.app.chart.Rendered.environment;
import static io.minicloud.app.chart.Rendered.of;
import static io.minicloud.app.chart.Rendered.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who reaches the programs of the chart, and what they reach. */
class ChartNetworkApiIT {
    @Test
    void theControllerIsReachedForMetricsOnlyAndReachesTheServersItNeeds() {
        var controller = one(NetworkPolicy.class, "minicloud-controller");
        var store = one(NetworkPolicy.class, "minicloud-minio");

        assertThat(controller.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(controller.getSpec().getIngress()).singleElement().satisfies(rule -> assertThat(rule.getFrom())
                .isNotEmpty());
        assertThat(ports(controller)).containsExactly("443", "6443", "9000");
        assertThat(store.getSpec().getEgress()).isEmpty();
        // An empty list of sources would let everybody in.
        assertThat(one(NetworkPolicy.class, "minicloud-controller", "--set-json=networkPolicy.metricsFrom=[]")
                        .getSpec()
                        .getIngress())
                .isEmpty();
        assertThat(of(NetworkPolicy.class, "--set=networkPolicy.enabled=false")).isEmpty();
    }

    @Test
    void aStoreOfOnesOwnIsUsedWithItsSecret() {
        var own = new String[] {
            "--set=minio.enabled=false",
            "--set=s3.endpoint=https://minio.example",
            "--set=s3.publicEndpoint=https://s3.example",
            "--set=s3.existingSecret=store"
        };
        var pod = one(Deployment.class, "minicloud-controller", own)
                .getSpec()
                .getTemplate()
                .getSpec();

        assertThat(of(StatefulSet.class, own)).isEmpty();
        assertThat(of(Secret.class, own)).isEmpty();
        assertThat(environment(pod))
                .containsEntry("MINICLOUD_S3_ENDPOINT", "https://minio.example")
                .containsEntry("MINICLOUD_S3_PUBLIC_ENDPOINT", "https://s3.example");
        assertThat(pod.getVolumes().stream().filter(volume -> volume.getSecret() != null))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("store"));
        assertThat(ports(one(NetworkPolicy.class, "minicloud-controller", own))).contains("443", "53");
    }

    @Test
    void prometheusIsToldWhereItsOperatorIsThere() {
        assertThat(monitors()).isEmpty();
        assertThat(monitors("--api-versions=monitoring.coreos.com/v1", "--set=metrics.serviceMonitor.labels.release=p"))
                .singleElement()
                .satisfies(
                        monitor -> assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "p"));
        assertThat(monitors("--api-versions=monitoring.coreos.com/v1", "--set=metrics.serviceMonitor.enabled=false"))
                .isEmpty();
        assertThat(of(Service.class, "--set=metrics.agents=true").stream()
                        .filter(service -> service.getMetadata().getLabels().containsKey("minicloud.io/metrics"))
                        .map(service -> service.getMetadata().getNamespace()))
                .containsExactlyInAnyOrder("minicloud-system", "minicloud-host-tower", "minicloud-host-shed");
    }

    private static List<HasMetadata> monitors(String... arguments) {
        return Rendered.objects(arguments).stream()
                .filter(object -> object.getKind().equals("ServiceMonitor"))
                .toList();
    }

    private static List<String> ports(NetworkPolicy policy) {
        return policy.getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> String.valueOf(port.getPort().getValue()))
                .toList();
    }
}
