package io.minicloud.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Rules in the Common Expression Language: nobody can tell of two of them which one takes more, so each that is new or was
 * changed is a break, but for three forms.
 *
 * <p>{@code <old rule> || …} and {@code … || <old rule>} take at least what the old rule took.
 *
 * <p>{@code !has(self.field) || …} of a field that was not there before is about new objects alone.
 *
 * <p>{@code oldSelf.hasValue() || …} with {@code optionalOldSelf} lets every stored object be, whatever is changed in it, and
 * holds for new ones only: the way that Kubernetes has for a rule that comes late. Without it the API server ratchets a
 * little: a rule that does not say {@code oldSelf} is a warning only, as long as nothing at all below the part that
 * it belongs to is changed. So a rule of {@code spec} would refuse the next change of any field of a stored object, and a rule with a
 * plain {@code oldSelf} (a field that becomes immutable) is never ratcheted.
 */
final class RuleCompatibility {
    private static final String RULES = "x-kubernetes-validations";
    private static final String ONLY_NEW_OBJECTS = "oldSelf.hasValue() || ";
    private static final Pattern ONLY_WITH_A_FIELD = Pattern.compile("^!has\\(self\\.(\\w+)\\) \\|\\| .*");

    private RuleCompatibility() {}

    /**
     * What of the new rules may refuse what the old ones took.
     *
     * @param before the schema that has the old rules
     * @param after the schema that has the new ones
     */
    static List<String> breaks(JsonNode before, JsonNode after) {
        var old = rules(before.path(RULES));
        var breaks = new ArrayList<String>();
        for (var rule : rules(after.path(RULES))) {
            if (!old.contains(rule)
                    && !rule.sparesStoredObjects()
                    && !rule.isAboutAFieldMissingIn(before.path("properties"))
                    && old.stream().noneMatch(rule::isWiderThan)) {
                breaks.add("rule added or changed: " + rule.text());
            }
        }
        return breaks;
    }

    private static List<Rule> rules(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(Rule::of).toList();
    }

    /**
     * A rule.
     *
     * @param text the expression, with single blanks
     * @param optionalOldSelf whether it is asked of new objects too although it says {@code oldSelf}
     */
    private record Rule(String text, boolean optionalOldSelf) {
        static Rule of(JsonNode rule) {
            return new Rule(
                    rule.path("rule").asText().strip().replaceAll("\\s+", " "),
                    rule.path("optionalOldSelf").asBoolean());
        }

        boolean sparesStoredObjects() {
            return optionalOldSelf && text.startsWith(ONLY_NEW_OBJECTS) && !choosesBetween();
        }

        boolean isAboutAFieldMissingIn(JsonNode properties) {
            var field = ONLY_WITH_A_FIELD.matcher(text);
            return field.matches() && !properties.has(field.group(1)) && !choosesBetween();
        }

        boolean isWiderThan(Rule old) {
            var whole = "(" + old.text + ")";
            return optionalOldSelf == old.optionalOldSelf
                    && !choosesBetween()
                    && (text.startsWith(old.text + " || ")
                            || text.startsWith(whole + " || ")
                            || text.endsWith(" || " + old.text)
                            || text.endsWith(" || " + whole));
        }

        /** {@code a || b ? c : d} is {@code (a || b) ? c : d}: it binds weaker than anything else. */
        private boolean choosesBetween() {
            return text.contains("?");
        }
    }
}
