package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyRule;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Renders the conditions of a rule, each as one test whose alternatives are one expression. The address is that of the connection, never
 * one that a header claims.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html">Condition types</a>
 */
final class Conditions {
    /** Where the host of a request is found, without its port. */
    static final String HOST = "req.fhdr(host),host_only";

    /** A token of HTTP. */
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private static final Pattern RANGE = Pattern.compile("[0-9a-fA-F.:]{2,45}(/[0-9]{1,3})?");

    /** How texts are compared, by HAProxy's words, and the patterns for which that is enough. */
    private static final Map<String, Pattern> FORMS = Map.of(
            "str", Pattern.compile("[^*?\\\\]+"),
            "beg", Pattern.compile("[^*?\\\\]+\\*"),
            "end", Pattern.compile("\\*[^*?\\\\]+"));

    /** A line of a configuration has 64 words at most. */
    private static final int FEW = 2;

    private Conditions() {}

    /**
     * All of them must be met.
     *
     * @throws IllegalArgumentException when one cannot be what it says
     */
    static String render(List<ProxyRule.Condition> conditions) {
        return conditions.stream().map(Conditions::test).collect(Collectors.joining(" "));
    }

    private static String test(ProxyRule.Condition condition) {
        return switch (condition.field()) {
            case "host-header" -> text(HOST, true, condition);
            case "path-pattern" -> text("path", false, condition);
            case "http-header" ->
                test("req.fhdr(\\x22" + header(condition.headerName()) + "\\x22)", true, wildcards(condition));
            case "http-request-method" -> test("method", false, exact(condition));
            case "query-string" -> test("query", true, query(condition));
            case "source-ip" -> "{ src " + ranges(condition) + " }";
            default -> throw new IllegalArgumentException("no condition looks at " + condition.field());
        };
    }

    /** A beginning, an end and a whole are compared, which is a fraction of the work: most rules of most listeners are of these. */
    private static String text(String sample, boolean anyCase, ProxyRule.Condition condition) {
        var values = values(condition);
        if (values.size() <= FEW) {
            for (var way : List.of("str", "beg", "end")) {
                var form = FORMS.get(way);
                if (values.stream().allMatch(value -> form.matcher(value).matches())) {
                    return "{ %s -m %s%s -- %s }"
                            .formatted(
                                    sample,
                                    way,
                                    anyCase ? " -i" : "",
                                    values.stream()
                                            .map(value -> Word.of(value.replace("*", "")))
                                            .collect(Collectors.joining(" ")));
                }
            }
        }
        return test(sample, anyCase, wildcards(condition));
    }

    private static String test(String sample, boolean anyCase, String alternatives) {
        return "{ %s -m reg%s '^(?:%s)$' }".formatted(sample, anyCase ? " -i" : "", alternatives);
    }

    private static String wildcards(ProxyRule.Condition condition) {
        return values(condition).stream()
                .map(value -> Wildcards.expression(value, Wildcards.ANY))
                .collect(Collectors.joining("|"));
    }

    private static String exact(ProxyRule.Condition condition) {
        return values(condition).stream()
                .map(value -> Wildcards.expression(value.replace("*", "\\*").replace("?", "\\?"), Wildcards.ANY))
                .collect(Collectors.joining("|"));
    }

    /** One parameter somewhere among the others. */
    private static String query(ProxyRule.Condition condition) {
        var wanted = condition.queryStrings() == null ? List.<ProxyRule.QueryString>of() : condition.queryStrings();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("a condition of field query-string names no queryStrings");
        }
        return wanted.stream()
                .map(each ->
                        "(?:.*&)?%s=%s(?:&.*)?".formatted(key(each.key()), Wildcards.expression(each.value(), "[^&]")))
                .collect(Collectors.joining("|"));
    }

    private static String key(@Nullable String key) {
        return key == null ? "[^&=]*" : Wildcards.expression(key, "[^&=]");
    }

    private static String header(@Nullable String name) {
        if (name == null || !HEADER.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a header: " + name);
        }
        return Word.of(name);
    }

    private static String ranges(ProxyRule.Condition condition) {
        for (var range : values(condition)) {
            if (!RANGE.matcher(range).matches()) {
                throw new IllegalArgumentException("not a range of addresses: " + range);
            }
        }
        return String.join(" ", values(condition));
    }

    private static List<String> values(ProxyRule.Condition condition) {
        if (condition.values() == null || condition.values().isEmpty()) {
            throw new IllegalArgumentException("a condition of field " + condition.field() + " names no values");
        }
        return condition.values();
    }
}
