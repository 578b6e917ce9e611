package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Rule;
import java.util.Map;

/** One rule of a security group as one rule of nftables. */
final class RuleRenderer {
    private static final int ALL = -1;
    private static final int MAX_PROTOCOL = 255;
    private static final Map<String, String> NAMES = Map.of("6", "tcp", "17", "udp", "1", "icmp");

    /** By group: the packet must have come in by a member's own ENI, an address alone is not enough. */
    String ingress(Rule rule) {
        var peer = rule.group() == null
                ? "ip saddr " + rule.range()
                : "meta mark . ip saddr @" + rule.group() + "_members";
        return peer + protocol(rule) + " accept";
    }

    String egress(Rule rule) {
        var peer = rule.group() == null ? "ip daddr " + rule.range() : "ip daddr @" + rule.group() + "_addresses";
        return peer + protocol(rule) + " accept";
    }

    private static String protocol(Rule rule) {
        var name = NAMES.getOrDefault(rule.protocol(), rule.protocol());
        return switch (name) {
            case "-1" -> "";
            case "tcp", "udp" -> ports(name, rule);
            case "icmp" -> icmp(rule);
            default -> " ip protocol " + number(name);
        };
    }

    private static String ports(String protocol, Rule rule) {
        if (rule.from() == ALL) {
            return " ip protocol " + protocol;
        }
        return " " + protocol + " dport " + rule.from() + (rule.to() == rule.from() ? "" : "-" + rule.to());
    }

    private static String icmp(Rule rule) {
        if (rule.from() == ALL) {
            return " ip protocol icmp";
        }
        return " icmp type " + rule.from() + (rule.to() == ALL ? "" : " icmp code " + rule.to());
    }

    private static int number(String protocol) {
        int number = Integer.parseInt(protocol);
        if (number < 0 || number > MAX_PROTOCOL) {
            throw new IllegalArgumentException("not a protocol: " + protocol);
        }
        return number;
    }
}
