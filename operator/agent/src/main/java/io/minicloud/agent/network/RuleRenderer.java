package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of a security group in the words of nftables. */
final class RuleRenderer {
    private static final int ALL = -1;
    private static final int MAX_PROTOCOL = 255;
    private static final Ipv4Range EVERYWHERE = Ipv4Range.parse("0.0.0.0/0");
    private static final Map<String, String> NAMES = Map.of("6", "tcp", "17", "udp", "1", "icmp");

    private RuleRenderer() {}

    /**
     * The lines of a group's chain: one for all ranges of the same ports, and one per group. A packet that a line matches
     * passes and has its flow tracked.
     */
    static List<String> render(Direction direction, List<Rule> rules) {
        return rules.stream()
                .collect(Collectors.groupingBy(RuleRenderer::ports, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .flatMap(same -> peers(direction, same.getValue())
                        .map(peer -> Stream.of(peer, same.getKey(), "goto " + direction.tracking())
                                .filter(words -> !words.isEmpty())
                                .collect(Collectors.joining(" "))))
                .toList();
    }

    /** The protocol: by name where AWS has one, -1 for all. */
    static String protocol(Rule rule) {
        return NAMES.getOrDefault(rule.protocol(), rule.protocol());
    }

    private static Stream<String> peers(Direction direction, List<Rule> rules) {
        var ranges = rules.stream()
                .map(Rule::range)
                .filter(Objects::nonNull)
                .map(Ipv4Range::parse)
                .distinct()
                .toList();
        var groups = rules.stream()
                .map(Rule::group)
                .filter(Objects::nonNull)
                .distinct()
                .map(direction::members);
        return ranges.isEmpty() ? groups : Stream.concat(Stream.of(match(direction, ranges)), groups);
    }

    /** A set takes no range that another one of it holds. */
    private static String match(Direction direction, List<Ipv4Range> ranges) {
        if (ranges.contains(EVERYWHERE)) {
            return "";
        }
        var widest = ranges.stream()
                .filter(range -> ranges.stream()
                        .noneMatch(other -> other.prefix() < range.prefix() && other.contains(range.base())))
                .map(Ipv4Range::toString)
                .toList();
        return direction.ranges(widest.size() == 1 ? widest.getFirst() : "{ " + String.join(", ", widest) + " }");
    }

    /** The words that match a packet to a rule's protocol and ports; none for all. */
    static String ports(Rule rule) {
        var name = protocol(rule);
        return switch (name) {
            case "-1" -> "";
            case "tcp", "udp" -> transport(name, rule);
            case "icmp" -> icmp(rule);
            default -> "ip protocol " + number(name);
        };
    }

    private static String transport(String protocol, Rule rule) {
        if (rule.from() == ALL) {
            return "ip protocol " + protocol;
        }
        return protocol + " dport " + rule.from() + (rule.to() == rule.from() ? "" : "-" + rule.to());
    }

    private static String icmp(Rule rule) {
        if (rule.from() == ALL) {
            return "ip protocol icmp";
        }
        return "icmp type " + rule.from() + (rule.to() == ALL ? "" : " icmp code " + rule.to());
    }

    private static int number(String protocol) {
        int number = Integer.parseInt(protocol);
        if (number < 0 || number > MAX_PROTOCOL) {
            throw new IllegalArgumentException("not a protocol: " + protocol);
        }
        return number;
    }
}
