package io.minicloud.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The schemas are bounded, and each of their rules has files that keep to it and break it. */
class RuleFilesTest {
    /** A pattern of the whole text in which nothing repeats without an end. */
    private static final Pattern BOUNDED_PATTERN = Pattern.compile("\\^[^*+]*\\$");

    private final List<RuleFile> files = RuleFile.all();

    @Test
    void everyFileIsUsed() {
        assertThat(files)
                .allMatch(file -> file.valid() || file.invalid() && !file.says().isEmpty());
    }

    @Test
    void everyKindHasAValidFile() {
        assertThat(files.stream().filter(RuleFile::valid).map(RuleFile::kind)).containsAll(kinds());
        assertThat(kinds()).containsAll(files.stream().map(RuleFile::kind).toList());
    }

    @Test
    void everyRuleHasAnInvalidFile() {
        var missing = new ArrayList<String>();
        for (var yaml : CrdFiles.generate().values()) {
            var definition = CrdFiles.parse(yaml);
            var kind = definition.getSpec().getNames().getPlural();
            Schemas.walk(CrdFiles.schema(definition), (path, part) -> rules(part).stream()
                    .filter(rule -> files.stream()
                            .noneMatch(f -> f.invalid()
                                    && f.kind().equals(kind)
                                    && rule.getMessage().contains(f.says())))
                    .forEach(rule -> missing.add(kind + " " + path + ": " + rule.getMessage())));
        }
        assertThat(missing).isEmpty();
    }

    /** Without bounds the cost of a rule cannot be estimated, and one object could fill etcd. */
    @Test
    void everyFieldThatPeopleWriteIsBounded() {
        var unbounded = new TreeSet<String>();
        for (var yaml : CrdFiles.generate().values()) {
            var definition = CrdFiles.parse(yaml);
            var spec = CrdFiles.schema(definition).getProperties().get("spec");
            Schemas.walk(spec, (path, part) -> {
                if (!bounded(part)) {
                    unbounded.add(definition.getMetadata().getName() + " spec." + path);
                }
            });
        }
        assertThat(unbounded).isEmpty();
    }

    @Test
    void everyFieldIsDescribed() {
        var silent = new TreeSet<String>();
        for (var yaml : CrdFiles.generate().values()) {
            var definition = CrdFiles.parse(yaml);
            Schemas.walk(CrdFiles.schema(definition), (path, part) -> {
                if (part.getDescription() == null && !path.endsWith("]") && !path.endsWith("}")) {
                    silent.add(definition.getMetadata().getName() + " " + path);
                }
            });
        }
        assertThat(silent).isEmpty();
    }

    private static boolean bounded(JSONSchemaProps part) {
        return switch (part.getType()) {
            case "string" ->
                part.getMaxLength() != null
                        || part.getPattern() != null
                                && BOUNDED_PATTERN.matcher(part.getPattern()).matches()
                        || part.getEnum() != null && !part.getEnum().isEmpty();
            case "array" -> part.getMaxItems() != null;
            case "integer", "number" -> part.getMinimum() != null;
            case "object" -> part.getAdditionalProperties() == null || part.getMaxProperties() != null;
            default -> true;
        };
    }

    private static List<ValidationRule> rules(JSONSchemaProps part) {
        return part.getXKubernetesValidations() == null ? List.of() : part.getXKubernetesValidations();
    }

    private static Set<String> kinds() {
        var kinds = new TreeSet<String>();
        CrdFiles.generate()
                .values()
                .forEach(y -> kinds.add(CrdFiles.parse(y).getSpec().getNames().getPlural()));
        return kinds;
    }
}
