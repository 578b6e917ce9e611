package io.minicloud.api.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pages of {@code docs/reference}: one for each API group, with the fields of its kinds and what they refuse. */
final class ReferencePages {
    private ReferencePages() {}

    /** File name to Markdown text. */
    static Map<String, String> generate(Collection<CustomResourceDefinition> definitions) {
        var pages = new TreeMap<String, String>();
        for (var definition : definitions) {
            var spec = definition.getSpec();
            var version = spec.getVersions().getFirst().getName();
            pages.putIfAbsent(file(definition), "# " + spec.getGroup() + "/" + version + "\n");
            pages.merge(file(definition), kind(definition), String::concat);
        }
        return pages;
    }

    private static String file(CustomResourceDefinition definition) {
        return definition.getSpec().getGroup().split("\\.")[0] + ".md";
    }

    private static String kind(CustomResourceDefinition definition) {
        var names = definition.getSpec().getNames();
        var schema = CrdFiles.schema(definition);
        var shortNames = names.getShortNames() == null ? List.<String>of() : names.getShortNames();
        return """

                ## %s

                %s For kubectl: `%s`%s. %s.

                | field | type | |
                |---|---|---|
                %s%s""".formatted(
                        names.getKind(),
                        schema.getDescription(),
                        names.getPlural(),
                        shortNames.stream().map(name -> ", `" + name + "`").collect(Collectors.joining()),
                        definition.getSpec().getScope().equals("Namespaced") ? "In a namespace" : "Cluster-wide",
                        fields(schema),
                        refusals(schema));
    }

    private static String fields(JSONSchemaProps schema) {
        var required = required(schema);
        var rows = new StringBuilder();
        Schemas.walk(schema, (path, part) -> {
            // What every kind has alike stands once, in the folder's README.
            var told = path.matches("(spec|status)\\..+") && !path.startsWith("status.conditions");
            if (told && part.getDescription() != null && !path.equals("status.observedGeneration")) {
                rows.append("| `%s`%s | %s | %s%s |%n"
                        .formatted(
                                path,
                                required.contains(path) ? " (required)" : "",
                                type(part),
                                cell(part.getDescription()),
                                part.getDefault() == null
                                        ? ""
                                        : " Default: `" + part.getDefault().asText() + "`."));
            }
        });
        return rows.toString();
    }

    /** The paths of what must be there when what holds it is there. */
    private static Set<String> required(JSONSchemaProps schema) {
        var required = new LinkedHashSet<String>();
        Schemas.walk(schema, (path, part) -> {
            if (part.getRequired() != null) {
                part.getRequired().forEach(name -> required.add(path + "." + name));
            }
        });
        return required;
    }

    private static String type(JSONSchemaProps part) {
        if (part.getEnum() != null && !part.getEnum().isEmpty()) {
            return part.getEnum().stream()
                    .map(word -> "`" + word.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        return switch (part.getType()) {
            case "array" -> "list of " + type(part.getItems().getSchema());
            case "object" -> part.getAdditionalProperties() == null ? "object" : "map";
            default -> part.getType() + bounds(part);
        };
    }

    private static String bounds(JSONSchemaProps part) {
        if (part.getMinimum() == null && part.getMaximum() == null) {
            return "";
        }
        return " " + number(part.getMinimum()) + "…" + number(part.getMaximum());
    }

    private static String number(Double bound) {
        return bound == null ? "" : Long.toString(bound.longValue());
    }

    private static String refusals(JSONSchemaProps schema) {
        var messages = new ArrayList<String>();
        Schemas.walk(schema, (path, part) -> {
            if (part.getXKubernetesValidations() != null) {
                part.getXKubernetesValidations().stream()
                        .map(ValidationRule::getMessage)
                        .filter(Objects::nonNull)
                        .forEach(messages::add);
            }
        });
        return messages.isEmpty()
                ? ""
                : messages.stream()
                        .distinct()
                        .map(message -> "* " + message + "\n")
                        .collect(Collectors.joining("", "\nRules:\n\n", ""));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
