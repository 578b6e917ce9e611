package io.minicloud.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the types with the CustomResourceDefinitions of a git revision: HEAD, or what -Dcrds.since names. */
class SchemaCompatibilityTest {
    @Test
    void objectsOfTheCommittedVersionAreStillTaken() throws Exception {
        if (System.getProperty("crds.break") != null) {
            return;
        }
        var generated = CrdFiles.generate();
        var revision = System.getProperty("crds.since", "HEAD");
        for (var file : git("ls-tree", "--name-only", revision, "crds/").lines().toList()) {
            if (!file.endsWith(".yaml")) {
                continue;
            }
            var name = file.substring("crds/".length());
            assertThat(generated).containsKey(name);
            var before = CrdFiles.schema(CrdFiles.parse(git("show", revision + ":" + file)));
            var after = CrdFiles.schema(CrdFiles.parse(generated.get(name)));
            assertThat(SchemaCompatibility.breaks(before, after))
                    .as("%s would refuse or lose objects; crds/README.md says what to do", name)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "maxLength, 63, 62, longest text shortened",
        "minLength, 1, 2, shortest text lengthened",
        "pattern, ^a$, ^b$, pattern changed",
        "type, string, integer, type changed"
    })
    void narrowingIsABreak(String keyword, String wide, String narrow, String what) {
        assertThat(SchemaCompatibility.breaks(schema(keyword, wide), schema(keyword, narrow)))
                .containsExactly("name: " + what);
        assertThat(SchemaCompatibility.breaks(schema(keyword, wide), schema(keyword, wide)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"maxLength, 62, 63", "minLength, 2, 1"})
    void wideningIsNone(String keyword, String narrow, String wide) {
        assertThat(SchemaCompatibility.breaks(schema(keyword, narrow), schema(keyword, wide)))
                .isEmpty();
    }

    @Test
    void removedAndNewlyRequiredFieldsAreBreaks() {
        var before = schema("type", "string");
        var after = new JSONSchemaProps();
        after.setRequired(List.of("other"));

        assertThat(SchemaCompatibility.breaks(before, after))
                .containsExactlyInAnyOrder(": newly required fields", "name: removed");
    }

    private static JSONSchemaProps schema(String keyword, String value) {
        var part = new JSONSchemaProps();
        Map<String, Consumer<String>> setters = Map.of(
                "maxLength",
                v -> part.setMaxLength(Long.valueOf(v)),
                "minLength",
                v -> part.setMinLength(Long.valueOf(v)),
                "pattern",
                part::setPattern,
                "type",
                part::setType);
        setters.get(keyword).accept(value);
        var schema = new JSONSchemaProps();
        schema.setProperties(Map.of("name", part));
        return schema;
    }

    private static String git(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(Tools.repository("").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
        return output;
    }
}
