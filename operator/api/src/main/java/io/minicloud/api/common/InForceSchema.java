package io.minicloud.api.common;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Makes {@code status.inForce} an object without a schema of its own: what was once a sound spec is not judged again. */
public final class InForceSchema implements SchemaCustomizer.Customizer {
    private static final String FIELD = "inForce";

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        var described = schema.getProperties().get(FIELD).getDescription();
        schema.getProperties()
                .put(
                        FIELD,
                        new JSONSchemaPropsBuilder()
                                .withType("object")
                                .withDescription(described)
                                .withXKubernetesPreserveUnknownFields(true)
                                .build());
        return schema;
    }
}
