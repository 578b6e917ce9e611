package io.minicloud.agent.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Routes, rules and neighbours in the words of {@code ip}, so that what is wanted and what is there compare as texts.
 *
 * @param routes whole routes by their destination and table
 * @param rules e.g. {@code iif mcb0f3a1b2c3d4 lookup 16777216 priority 1000}
 * @param neighbours those whom nobody needs to ask for, e.g. {@code 169.254.254.1 lladdr 06:fe:00:00:00:01 dev mcigw}
 */
public record KernelRoutes(Map<String, String> routes, Set<String> rules, Set<String> neighbours) {
    /** The way of a route that leads nowhere. */
    static final String BLACKHOLE = "blackhole";

    /** The way of a route by which everything is for this namespace itself. */
    static final String LOCAL = "local";

    static final KernelRoutes NONE = new KernelRoutes(Map.of(), Set.of(), Set.of());

    /** Before the main table, which knows the VPC only. */
    private static final String PRIORITY = " priority 1000";

    private static final String BEFORE_ALL = " priority 900";

    /** Keeps immutable copies. */
    public KernelRoutes {
        routes = Map.copyOf(routes);
        rules = Set.copyOf(rules);
        neighbours = Set.copyOf(neighbours);
    }

    /** The lines that lead from what is there to these: new ones first, so that nothing is without its way meanwhile. */
    List<String> linesFrom(KernelRoutes there) {
        var lines = new ArrayList<String>();
        missing(neighbours, there.neighbours).forEach(found -> lines.add("neigh replace " + found + " nud permanent"));
        new TreeMap<>(routes).forEach((key, route) -> {
            if (!route.equals(there.routes.get(key))) {
                lines.add("route replace " + route);
            }
        });
        missing(rules, there.rules).forEach(rule -> lines.add("rule add " + rule));
        missing(there.rules, rules).forEach(rule -> lines.add("rule delete " + rule));
        missing(there.routes.keySet(), routes.keySet())
                .forEach(key -> lines.add("route delete " + there.routes.get(key)));
        return lines;
    }

    /** These and others. */
    KernelRoutes and(KernelRoutes others) {
        var more = new TreeMap<>(routes);
        more.putAll(others.routes);
        var moreRules = new HashSet<>(rules);
        moreRules.addAll(others.rules);
        var moreNeighbours = new HashSet<>(neighbours);
        moreNeighbours.addAll(others.neighbours);
        return new KernelRoutes(more, moreRules, moreNeighbours);
    }

    /** The same, but for the routes by some links. */
    KernelRoutes without(Set<String> links) {
        var left = new TreeMap<>(routes);
        left.values().removeIf(route -> links.stream().anyMatch(link -> (route + " ").contains(" dev " + link + " ")));
        return new KernelRoutes(left, rules, neighbours);
    }

    private static Set<String> missing(Set<String> of, Set<String> in) {
        var missing = new TreeSet<>(of);
        missing.removeAll(in);
        return missing;
    }

    /** Collects them. */
    static final class Builder {
        private final Map<String, String> routes = new TreeMap<>();
        private final Set<String> rules = new HashSet<>();
        private final Set<String> neighbours = new HashSet<>();

        /**
         * A route.
         *
         * @param destination a range or an address
         * @param way e.g. {@code via 10.0.1.10 dev mcb0f3a1b2c3d4}, {@link #BLACKHOLE} or {@link #LOCAL}
         * @param table its number; empty for the main table
         */
        Builder route(String destination, String way, String table) {
            var to = spelled(destination);
            var in = table.isEmpty() ? "" : " table " + table;
            var route =
                    switch (way) {
                        case BLACKHOLE -> BLACKHOLE + " " + to;
                        case LOCAL -> LOCAL + " " + to + " dev lo";
                        default -> to + " " + way;
                    };
            routes.put(to + in, route + in);
            return this;
        }

        /** What comes in by a link is looked up in a table. */
        Builder rule(String link, String table) {
            rules.add("iif " + link + " lookup " + table + PRIORITY);
            return this;
        }

        /** The same for what is of one protocol. */
        Builder rule(String link, String protocol, String table) {
            rules.add("iif " + link + " ipproto " + protocol + " lookup " + table + PRIORITY);
            return this;
        }

        /** What has a mark is looked up in a table, whatever it comes in by. */
        Builder marked(String mark, String table) {
            rules.add("fwmark " + mark + " lookup " + table + BEFORE_ALL);
            return this;
        }

        Builder neighbour(String address, String mac, String link) {
            neighbours.add(address + " lladdr " + mac + " dev " + link);
            return this;
        }

        KernelRoutes build() {
            return new KernelRoutes(routes, rules, neighbours);
        }

        /** As {@code ip} tells it. */
        private static String spelled(String range) {
            return range.equals("0.0.0.0/0")
                    ? "default"
                    : range.endsWith("/32") ? range.substring(0, range.length() - 3) : range;
        }
    }
}
