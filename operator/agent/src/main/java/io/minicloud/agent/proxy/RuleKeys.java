package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What tells the requests of a rule by their host and path alone.
 *
 * @param hosts whole hosts in small letters
 * @param endings with what a host may end instead, in small letters; any host will do when there are neither
 * @param paths with what a path and {@link #END} begin
 */
record RuleKeys(List<String> hosts, List<String> endings, List<String> paths) {
    /** Stands after a path when it is looked for. No path holds it: there the query begins. */
    static final String END = "?";

    /** Signs that mean nothing in a file of keys and values; others are so rare in names that they may cost more. */
    private static final Pattern HOST = Pattern.compile("(\\*?)([A-Za-z0-9._-]+)");

    /** All that a path may hold by HTTP, and no wildcard but one at its end. */
    private static final Pattern PATH = Pattern.compile("(?=.)([!-~&&[^*?\\\\]]*)(\\*?)");

    /** Keeps immutable copies. */
    RuleKeys {
        hosts = List.copyOf(hosts);
        endings = List.copyOf(endings);
        paths = List.copyOf(paths);
    }

    /** Those of a rule; empty when it looks at more than hosts and the beginnings of paths. */
    static Optional<RuleKeys> of(ProxyRule rule) {
        var hosts = new ArrayList<String>();
        var endings = new ArrayList<String>();
        var paths = new ArrayList<String>();
        for (var condition : rule.conditions()) {
            var isHost = condition.field().equals("host-header");
            var isFirst = isHost ? hosts.isEmpty() && endings.isEmpty() : paths.isEmpty();
            if (!isFirst || condition.values() == null || condition.values().isEmpty()) {
                return Optional.empty();
            }
            for (var value : condition.values()) {
                if (!(isHost ? host(value, hosts, endings) : isPath(condition) && path(value, paths))) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new RuleKeys(hosts, endings, paths.isEmpty() ? List.of("") : paths));
    }

    private static boolean isPath(ProxyRule.Condition condition) {
        return condition.field().equals("path-pattern");
    }

    private static boolean host(String value, List<String> hosts, List<String> endings) {
        var match = HOST.matcher(value);
        return match.matches()
                && (match.group(1).isEmpty() ? hosts : endings)
                        .add(match.group(2).toLowerCase(Locale.ROOT));
    }

    private static boolean path(String value, List<String> paths) {
        var match = PATH.matcher(value);
        return match.matches() && paths.add(match.group(1) + (match.group(2).isEmpty() ? END : ""));
    }
}
