package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What AWS says of the rules of a listener, in the plainest words of Java.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html">Condition types</a>
 */
final class AwsRules {
    /** A sign of a pattern; a wildcard after a backslash is itself. */
    private static final Pattern SIGN = Pattern.compile("\\\\[*?]|.");

    private AwsRules() {}

    /**
     * A request.
     *
     * @param headers by small names, but for the host
     */
    record Request(String method, String host, String path, String query, Map<String, String> headers) {}

    /** The position of the first rule that a request from 198.18.77.10 meets; -1 for none. */
    static int first(List<ProxyRule> rules, Request request) {
        for (int position = 0; position < rules.size(); position++) {
            if (rules.get(position).conditions().stream().allMatch(condition -> isMet(condition, request))) {
                return position;
            }
        }
        return -1;
    }

    private static boolean isMet(ProxyRule.Condition condition, Request request) {
        return switch (condition.field()) {
            case "host-header" -> any(condition, small(request.host().replaceFirst(":\\d+$", "")), true);
            case "path-pattern" -> any(condition, request.path(), false);
            case "http-request-method" -> condition.values().contains(request.method());
            case "http-header" ->
                request.headers().containsKey(small(condition.headerName()))
                        && any(condition, small(request.headers().get(small(condition.headerName()))), true);
            case "query-string" ->
                condition.queryStrings().stream()
                        .anyMatch(wanted -> List.of(request.query().split("&")).stream()
                                .anyMatch(each -> matches(small(wanted.key() + "=" + wanted.value()), small(each))));
            case "source-ip" -> condition.values().contains("198.18.77.0/24");
            default -> throw new IllegalArgumentException(condition.field());
        };
    }

    private static boolean any(ProxyRule.Condition condition, String text, boolean anyCase) {
        return condition.values().stream().anyMatch(value -> matches(anyCase ? small(value) : value, text));
    }

    private static boolean matches(String pattern, String text) {
        var expression = SIGN.matcher(pattern)
                .results()
                .map(sign -> switch (sign.group()) {
                    case "*" -> ".*";
                    case "?" -> ".";
                    default -> Pattern.quote(sign.group().replaceFirst("\\\\(?=[*?])", ""));
                })
                .collect(Collectors.joining());
        return text.matches(expression);
    }

    private static String small(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
