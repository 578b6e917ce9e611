package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The ports of a protocol that some groups open to 0.0.0.0/0.
 *
 * @param protocol tcp or udp
 * @param ranges disjoint and in order
 */
record OpenPorts(String protocol, List<Range> ranges) {
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final int LAST = 65535;

    /**
     * A range of ports.
     *
     * @param from the first
     * @param to the last
     */
    record Range(int from, int to) {
        @Override
        public String toString() {
            return from == to ? Integer.toString(from) : from + "-" + to;
        }
    }

    /** What these groups open in this direction. */
    static OpenPorts of(String protocol, Direction direction, Collection<Group> groups) {
        var merged = new ArrayList<Range>();
        groups.stream()
                .flatMap(group -> direction.rules(group).stream())
                .filter(rule -> EVERYWHERE.equals(rule.range()))
                .flatMap(rule -> range(protocol, rule).stream())
                .sorted(Comparator.comparingInt(Range::from))
                .forEach(range -> {
                    if (merged.isEmpty() || merged.getLast().to() < range.from() - 1) {
                        merged.add(range);
                    } else {
                        var last = merged.removeLast();
                        merged.add(new Range(last.from(), Math.max(last.to(), range.to())));
                    }
                });
        return new OpenPorts(protocol, List.copyOf(merged));
    }

    boolean isAll() {
        return ranges.equals(List.of(new Range(0, LAST)));
    }

    /** The words that match a packet to these ports; empty when there is none. */
    Optional<String> match() {
        if (ranges.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                isAll()
                        ? "meta l4proto " + protocol
                        : ranges.stream()
                                .map(Range::toString)
                                .collect(Collectors.joining(", ", protocol + " dport { ", " }")));
    }

    private static Optional<Range> range(String protocol, Rule rule) {
        var name = RuleRenderer.protocol(rule);
        if (name.equals("-1")) {
            return Optional.of(new Range(0, LAST));
        }
        return name.equals(protocol)
                ? Optional.of(rule.from() < 0 ? new Range(0, LAST) : new Range(rule.from(), rule.to()))
                : Optional.empty();
    }
}
