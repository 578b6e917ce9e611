package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyAction;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules of a listener that are looked up and not tried in turn: the files in which HAProxy looks, and the lines that do it. What a
 * user wrote stands in these files with no sign that means something there ({@link RuleKeys}).
 *
 * @see <a href="https://docs.haproxy.org/3.0/configuration.html#map">Maps</a>
 */
final class RuleMaps {
    /** Begins what stands for a choice between several backends; no backend is called so. */
    private static final String DRAWN = "drawn-";

    private final String name;
    private final List<ProxyRule> rules;
    private final RuleIndex index;
    private final Map<ProxyAction, String> drawn = new LinkedHashMap<>();

    /** Those of a listener. */
    RuleMaps(ProxyListener listener) {
        name = "listener-" + listener.port();
        rules = listener.rules() == null ? List.of() : listener.rules();
        index = RuleIndex.of(rules);
        for (int position : index.positions()) {
            var action = rules.get(position).action();
            if (Actions.destination(action, own(position)).isEmpty()) {
                drawn.putIfAbsent(action, DRAWN + drawn.size());
            }
        }
    }

    /** Whether a rule is looked up. */
    boolean hold(int position) {
        return index.positions().contains(position);
    }

    /** The name of the backend for an answer of a rule's own. */
    String own(int position) {
        return name + "-rule-" + rules.get(position).priority();
    }

    /** Contents by the names of files; none when no rule is looked up. */
    Map<String, String> files() {
        var files = new TreeMap<String, String>();
        if (!index.positions().isEmpty()) {
            files.put(file("rules"), text(index.rules()));
            files.put(file("actions"), text(destinations()));
            files.put(file("priorities"), text(priorities()));
            files.put(file("hosts"), text(index.hosts()));
            files.put(file("endings"), text(index.endings()));
            files.values().removeIf(String::isEmpty);
        }
        return files;
    }

    /** The lines that find the rule: {@code txn.rule} is its position, {@code txn.to} where it leads. */
    List<String> search(String folder) {
        if (index.positions().isEmpty()) {
            return List.of();
        }
        var places = new ArrayList<String>();
        if (index.isForAllHosts()) {
            places.add("int(" + RuleIndex.ANYWHERE + ")");
        }
        if (!index.hosts().isEmpty()) {
            places.add("var(txn.host),map_str(%s/%s)".formatted(folder, file("hosts")));
        }
        if (!index.endings().isEmpty()) {
            places.add("var(txn.host),map_end(%s/%s)".formatted(folder, file("endings")));
        }
        var lines = new ArrayList<String>();
        lines.add("  http-request set-var(txn.path) path");
        if (!index.hosts().isEmpty() || !index.endings().isEmpty()) {
            lines.add("  http-request set-var(txn.host) " + Conditions.HOST + ",lower");
        }
        for (var place : places) {
            var found = place
                    + ",concat(%s,txn.path,%s),map_beg_int(%s/%s)"
                            .formatted(RuleIndex.SEPARATOR, RuleKeys.END, folder, file("rules"));
            if (place.equals(places.getFirst())) {
                lines.add("  http-request set-var(txn.rule) " + found);
            } else {
                lines.add("  http-request set-var(txn.other) " + found);
                lines.add("  http-request set-var(txn.rule) var(txn.other) if { var(txn.other) -m found }"
                        + " !{ var(txn.rule),sub(txn.other) lt 0 }");
            }
        }
        lines.add("  http-request set-var(txn.to) var(txn.rule),map_str(%s/%s)".formatted(folder, file("actions")));
        return lines;
    }

    /** What a rule that is tried is tested for first, with a blank: that none before it was found. Empty when none can be. */
    String guard(int position) {
        return index.positions().stream().anyMatch(found -> found < position)
                ? "!{ var(txn.rule) -m int lt " + position + " } "
                : "";
    }

    /** The lines that go where the rule that was found leads. */
    List<String> choices() {
        var lines = new ArrayList<String>();
        if (drawn.size() < index.positions().size()) {
            lines.add("  use_backend %[var(txn.to)] if { var(txn.to) -m found }"
                    + (drawn.isEmpty() ? "" : " !{ var(txn.to) -m beg " + DRAWN + " }"));
        }
        drawn.forEach((action, id) -> lines.addAll(Actions.choice(action, "{ var(txn.to) -m str " + id + " }", "")));
        return lines;
    }

    /** What gives the priority of the rule that was found; empty when no rule is looked up. */
    Optional<String> priority(String folder) {
        return index.positions().isEmpty()
                ? Optional.empty()
                : Optional.of("var(txn.rule),map_str_int(%s/%s)".formatted(folder, file("priorities")));
    }

    private Map<Integer, Integer> priorities() {
        return index.positions().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        position -> rules.get(position).priority(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private Map<Integer, String> destinations() {
        var destinations = new TreeMap<Integer, String>();
        for (int position : index.positions()) {
            var action = rules.get(position).action();
            destinations.put(
                    position, Actions.destination(action, own(position)).orElseGet(() -> drawn.get(action)));
        }
        return destinations;
    }

    private String file(String what) {
        return name + "-" + what + ".map";
    }

    private static String text(Map<?, ?> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
