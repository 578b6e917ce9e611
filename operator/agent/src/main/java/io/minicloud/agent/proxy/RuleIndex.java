package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyRule;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which rule is the first for a host and a path, worked out before anybody asks. Hosts, and endings of hosts, are places with a number;
 * at each place the longest key with which a path begins tells the first rule of all that hold there.
 *
 * @param hosts the place of a whole host
 * @param endings the place of hosts that end so; the longest comes first
 * @param rules the position of the first rule, from 0, by place and path
 * @param positions of all rules that are told by this
 */
record RuleIndex(
        Map<String, Integer> hosts, Map<String, Integer> endings, Map<String, Integer> rules, Set<Integer> positions) {
    /** The place of all hosts. */
    static final int ANYWHERE = 0;

    /** Stands between a place and a path. */
    static final String SEPARATOR = ":";

    /** Of a listener's rules; those that are not in it must be tried one after the other. */
    static RuleIndex of(List<ProxyRule> rules) {
        var known = new TreeMap<Integer, RuleKeys>();
        for (int position = 0; position < rules.size(); position++) {
            int at = position;
            RuleKeys.of(rules.get(position)).ifPresent(keys -> known.put(at, keys));
        }
        var hosts = new LinkedHashMap<String, Integer>();
        var endings = new LinkedHashMap<String, Integer>();
        known.values().stream()
                .flatMap(keys -> keys.hosts().stream())
                .sorted()
                .forEach(host -> hosts.putIfAbsent(host, hosts.size() + 1));
        known.values().stream()
                .flatMap(keys -> keys.endings().stream())
                .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .forEach(ending -> endings.putIfAbsent(ending, hosts.size() + endings.size() + 1));
        var own = new TreeMap<String, Integer>();
        known.forEach((position, keys) -> places(keys, hosts, endings).forEach(place -> keys.paths()
                .forEach(path -> own.merge(place + SEPARATOR + path, position, Math::min))));
        return new RuleIndex(hosts, endings, withShorter(own), new TreeSet<>(known.keySet()));
    }

    /** Whether some rule is for all hosts. */
    boolean isForAllHosts() {
        return rules.keySet().stream().anyMatch(key -> key.startsWith(ANYWHERE + SEPARATOR));
    }

    private static Stream<Integer> places(RuleKeys keys, Map<String, Integer> hosts, Map<String, Integer> endings) {
        if (keys.hosts().isEmpty() && keys.endings().isEmpty()) {
            return Stream.of(ANYWHERE);
        }
        // A host is at the place of its longest ending, so what holds for an ending holds for those that end with it.
        return Stream.concat(
                keys.hosts().stream().map(hosts::get),
                endings.entrySet().stream()
                        .filter(place -> keys.endings().stream()
                                .anyMatch(ending -> place.getKey().endsWith(ending)))
                        .map(Map.Entry::getValue));
    }

    /** What holds for a beginning holds for the longer ones too. */
    private static Map<String, Integer> withShorter(Map<String, Integer> own) {
        var all = new HashMap<String, Integer>();
        for (var key : own.keySet()) {
            int first = own.get(key);
            for (int length = key.indexOf(SEPARATOR) + 1; length < key.length(); length++) {
                first = Math.min(first, own.getOrDefault(key.substring(0, length), first));
            }
            all.put(key, first);
        }
        return new TreeMap<>(all);
    }
}
