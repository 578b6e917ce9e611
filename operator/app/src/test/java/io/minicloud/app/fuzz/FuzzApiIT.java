package io.minicloud.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.app.Installed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand manifests made of the schemas themselves. Whatever they say, the API server answers with what is wrong, the
 * controller lives, and a good VPC that comes between them is ready as fast as alone.
 */
class FuzzApiIT {
    private static final long SEED = 20261121;
    private static final int MANIFESTS = 10_000;
    private static final int BETWEEN_GOOD_ONES = 1_000;
    private static final int WRITERS = 4;
    private static final int NAMES = 400;
    private static final double CHANGE = 0.15;
    private static final double DELETE = 0.1;
    private static final int SERVER_ERROR = 500;
    private static final Duration AS_FAST_AS_ALONE = Duration.ofSeconds(10);
    private static final Pattern BUG = Pattern.compile(
            "(NullPointer|ClassCast|IndexOutOfBounds|NumberFormat|Arithmetic|NoSuchElement|StackOverflow)\\w*");
    private static final List<String> GROUPS =
            List.of("ec2.minicloud.io", "elbv2.minicloud.io", "s3.minicloud.io", "organizations.minicloud.io");

    @TempDir
    private Path folder;

    private final ManifestGenerator generator = new ManifestGenerator(SEED);
    private final List<String> serverErrors = new ArrayList<>();
    private Installed installed;
    private int accepted;

    @BeforeEach
    void install() {
        installed = new Installed(folder);
    }

    @AfterEach
    void remove() throws InterruptedException {
        installed.remove();
    }

    @Test
    void nothingThatIsWrittenStopsTheControllerOrDelaysAnother() throws Exception {
        var program = installed.start("minicloud.roles=controller");
        program.awaitLog("this controller leads");
        var kinds = installed.admin().apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .filter(kind -> GROUPS.contains(kind.getSpec().getGroup()))
                .toList();
        assertThat(kinds).hasSizeGreaterThan(8);

        for (var written = 0; written < MANIFESTS; written += BETWEEN_GOOD_ONES) {
            write(kinds);
            aGoodVpcIsReady("good-" + written);
        }

        assertThat(program.process().isAlive()).as(program.log()).isTrue();
        assertThat(serverErrors).isEmpty();
        // Neither all refused nor all taken: then the generator would prove little.
        assertThat(accepted).isBetween(MANIFESTS / 20, MANIFESTS * 19 / 20);
        assertThat(BUG.matcher(program.log()).results().map(found -> found.group()))
                .isEmpty();
    }

    private void write(List<CustomResourceDefinition> kinds) throws Exception {
        // The order of what is made is that of the seed; who writes it first is not.
        var requests = new ArrayList<Callable<Boolean>>();
        for (var number = 0; number < BETWEEN_GOOD_ONES; number++) {
            requests.add(request(generator.oneOf(kinds)));
        }
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            for (var done : writers.invokeAll(requests)) {
                accepted += done.get() ? 1 : 0;
            }
        }
    }

    private Callable<Boolean> request(CustomResourceDefinition kind) throws Exception {
        var group = kind.getSpec().getGroup() + "/v1alpha1";
        var folder = "/apis/" + group + (kind.getSpec().getScope().equals("Namespaced") ? "/namespaces/lab/" : "/")
                + kind.getSpec().getNames().getPlural();
        var name = "fuzz-" + generator.number(NAMES);
        if (generator.chance(DELETE)) {
            return () ->
                    isTaken("DELETE " + folder + "/" + name, () -> admin().raw(folder + "/" + name, "DELETE", null));
        }
        var schema = kind.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        var object = new LinkedHashMap<String, Object>();
        object.put("apiVersion", group);
        object.put("kind", kind.getSpec().getNames().getKind());
        object.put("metadata", Map.of("name", name));
        var spec = generator.value("spec", schema.getProperties().get("spec"));
        if (spec != null) {
            object.put("spec", spec);
        }
        var body = new ObjectMapper().writeValueAsString(object);
        if (generator.chance(CHANGE)) {
            var context = CustomResourceDefinitionContext.fromCrd(kind);
            var all = admin().genericKubernetesResources(context);
            var one = context.isNamespaceScoped() ? all.inNamespace("lab").withName(name) : all.withName(name);
            return () -> isTaken("PATCH " + body, () -> one.patch(PatchContext.of(PatchType.JSON_MERGE), body));
        }
        return () -> isTaken("POST " + body, () -> admin().raw(folder, "POST", body));
    }

    private KubernetesClient admin() {
        return installed.admin();
    }

    private boolean isTaken(String what, Runnable request) {
        try {
            request.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 0 || e.getCode() >= SERVER_ERROR) {
                synchronized (serverErrors) {
                    serverErrors.add(what + ": " + e.getMessage());
                }
            }
            return false;
        }
    }

    private void aGoodVpcIsReady(String name) {
        installed.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: %1$s, namespace: lab}
                spec: {cidrBlock: 10.0.0.0/16}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Subnet
                metadata: {name: %1$s, namespace: lab}
                spec: {vpcRef: {name: %1$s}, cidrBlock: 10.0.1.0/24, availabilityZone: home-1a}
                """.formatted(name));
        await().atMost(AS_FAST_AS_ALONE).until(() -> {
            var subnet = installed
                    .admin()
                    .resources(Subnet.class)
                    .inNamespace("lab")
                    .withName(name)
                    .get();
            return subnet.getStatus() != null
                    && subnet.getStatus().conditions().stream()
                            .anyMatch(condition -> condition.type().equals("Ready")
                                    && condition.status().equals("True"));
        });
    }
}
