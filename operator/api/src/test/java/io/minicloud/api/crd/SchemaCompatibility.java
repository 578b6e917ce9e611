package io.minicloud.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What of a new schema would refuse or lose an object that an older one took. Rules in CEL are not compared: they have files
 * of their own.
 */
final class SchemaCompatibility {
    private final List<String> breaks = new ArrayList<>();

    private SchemaCompatibility() {}

    /** One line per break, {@code path: what}; empty when every old object is still good. */
    static List<String> breaks(JSONSchemaProps before, JSONSchemaProps after) {
        var comparison = new SchemaCompatibility();
        var parts = parts(after);
        parts(before).forEach((path, part) -> comparison.compare(path, part, parts.get(path)));
        return comparison.breaks;
    }

    private void compare(String path, JSONSchemaProps before, JSONSchemaProps after) {
        if (after == null) {
            breaks.add(path + ": removed");
            return;
        }
        check(path, "type changed", Objects.equals(before.getType(), after.getType()));
        check(path, "newly required fields", required(before).containsAll(required(after)));
        check(path, "fewer values", choices(after).isEmpty() || takesAll(choices(before), choices(after)));
        check(
                path,
                "pattern changed",
                after.getPattern() == null || Objects.equals(before.getPattern(), after.getPattern()));
        check(path, "default changed", Objects.equals(before.getDefault(), after.getDefault()));
        check(path, "longest text shortened", raised(before.getMaxLength(), after.getMaxLength()));
        check(path, "fewer items", raised(before.getMaxItems(), after.getMaxItems()));
        check(path, "fewer entries", raised(before.getMaxProperties(), after.getMaxProperties()));
        check(path, "maximum lowered", raised(before.getMaximum(), after.getMaximum()));
        check(path, "shortest text lengthened", lowered(before.getMinLength(), after.getMinLength()));
        check(path, "more items needed", lowered(before.getMinItems(), after.getMinItems()));
        check(path, "minimum raised", lowered(before.getMinimum(), after.getMinimum()));
    }

    private void check(String path, String what, boolean compatible) {
        if (!compatible) {
            breaks.add(path + ": " + what);
        }
    }

    /** Whether an upper limit is not lower than it was; absent is infinity. */
    private static boolean raised(Number before, Number after) {
        return after == null || before != null && before.doubleValue() <= after.doubleValue();
    }

    /** Whether a lower limit is not higher than it was; absent is minus infinity. */
    private static boolean lowered(Number before, Number after) {
        return after == null || before != null && after.doubleValue() <= before.doubleValue();
    }

    private static boolean takesAll(Set<JsonNode> before, Set<JsonNode> after) {
        return !before.isEmpty() && after.containsAll(before);
    }

    private static Set<String> required(JSONSchemaProps part) {
        return part.getRequired() == null ? Set.of() : new HashSet<>(part.getRequired());
    }

    private static Set<JsonNode> choices(JSONSchemaProps part) {
        return part.getEnum() == null ? Set.of() : new HashSet<>(part.getEnum());
    }

    private static Map<String, JSONSchemaProps> parts(JSONSchemaProps schema) {
        var parts = new HashMap<String, JSONSchemaProps>();
        Schemas.walk(schema, parts::put);
        return parts;
    }
}
