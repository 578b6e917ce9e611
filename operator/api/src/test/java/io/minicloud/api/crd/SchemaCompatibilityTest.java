package io.minicloud.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each narrowing, made in each part of each of our schemas where it can be made, is told; the way back is let through. */
class SchemaCompatibilityTest {
    /** What our own schemas do not use (yet). */
    private static final JsonNode RARE = schema("""
            type: object
            properties:
              share: {type: number, minimum: 0, maximum: 1}
              when: {type: string, format: date-time, nullable: true}
              names: {type: array, minItems: 1, maxItems: 4, x-kubernetes-list-type: set, items: {type: string, maxLength: 3}}
              notes: {type: object, minProperties: 1, maxProperties: 4, additionalProperties: {type: string}}
              free: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """);

    private static final List<JsonNode> SCHEMAS = Stream.concat(
                    Stream.of(RARE),
                    CrdFiles.generate().values().stream().map(yaml -> CrdCompatibility.schema(CrdFiles.parse(yaml))))
            .toList();

    @ParameterizedTest
    @EnumSource
    void narrowingIsToldAndItsOppositeIsNot(SchemaNarrowing narrowing) {
        var places = 0;
        for (var schema : SCHEMAS) {
            for (var pointer : pointers(schema)) {
                var narrow = schema.deepCopy();
                var part = (ObjectNode) narrow.at(pointer);
                if (!narrowing.fits(part)) {
                    continue;
                }
                narrowing.apply(part);
                places++;
                assertThat(SchemaCompatibility.breaks(schema, narrow))
                        .as(pointer)
                        .isNotEmpty();
                assertThat(SchemaCompatibility.breaks(narrow, schema).isEmpty())
                        .as(pointer)
                        .isEqualTo(narrowing.loosensBackwards());
            }
        }
        assertThat(places).isPositive();
    }

    @Test
    void narrowingsAtOnceAreAllTold() {
        var narrow = (ObjectNode) RARE.deepCopy();
        Stream.of(SchemaNarrowing.NEWLY_REQUIRED, SchemaNarrowing.NEW_RULE, SchemaNarrowing.REMOVED_FIELD)
                .forEach(narrowing -> narrowing.apply(narrow));
        assertThat(SchemaCompatibility.breaks(RARE, narrow))
                .containsExactlyInAnyOrder("share: removed", "share: required", ": rule added or changed: 1 == 2");
    }

    @Test
    void proseMayChangeAndFieldsMayBeAdded() {
        assertThat(breaks("type: object", """
                type: object
                description: other
                required: [size]
                properties: {size: {type: integer, default: 8, minimum: 1}, colour: {type: string, enum: [red]}}
                """)).isEmpty();
    }

    @Test
    void aRequiredFieldNeedsADefaultOnceThereAreObjectsWithoutIt() {
        assertThat(breaks("type: object", "{type: object, required: [size], properties: {size: {type: integer}}}"))
                .containsExactly("size: required");
    }

    @Test
    void atomicAndGranularAreWhatIsMeantByNothing() {
        assertThat(breaks("type: array", "{type: array, x-kubernetes-list-type: atomic}"))
                .isEmpty();
        assertThat(breaks("{type: object, x-kubernetes-map-type: granular}", "type: object"))
                .isEmpty();
        assertThat(breaks("type: object", "{type: object, x-kubernetes-map-type: atomic}"))
                .hasSize(1);
    }

    @Test
    void whatTookAnythingMayNotBecomeParticular() {
        assertThat(breaks(
                        "{type: object, x-kubernetes-preserve-unknown-fields: true}",
                        "{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}"))
                .containsExactly("a: declared where anything was taken");
        assertThat(breaks("{additionalProperties: true}", "{additionalProperties: {type: string}}"))
                .containsExactly("{}: declared where anything was taken");
        assertThat(breaks("{additionalProperties: {type: string}}", "{additionalProperties: true}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "self.a > 1             # self.a  >  1                          # true",
                "self.a > 1             # self.a > 0                            # false",
                "self.a > 1             # self.a > 1 || self.b                  # true",
                "self.a > 1             # !has(self.a) || self.a > 1            # true",
                "self.a > 1 && self.b   # self.c || (self.a > 1 && self.b)      # true",
                "self.a > 1             # self.a > 1 && self.b                  # false",
                "self.a > 1             # self.c ? self.b : self.d || self.a > 1 # false",
                "self.a == oldSelf.a    # self.a >= oldSelf.a                   # false",
            })
    void aRuleMayOnlyBeGivenAnAlternative(String before, String after, boolean allowed) {
        assertThat(breaks(rule(before, false), rule(after, false)).isEmpty()).isEqualTo(allowed);
        assertThat(breaks(rule(before, false), "type: object")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "oldSelf.hasValue() || self.a > 1                  # true  # true",
                "oldSelf.hasValue() || self.a > 1                  # false # false",
                "oldSelf.hasValue() && self.a > 1                  # true  # false",
                "oldSelf.hasValue() || self.b ? self.a > 1 : true  # true  # false",
                "self.a > 1                                        # true  # false",
                "self == oldSelf                                   # false # false",
            })
    void aLateRuleSparesStoredObjects(String rule, boolean optionalOldSelf, boolean allowed) {
        assertThat(breaks("type: object", rule(rule, optionalOldSelf)).isEmpty())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "!has(self.fresh) || self.fresh > 1               # true",
                "!has(self.fresh) || self.fresh > 1 ? self.a : 1  # false",
                "!has(self.a) || self.a > 1                       # false",
                "!has(self.fresh) && self.a > 1                   # false",
            })
    void aRuleOfAFieldThatWasNotThereIsNoBreak(String rule, boolean allowed) {
        assertThat(breaks("{type: object, properties: {a: {type: integer}}}", """
                        type: object
                        properties: {a: {type: integer}, fresh: {type: integer}}
                        x-kubernetes-validations:
                        - rule: "%s"
                        """.formatted(rule))
                        .isEmpty())
                .isEqualTo(allowed);
    }

    private static List<String> breaks(String before, String after) {
        return SchemaCompatibility.breaks(schema(before), schema(after));
    }

    private static String rule(String rule, boolean optionalOldSelf) {
        return """
                type: object
                x-kubernetes-validations:
                - rule: "%s"
                  optionalOldSelf: %s
                """.formatted(rule, optionalOldSelf);
    }

    private static JsonNode schema(String yaml) {
        // What begins with a brace would be taken for JSON.
        return new KubernetesSerialization().unmarshal("---\n" + yaml, JsonNode.class);
    }

    /** Where the parts of a schema are, the whole first. */
    private static List<String> pointers(JsonNode schema) {
        var pointers = new ArrayList<String>();
        collect("", schema, pointers);
        return pointers;
    }

    private static void collect(String pointer, JsonNode part, List<String> pointers) {
        pointers.add(pointer);
        part.path("properties")
                .properties()
                .forEach(field -> collect(pointer + "/properties/" + field.getKey(), field.getValue(), pointers));
        for (var below : List.of("items", "additionalProperties")) {
            if (part.path(below).isObject()) {
                collect(pointer + "/" + below, part.path(below), pointers);
            }
        }
    }
}
