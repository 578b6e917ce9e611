package io.minicloud.agent.network;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A mistake that a renderer of rules might make.
 *
 * @param name what is wrong then
 * @param pattern what it writes
 * @param replacement what it should not have written
 */
record Mutation(String name, Pattern pattern, String replacement) implements UnaryOperator<String> {
    /** The mistakes that the matrix has to find. */
    static List<Mutation> all() {
        return List.of(
                of("a group in a rule is everybody", "meta mark \\. ip saddr @\\S+_members ", ""),
                of(
                        "a group in a rule is whoever has its addresses",
                        "meta mark \\. ip saddr @(\\S+)_members",
                        "ip saddr @$1_addresses"),
                of(
                        "a group has lost a member",
                        "(_members \\{ type mark \\. ipv4_addr; elements = \\{ )[^,}]+, ",
                        "$1"),
                of(
                        "what no group lets in comes in",
                        "(chain delivering \\{\\s+type filter hook forward priority 0; policy )drop",
                        "$1accept"),
                of(
                        "what no group lets out goes out",
                        "(chain sending \\{\\s+type filter hook forward priority -10; policy )drop",
                        "$1accept"),
                of("answers need a rule", " +ct state established,related ct direction .*\\n", ""),
                of("only the first of several groups counts", "(jump sg-\\S+_in\\n) +jump sg-\\S+_in\\n", "$1"),
                of(
                        "one interface has the groups of another",
                        "(10\\.0\\.1\\.11 : jump )(\\w+)(.*? 10\\.0\\.1\\.14 : jump )(\\w+)",
                        "$1$4$3$2"),
                of(
                        "what comes from the world is judged by no group",
                        "(oifname \\. rt ip nexthop vmap @receivers)",
                        "meta mark 0x2 accept\n$1"),
                of("a range of ports ends one later", "9000-9010", "9000-9011"),
                of("a range of ports ends one sooner", "9000-9010", "9000-9009"),
                of("udp passes where tcp may", "tcp dport", "meta l4proto { tcp, udp } th dport"),
                of("the type of icmp does not matter", "icmp type \\d+", "ip protocol icmp"),
                of("a protocol is taken for the next one", "ip protocol 50", "ip protocol 51"),
                of("an address is taken for its network", "(ip saddr 198\\.18\\.\\d+\\.)2/32", "$10/24"),
                of("an acl lets everything in", "oifname \\. rt ip nexthop vmap @entering", ""),
                of("an acl lets everything out", "meta mark vmap @leaving", ""),
                of("an acl judges within its subnet", "meta mark \\. oifname @at_home accept", ""),
                of("an acl does not deny what it names", " +.* drop comment \"\\d+\"\\n", ""),
                of("an acl allows what it does not name", "(comment \"\\d+\"\\n) +drop\\n", "$1"),
                of("a later entry of an acl wins", "( +.* comment \"90\"\\n)( +.* drop comment \"95\"\\n)", "$2$1"),
                of(
                        "whoever sends may say another's address",
                        "ether type ip iifname \\. ether saddr \\. ip saddr @sources",
                        "ether type ip"),
                of("whoever is the next hop gets what is another's", "(@unchecked return\\n) +drop\\n", "$1"),
                of(
                        "the gateway passes what has no public address",
                        "(chain in_force \\{\\s+type filter hook postrouting priority 101; policy )drop",
                        "$1accept"),
                of(
                        "the gateway confuses two public addresses",
                        "( : )(10\\.0\\.1\\.11)(,.*? : )(10\\.0\\.1\\.12)",
                        "$1$4$3$2"));
    }

    private static Mutation of(String name, String pattern, String replacement) {
        return new Mutation(name, Pattern.compile(pattern), replacement);
    }

    @Override
    public String apply(String rules) {
        return pattern.matcher(rules).replaceAll(replacement);
    }

    @Override
    public String toString() {
        return name;
    }
}
