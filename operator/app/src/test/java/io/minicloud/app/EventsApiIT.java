package io.minicloud.app;

import static io.minicloud.app.Installed.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.HostImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transitions as a person sees them, told by the packaged program under the rights of the chart. */
class EventsApiIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CLOUD = """
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Vpc
            metadata: {name: main, namespace: lab}
            spec: {cidrBlock: 10.0.0.0/16, tags: {env: %s}}
            ---
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Subnet
            metadata: {name: a, namespace: lab}
            spec: {vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: home-1a}
            ---
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Instance
            metadata: {name: web, namespace: lab}
            spec: {imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: a}}
            ---
            apiVersion: s3.minicloud.io/v1alpha1
            kind: Bucket
            metadata: {name: lab-files, namespace: lab}
            spec: {}
            """;

    private static final String CERTIFICATE = """
            apiVersion: acm.minicloud.io/v1alpha1
            kind: Certificate
            metadata: {name: site, namespace: lab}
            spec: {domainName: shop.lab, tags: {look: %s}}
            """;

    private static final String IMAGE = """
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Image
            metadata: {name: %s, namespace: lab}
            spec:
              format: raw
              source: {file: tiny.raw, sha256: abababababababababababababababababababababababababababababababab}
            """;

    private static final String OTHER_VPC = """
            apiVersion: ec2.minicloud.io/v1alpha1
            kind: Vpc
            metadata: {name: other, namespace: lab}
            spec: {cidrBlock: 10.1.0.0/16}
            """;

    @TempDir
    private Path folder;

    private Installed installed;

    @BeforeEach
    void install() {
        installed = new Installed(folder);
    }

    @AfterEach
    void remove() throws InterruptedException {
        installed.remove();
    }

    @Test
    void theControllerTellsOfEveryTransitionOnce() throws Exception {
        installed.start("minicloud.roles=controller").awaitLog("this controller leads");
        hostWithoutHeartbeat();
        installed.apply(IMAGE.formatted("tiny"));
        installed.apply(CLOUD.formatted("lab"));

        awaitEvent("lab", "Bucket", "lab-files", "Warning EngineUnavailable");
        awaitEvent("lab", "Subnet", "a", "Normal Ready");
        awaitEvent("lab", "Instance", "web", "Normal ImagePending");
        checked("tiny");
        awaitEvent("lab", "Image", "tiny", "Normal Available");
        awaitEvent("lab", "Instance", "web", "Warning InsufficientInstanceCapacity");
        assertThat(told("lab", "Vpc", "main")).containsExactly("Normal Ready");
        var ready = events("lab", "Vpc", "main").getFirst();
        assertThat(ready.getNote()).contains("Accepted=True", "Ready=True");
        assertThat(ready.getReportingController()).isEqualTo("minicloud-controller");
        assertThat(installed.kubectl("describe", "vpc", "main", "-n", "lab"))
                .containsPattern("Normal +Ready .*minicloud-controller.*Accepted=True");
        assertThat(installed.kubectl("events", "-n", "lab", "--for", "instance/web"))
                .containsPattern("Warning +InsufficientInstanceCapacity +Instance/web");

        // The status is written anew, for another generation, but nothing happened to the VPC.
        installed.apply(CLOUD.formatted("home"));
        await().atMost(START)
                .until(() -> Objects.equals(2L, vpc("main").getStatus().observedGeneration()));
        installed.apply(OTHER_VPC);
        awaitEvent("lab", "Vpc", "other", "Normal Ready");
        assertThat(told("lab", "Vpc", "main")).containsExactly("Normal Ready");
        assertThat(told("lab", "Bucket", "lab-files")).containsExactly("Warning EngineUnavailable");
    }

    @Test
    void aCertificateIsIssuedUnderTheRightsOfTheChartAndItsLossIsTold() throws Exception {
        installed.start("minicloud.roles=controller").awaitLog("this controller leads");
        installed.apply(CERTIFICATE.formatted("first"));
        awaitEvent("lab", "Certificate", "site", "Normal Ready");
        assertThat(told("lab", "Certificate", "site")).containsExactly("Normal Ready");

        installed.kubectl("delete", "secret", "site-certificate", "-n", "lab");
        installed.apply(CERTIFICATE.formatted("second"));

        awaitEvent("lab", "Certificate", "site", "Warning CertificateLost");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(installed.kubectl("get", "secret", "site-certificate", "-n", "lab"))
                        .contains("kubernetes.io/tls"));
        installed.kubectl("delete", "certificate", "site", "-n", "lab");
        assertThat(installed.kubectl("get", "secrets", "-n", "lab")).doesNotContain("site-certificate");
    }

    @Test
    void aDeletionThatWaitsSaysForWhomAndOneThatIsCompleteSaysSo() throws Exception {
        installed.start("minicloud.roles=controller").awaitLog("this controller leads");
        installed.apply(CLOUD.formatted("lab"));
        installed.apply(IMAGE.formatted("old"));
        awaitEvent("lab", "Subnet", "a", "Normal Ready");
        awaitEvent("lab", "Image", "old", "Warning NoHost");

        installed.admin().resource(vpc("main")).delete();
        installed.kubectl("delete", "image", "old", "-n", "lab");

        awaitEvent("lab", "Vpc", "main", "Warning DependencyViolation");
        awaitEvent("lab", "Image", "old", "Normal Deleted");
        assertThat(events("lab", "Vpc", "main").getLast().getNote()).contains("Subnet a");
    }

    @Test
    void theAgentTellsOfItsHost() throws Exception {
        var program = installed.start("minicloud.embedded=true");
        program.awaitReady();

        await().atMost(START).untilAsserted(() -> assertThat(events("default", "Host", "tower"))
                .as(program.log())
                .extracting(Event::getReportingController)
                .contains("minicloud-agent"));
        assertThat(installed.kubectl("describe", "host", "tower")).contains("minicloud-agent");
    }

    /** A machine that said once that it is ready, and has no agent that goes on saying so: no place for instances. */
    private void hostWithoutHeartbeat() throws Exception {
        patchStatus("host/tower", "", """
                {"status": {"allocatable": {"vCpus": 16, "memoryMiB": 8192, "diskGiB": 100}, "conditions": [%s]}}
                """.formatted(conditions()));
    }

    /** The agent's part: the copy of the image was found good. */
    private void checked(String image) throws Exception {
        await().atMost(START).until(() -> hostImage(image) != null);
        patchStatus("hostimage/" + hostImage(image).getMetadata().getName(), "minicloud-host-tower", """
                {"status": {"observedGeneration": 1, "state": "available", "virtualSizeBytes": 1024, "conditions": [%s]}}
                """.formatted(
                        conditions()));
    }

    private HostImage hostImage(String image) {
        return installed
                .admin()
                .resources(HostImage.class)
                .inNamespace("minicloud-host-tower")
                .list()
                .getItems()
                .stream()
                .filter(found ->
                        image.equals(found.getMetadata().getAnnotations().get(Labels.OWNER_NAME)))
                .findFirst()
                .orElse(null);
    }

    private void patchStatus(String object, String namespace, String patch) throws Exception {
        installed.kubectl(
                "patch", object, "-n", namespace, "--subresource", "status", "--type", "merge", "--patch", patch);
    }

    private static String conditions() {
        var condition = """
                {"type": "%s", "status": "True", "reason": "Observed", "message": "", "observedGeneration": 1,
                 "lastTransitionTime": "2026-11-21T10:00:00Z"}""";
        return String.join(
                ",",
                List.of(
                        condition.formatted("Accepted"),
                        condition.formatted("Programmed"),
                        condition.formatted("Ready")));
    }

    private void awaitEvent(String namespace, String kind, String name, String event) {
        await().atMost(START)
                .untilAsserted(() -> assertThat(told(namespace, kind, name)).contains(event));
    }

    private List<String> told(String namespace, String kind, String name) {
        return events(namespace, kind, name).stream()
                .map(event -> event.getType() + " " + event.getReason())
                .toList();
    }

    private List<Event> events(String namespace, String kind, String name) {
        return installed.admin().resources(Event.class).inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getRegarding().getKind().equals(kind))
                .filter(event -> event.getRegarding().getName().equals(name))
                .sorted(Comparator.comparing(event -> event.getEventTime().getTime()))
                .toList();
    }

    private Vpc vpc(String name) {
        return installed
                .admin()
                .resources(Vpc.class)
                .inNamespace("lab")
                .withName(name)
                .get();
    }
}
