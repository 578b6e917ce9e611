package io.minicloud.api.crd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A change of one part of a schema after which it takes less, or understands something else. */
enum SchemaNarrowing {
    LIMIT_OF_TEXT(has("maxLength"), part -> add(part, "maxLength", -1)),
    LIMIT_OF_ITEMS(has("maxItems"), part -> add(part, "maxItems", -1)),
    LIMIT_OF_ENTRIES(has("maxProperties"), part -> add(part, "maxProperties", -1)),
    MAXIMUM(has("maximum"), part -> add(part, "maximum", -1)),
    LEAST_TEXT(has("minLength"), part -> add(part, "minLength", 1)),
    LEAST_ITEMS(has("minItems"), part -> add(part, "minItems", 1)),
    LEAST_ENTRIES(has("minProperties"), part -> add(part, "minProperties", 1)),
    MINIMUM(has("minimum"), part -> add(part, "minimum", 1)),
    EXCLUSIVE_MAXIMUM(has("maximum").and(not("exclusiveMaximum")), part -> part.put("exclusiveMaximum", true)),
    NEW_LIMIT_OF_TEXT(type("string").and(not("maxLength")), part -> part.put("maxLength", 5)),
    NEW_MINIMUM(type("integer").and(not("minimum")), part -> part.put("minimum", 5)),
    NEW_PATTERN(type("string").and(not("pattern")), part -> part.put("pattern", "^a*$")),
    NEW_FORMAT(type("string").and(not("format")), part -> part.put("format", "date-time")),
    FEWER_CHOICES(has("enum"), part -> ((ArrayNode) part.get("enum")).remove(0)),
    NEW_CHOICE(type("string").and(not("enum")), part -> part.putArray("enum").add("only")),
    NEWLY_REQUIRED(SchemaNarrowing::hasOptionalField, SchemaNarrowing::require),
    REMOVED_FIELD(has("properties"), part -> first((ObjectNode) part.get("properties"))
            .remove()),
    REMOVED_VALUES(has("additionalProperties"), part -> part.remove("additionalProperties")),
    REMOVED_ITEMS(has("items"), part -> part.remove("items"), false),
    NO_LONGER_NULL(is("nullable"), part -> part.remove("nullable")),
    NO_LONGER_FREE(
            is("x-kubernetes-preserve-unknown-fields"), part -> part.remove("x-kubernetes-preserve-unknown-fields")),
    NEW_RULE(type("object"), part -> rules(part).addObject().put("rule", "1 == 2")),
    NEW_TRANSITION_RULE(type("object"), part -> rules(part).addObject().put("rule", "self == oldSelf")),
    NEW_BRANCHES(
            type("object"),
            part -> part.putArray("allOf").addObject().putArray("required").add("a")),

    OTHER_PATTERN(has("pattern"), part -> part.put("pattern", "^b*$"), false),
    OTHER_FORMAT(has("format"), part -> part.put("format", "ipv6"), false),
    OTHER_TYPE(type("string"), part -> part.put("type", "integer"), false),
    OTHER_DEFAULT(has("default"), part -> part.put("default", "other"), false),
    REMOVED_DEFAULT(has("default"), part -> part.remove("default"), false),
    NEW_DEFAULT(type("string").and(not("default")), part -> part.put("default", "new"), false),
    OTHER_LIST_TYPE(has("x-kubernetes-list-type"), part -> part.put("x-kubernetes-list-type", "atomic"), false),
    NEW_LIST_TYPE(
            type("array").and(not("x-kubernetes-list-type")), part -> part.put("x-kubernetes-list-type", "set"), false),
    OTHER_KEYS(
            has("x-kubernetes-list-map-keys"),
            part -> part.putArray("x-kubernetes-list-map-keys").add("id"),
            false),
    UNKNOWN_KEYWORD(type("object"), part -> part.put("x-kubernetes-of-tomorrow", true), false);

    private final Predicate<ObjectNode> where;
    private final Consumer<ObjectNode> change;
    private final boolean loosensBackwards;

    SchemaNarrowing(Predicate<ObjectNode> where, Consumer<ObjectNode> change) {
        this(where, change, true);
    }

    SchemaNarrowing(Predicate<ObjectNode> where, Consumer<ObjectNode> change, boolean loosensBackwards) {
        this.where = where;
        this.change = change;
        this.loosensBackwards = loosensBackwards;
    }

    boolean fits(ObjectNode part) {
        return where.test(part);
    }

    void apply(ObjectNode part) {
        change.accept(part);
    }

    /** Whether the way back takes all that was taken, so that it is allowed. */
    boolean loosensBackwards() {
        return loosensBackwards;
    }

    private static Predicate<ObjectNode> has(String keyword) {
        return part -> part.has(keyword);
    }

    private static Predicate<ObjectNode> not(String keyword) {
        return part -> !part.has(keyword);
    }

    private static Predicate<ObjectNode> is(String keyword) {
        return part -> part.path(keyword).asBoolean();
    }

    private static Predicate<ObjectNode> type(String name) {
        return part -> part.path("type").asText().equals(name);
    }

    private static void add(ObjectNode part, String keyword, int difference) {
        part.put(keyword, part.get(keyword).decimalValue().add(BigDecimal.valueOf(difference)));
    }

    private static ArrayNode rules(ObjectNode part) {
        return part.withArray("x-kubernetes-validations");
    }

    private static Iterator<String> first(ObjectNode properties) {
        var names = properties.fieldNames();
        names.next();
        return names;
    }

    private static boolean hasOptionalField(ObjectNode part) {
        return part.path("properties").properties().stream().anyMatch(field -> optional(part, field.getKey()));
    }

    private static boolean optional(ObjectNode part, String name) {
        return !part.path("properties").path(name).has("default")
                && !SchemaKeyword.elements(part.path("required")).contains(TextNode.valueOf(name));
    }

    private static void require(ObjectNode part) {
        part.path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> optional(part, name))
                .findFirst()
                .ifPresent(part.withArray("required")::add);
    }
}
