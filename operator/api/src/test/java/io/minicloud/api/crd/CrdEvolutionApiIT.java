package io.minicloud.api.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.minicloud.api.testing.ApiServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the checker of compatibility believes of the API server: which changes of a schema a stored object survives, and why
 * those are reported that it survives only half.
 */
class CrdEvolutionApiIT {
    private static final String STORED = "{size: 8, colour: red}";

    private final ApiServer server = ApiServer.shared();
    private String namespace = "";

    @BeforeEach
    void store() {
        namespace = server.freshNamespace("evolution");
        serve("{size: {type: integer}, colour: {type: string}}", "");
        apply("stored", STORED);
    }

    @AfterEach
    void remove() {
        server.admin()
                .genericKubernetesResources("evolution.minicloud.io/v1", "Thing")
                .inNamespace(namespace)
                .delete();
    }

    @AfterAll
    static void forget() {
        ApiServer.shared()
                .admin()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("things.evolution.minicloud.io")
                .delete();
    }

    @Test
    void aNewlyRequiredFieldWithADefaultIsFilledIntoStoredObjects() {
        serve(
                "{size: {type: integer}, colour: {type: string}, weight: {type: integer, default: 3}}",
                "required: [weight]");

        assertThat(apply("stored", "{size: 9, colour: red}")).containsEntry("weight", 3);
        assertThat(apply("new", STORED)).containsEntry("weight", 3);
    }

    @Test
    void aLateRuleThatSparesStoredObjectsHoldsForNewOnes() {
        serve(
                "{size: {type: integer}, colour: {type: string}}",
                "x-kubernetes-validations: [{rule: 'oldSelf.hasValue() || self.size < 5', optionalOldSelf: true}]");

        apply("stored", "{size: 9, colour: blue}");
        assertRefused("new", STORED);
    }

    @Test
    void aRuleThatComesLateRefusesTheNextChangeOfAnyField() {
        serve("{size: {type: integer}, colour: {type: string}}", "x-kubernetes-validations: [{rule: 'self.size < 5'}]");

        apply("stored", STORED);
        assertRefused("stored", "{size: 8, colour: blue}");
    }

    @Test
    void aBoundThatComesLateSparesAStoredValueAndRefusesTheSameManifestElsewhere() {
        serve("{size: {type: integer, maximum: 5}, colour: {type: string}}", "");

        apply("stored", "{size: 8, colour: blue}");
        assertRefused("new", "{size: 8, colour: blue}");
    }

    /** Serves Thing with these fields of its spec. */
    private void serve(String properties, String rest) {
        var probe = "revision" + Long.toHexString(System.nanoTime());
        server.apply("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: things.evolution.minicloud.io}
                spec:
                  group: evolution.minicloud.io
                  scope: Namespaced
                  names: {kind: Thing, plural: things, singular: thing}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          %s: {type: string}
                          spec:
                            type: object
                            properties: %s
                            %s
                """.formatted(probe, properties, rest));
        // A changed schema is served a moment after it was taken; the probe's field is kept from then on.
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> keeps(probe));
    }

    private boolean keeps(String field) {
        var thing = thing("probe", "{size: 1}");
        thing.setAdditionalProperty(field, "kept");
        var kept = server.admin().resource(thing).forceConflicts().serverSideApply();
        return kept.getAdditionalProperties().containsKey(field);
    }

    private Map<String, Object> apply(String name, String spec) {
        return server.admin()
                .resource(thing(name, spec))
                .forceConflicts()
                .serverSideApply()
                .get("spec");
    }

    private void assertRefused(String name, String spec) {
        assertThatThrownBy(() -> apply(name, spec))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(422));
    }

    private GenericKubernetesResource thing(String name, String spec) {
        return server.admin()
                .getKubernetesSerialization()
                .unmarshal("""
                        apiVersion: evolution.minicloud.io/v1
                        kind: Thing
                        metadata: {name: %s, namespace: %s}
                        spec: %s
                        """.formatted(name, namespace, spec), GenericKubernetesResource.class);
    }
}
