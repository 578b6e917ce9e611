package io.minicloud.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a newer definition of a kind would refuse, lose or read otherwise what an older one took. Within a version only
 * compatible changes are allowed; a version goes when a release before no longer stored it.
 */
final class CrdCompatibility {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private final List<String> breaks = new ArrayList<>();

    private CrdCompatibility() {}

    /** One line per break; empty when whoever uses the older definition can use the newer one. */
    static List<String> breaks(CustomResourceDefinition before, CustomResourceDefinition after) {
        var comparison = new CrdCompatibility();
        comparison.definition(tree(before).path("spec"), tree(after).path("spec"));
        return List.copyOf(comparison.breaks);
    }

    /** The schema of a definition's only version. */
    static JsonNode schema(CustomResourceDefinition definition) {
        return schema(tree(definition).path("spec").path("versions").path(0));
    }

    private void definition(JsonNode before, JsonNode after) {
        for (var fixed :
                List.of("/group", "/scope", "/names/kind", "/names/plural", "/names/singular", "/names/listKind")) {
            same(fixed.substring(1).replace('/', '.'), before.at(fixed), after.at(fixed));
        }
        for (var growing : List.of("shortNames", "categories")) {
            for (var name : before.path("names").path(growing)) {
                if (!SchemaKeyword.elements(after.path("names").path(growing)).contains(name)) {
                    breaks.add("names." + growing + ": " + name.asText() + " removed");
                }
            }
        }
        var versions = versions(after);
        versions(before).forEach((name, version) -> version(name, version, versions.get(name)));
    }

    private void version(String name, JsonNode before, @Nullable JsonNode after) {
        if (after == null
                || before.path("served").asBoolean() && !after.path("served").asBoolean()) {
            breaks.add(name + ": no longer served");
            return;
        }
        for (var subresource : before.path("subresources").properties()) {
            same(
                    name + " subresources." + subresource.getKey(),
                    subresource.getValue(),
                    after.path("subresources").path(subresource.getKey()));
        }
        for (var field : before.path("selectableFields")) {
            if (!SchemaKeyword.elements(after.path("selectableFields")).contains(field)) {
                breaks.add(name + " selectableFields: " + field.path("jsonPath").asText() + " removed");
            }
        }
        SchemaCompatibility.breaks(schema(before), schema(after)).forEach(what -> breaks.add(name + " " + what));
    }

    private void same(String what, JsonNode was, JsonNode is) {
        if (!was.equals(is)) {
            breaks.add(what + ": changed");
        }
    }

    private static Map<String, JsonNode> versions(JsonNode spec) {
        var versions = new LinkedHashMap<String, JsonNode>();
        spec.path("versions")
                .forEach(version -> versions.put(version.path("name").asText(), version));
        return versions;
    }

    private static JsonNode schema(JsonNode version) {
        return version.path("schema").path("openAPIV3Schema");
    }

    private static JsonNode tree(CustomResourceDefinition definition) {
        return JSON.convertValue(definition, JsonNode.class);
    }
}
