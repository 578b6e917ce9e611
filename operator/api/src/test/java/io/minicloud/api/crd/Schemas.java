package io.minicloud.api.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.function.BiConsumer;

/** Walks through the parts of an OpenAPI schema. */
final class Schemas {
    private Schemas() {}

    /** Calls the visitor with every part and its path, such as {@code spec.routes[].cidrBlock}; {@code {}} is a map's value. */
    static void walk(JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visitor) {
        walk("", schema, visitor);
    }

    private static void walk(String path, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visitor) {
        visitor.accept(path, schema);
        if (schema.getProperties() != null) {
            schema.getProperties()
                    .forEach((name, part) -> walk(path.isEmpty() ? name : path + "." + name, part, visitor));
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            walk(path + "[]", schema.getItems().getSchema(), visitor);
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            walk(path + "{}", schema.getAdditionalProperties().getSchema(), visitor);
        }
    }
}
