package io.minicloud.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What of a newer schema of a version would refuse, lose or read otherwise what the older one took. It is asked of every
 * object that can be written, not only of the stored ones: the API server lets an update pass that leaves a part as it was
 * (ratcheting, Kubernetes 1.30 and later), but a manifest in a repository and a backup that is restored are created anew.
 */
final class SchemaCompatibility {
    private static final JsonNode NOTHING = MissingNode.getInstance();

    private final List<String> breaks = new ArrayList<>();

    private SchemaCompatibility() {}

    /** One line per break, {@code path: what}; empty when everything that was taken still is. */
    static List<String> breaks(JsonNode before, JsonNode after) {
        var comparison = new SchemaCompatibility();
        comparison.part("", before, after);
        return List.copyOf(comparison.breaks);
    }

    private void part(String path, JsonNode before, JsonNode after) {
        var keywords = new TreeSet<String>();
        before.fieldNames().forEachRemaining(keywords::add);
        after.fieldNames().forEachRemaining(keywords::add);
        for (var keyword : keywords) {
            var was = before.path(keyword);
            var is = after.path(keyword);
            switch (keyword) {
                case "properties" -> properties(path, before, after);
                case "items" -> below(path + "[]", was, is);
                case "additionalProperties" -> entries(path + "{}", was, is);
                case "required" -> required(path, was, after);
                case "x-kubernetes-validations" ->
                    RuleCompatibility.breaks(before, after).forEach(what -> add(path, what));
                default -> keyword(path, keyword, was, is);
            }
        }
    }

    private void properties(String path, JsonNode before, JsonNode after) {
        var was = before.path("properties");
        var is = after.path("properties");
        was.properties().forEach(field -> below(join(path, field.getKey()), field.getValue(), is.path(field.getKey())));
        if (before.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            // Whatever was below this name was kept without a look at it.
            is.properties().stream()
                    .filter(field -> !was.has(field.getKey()))
                    .forEach(field -> add(join(path, field.getKey()), "declared where anything was taken"));
        }
    }

    private void below(String path, JsonNode was, JsonNode is) {
        if (is.isMissingNode()) {
            add(path, "removed");
        } else if (was.isMissingNode()) {
            add(path, "declared where nothing was");
        } else {
            part(path, was, is);
        }
    }

    /** A map's values: none, anything, or what a schema says. */
    private void entries(String path, JsonNode was, JsonNode is) {
        if (was.isObject() && is.isObject()) {
            part(path, was, is);
        } else if (was.isObject() && !is.asBoolean() || was.asBoolean() && !is.asBoolean()) {
            add(path, is.isObject() ? "declared where anything was taken" : "removed");
        }
    }

    /** A default is filled in before the API server looks for what is required, also in stored objects that it reads. */
    private void required(String path, JsonNode was, JsonNode after) {
        after.path("required").forEach(name -> {
            var filledIn = after.path("properties").path(name.asText()).has("default");
            if (!filledIn && !SchemaKeyword.elements(was).contains(name)) {
                add(join(path, name.asText()), "required");
            }
        });
    }

    private void keyword(String path, String keyword, JsonNode was, JsonNode is) {
        if (!SchemaKeyword.of(keyword).takesAll(was, is)) {
            add(path, keyword + " " + text(was) + " -> " + text(is));
        }
    }

    private void add(String path, String what) {
        breaks.add(path + ": " + what);
    }

    private static String text(JsonNode value) {
        return NOTHING.equals(value) ? "none" : value.toString();
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
