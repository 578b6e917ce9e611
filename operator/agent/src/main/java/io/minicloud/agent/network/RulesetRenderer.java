package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Interface;
import io.minicloud.reconcile.identity.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A router's rules as one transaction of {@code nft -f}: the tables {@code bridge minicloud} (who may send what) and
 * {@code inet minicloud} (who may reach whom), replaced together. Every packet costs a fixed number of look-ups, however
 * many interfaces and members there are.
 *
 * <p>The bridge's table marks a packet with the number of the ENI whose port it came in by; the router's table knows the
 * sender by that mark, never by an address. Mark 0 is no ENI and is never forwarded.
 */
public final class RulesetRenderer {
    private static final String NL = "\n";
    private static final String NEVER_A_SOURCE = "{ 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16, 224.0.0.0/3 }";

    /**
     * The transaction.
     *
     * @param router what is wanted
     * @throws IllegalArgumentException when two ENIs get the same mark (one in four thousand million per pair)
     */
    public String render(Router router) {
        requireDistinctMarks(router.interfaces());
        return Stream.of("bridge", "inet")
                        .map(family -> "table %s minicloud%ndelete table %s minicloud%n".formatted(family, family))
                        .collect(Collectors.joining())
                + bridgeTable(router)
                + inetTable(router);
    }

    /** The mark of packets that came in by an ENI's port; never 0. */
    static String mark(String interfaceId) {
        return "0x" + Sha256.hex(interfaceId).substring(0, 7) + "1";
    }

    private static void requireDistinctMarks(List<Interface> interfaces) {
        var seen = new HashMap<String, String>();
        for (var eni : interfaces) {
            var other = seen.put(mark(eni.id()), eni.id());
            if (other != null) {
                throw new IllegalArgumentException(eni.id() + " and " + other + " have the same mark");
            }
        }
    }

    private static String bridgeTable(Router router) {
        var enis = router.interfaces();
        var unchecked = enis.stream().filter(eni -> !eni.sourceDestCheck()).toList();
        return """
                table bridge minicloud {
                  comment "%s"
                  map ports { type ifname : mark;%s }
                  set machines { type ifname . ether_addr;%s }
                  set sources { type ifname . ether_addr . ipv4_addr;%s }
                  set unchecked { type ifname;%s }
                  set taken { type ipv4_addr;%s }
                  chain prerouting {
                    type filter hook prerouting priority -300; policy drop;
                    iifname . ether saddr != @machines drop
                    meta mark set iifname map @ports
                    ether type arp iifname . arp saddr ether . arp saddr ip @sources accept
                    ether type arp arp operation request arp saddr ip 0.0.0.0 iifname . arp saddr ether @machines accept
                    ether type arp iifname @unchecked iifname . arp saddr ether @machines arp saddr ip != @taken arp saddr ip != %s accept
                    ether type ip iifname . ether saddr . ip saddr @sources accept
                    ether type ip ip saddr 0.0.0.0 ip daddr 255.255.255.255 udp sport 68 udp dport 67 accept
                    ether type ip iifname @unchecked ip saddr != %s accept
                  }
                }
                """.formatted(
                        router.owner(),
                        elements(enis.stream().map(eni -> quote(eni.port()) + " : " + mark(eni.id()))),
                        elements(enis.stream().map(eni -> quote(eni.port()) + " . " + eni.mac())),
                        elements(enis.stream().flatMap(eni -> eni.addresses().stream()
                                .map(ip -> quote(eni.port()) + " . " + eni.mac() + " . " + ip))),
                        elements(unchecked.stream().map(eni -> quote(eni.port()))),
                        elements(taken(router)),
                        NEVER_A_SOURCE,
                        NEVER_A_SOURCE);
    }

    /** What an ENI without the check may still not claim by ARP: the router would send it what is another's. */
    private static Stream<String> taken(Router router) {
        return Stream.concat(
                router.subnets().stream().map(Router.Subnet::gateway),
                router.interfaces().stream().flatMap(eni -> eni.addresses().stream()));
    }

    private static String inetTable(Router router) {
        return """
                table inet minicloud {
                  comment "%s"
                """.formatted(router.owner())
                + groupSets(router)
                + groupChains(router)
                + interfaceChains(router)
                + interfaceMaps(router.interfaces())
                + forwarding()
                + input(router)
                + "}\n";
    }

    private static String groupSets(Router router) {
        var sets = new StringBuilder();
        for (var group : referencedGroups(router)) {
            var members = router.members().getOrDefault(group, List.of());
            sets.append("  set %s_members { type mark . ipv4_addr;%s }%n"
                    .formatted(
                            group,
                            elements(members.stream()
                                    .map(member -> mark(member.interfaceId()) + " . " + member.address()))));
            sets.append("  set %s_addresses { type ipv4_addr;%s }%n"
                    .formatted(group, elements(members.stream().map(Router.Member::address))));
        }
        return sets.toString();
    }

    private static Collection<String> referencedGroups(Router router) {
        return router.groups().stream()
                .flatMap(group -> Stream.concat(group.ingress().stream(), group.egress().stream()))
                .map(Router.Rule::group)
                .filter(group -> group != null)
                .distinct()
                .sorted()
                .toList();
    }

    private static String groupChains(Router router) {
        var rules = new RuleRenderer();
        return router.groups().stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .map(group -> chain(
                                group.id() + "_out",
                                group.egress().stream().map(rules::egress).toList())
                        + chain(
                                group.id() + "_in",
                                group.ingress().stream().map(rules::ingress).toList()))
                .collect(Collectors.joining());
    }

    /** One pair of chains per combination of groups, not per interface. A group that is not known lets nothing pass. */
    private static String interfaceChains(Router router) {
        var known = router.groups().stream().map(Router.Group::id).collect(Collectors.toSet());
        Map<String, List<String>> combinations = new TreeMap<>();
        router.interfaces().forEach(eni -> combinations.put(combination(eni), eni.groups()));
        var chains = new StringBuilder();
        combinations.forEach((name, groups) -> {
            for (var direction : List.of("_out", "_in")) {
                var jumps = groups.stream()
                        .filter(known::contains)
                        .map(group -> "jump " + group + direction)
                        .toList();
                chains.append(chain(name + direction, jumps));
            }
        });
        return chains.toString();
    }

    private static String interfaceMaps(List<Interface> enis) {
        var unchecked = enis.stream().filter(eni -> !eni.sourceDestCheck()).toList();
        return """
                  map senders { type mark : verdict;%s }
                  map receivers { type ifname . ipv4_addr : verdict;%s }
                  set delivery { type ifname . ipv4_addr . ipv4_addr;%s }
                  set unchecked { type ifname . ipv4_addr;%s }
                """.formatted(
                        elements(enis.stream().map(eni -> mark(eni.id()) + " : jump " + combination(eni) + "_out")),
                        elements(enis.stream()
                                .flatMap(eni -> hops(eni).map(hop -> hop + " : jump " + combination(eni) + "_in"))),
                        elements(enis.stream().flatMap(eni -> eni.addresses().stream()
                                .map(ip -> bridge(eni) + " . " + ip + " . " + ip))),
                        elements(unchecked.stream().flatMap(RulesetRenderer::hops)));
    }

    /**
     * Two base chains, since {@code accept} ends one: the sender's side, then the receiver's. What is delivered must be
     * for the ENI that is the next hop, also in a tracked flow.
     */
    private static String forwarding() {
        return """
                  chain destination_check {
                    oifname . rt ip nexthop . ip daddr @delivery return
                    ip daddr != 169.254.0.0/16 oifname . rt ip nexthop @unchecked return
                    drop
                  }
                  chain sending {
                    type filter hook forward priority -10; policy drop;
                    meta mark 0 drop
                    ct state invalid drop
                    ct state established,related accept
                    meta mark vmap @senders
                  }
                  chain delivering {
                    type filter hook forward priority 0; policy drop;
                    jump destination_check
                    ct state established,related accept
                    oifname . rt ip nexthop vmap @receivers
                  }
                """;
    }

    /** The router itself: no group stands between an interface and DHCP, the resolver, metadata and a ping of the gateway. */
    private static String input(Router router) {
        var resolver = router.dns().enabled()
                ? "    ip daddr { %s, %s } meta l4proto { tcp, udp } th dport 53 accept%n"
                        .formatted(router.resolver(), Router.RESOLVER)
                : "";
        return """
                  chain input {
                    type filter hook input priority 0; policy drop;
                    iifname "lo" accept
                    meta mark 0 ct state established,related accept
                    meta mark 0 drop
                    udp sport 68 udp dport 67 accept
                %s    ip daddr %s tcp dport 80 accept
                    fib daddr type local icmp type echo-request accept
                  }
                """.formatted(resolver, Router.METADATA);
    }

    static String combination(Interface eni) {
        return "groups_" + Sha256.hex(String.join(",", eni.groups())).substring(0, 16);
    }

    private static String bridge(Interface eni) {
        return quote(Router.Subnet.bridgeOf(eni.subnetId()));
    }

    private static Stream<String> hops(Interface eni) {
        return eni.addresses().stream().map(ip -> bridge(eni) + " . " + ip);
    }

    private static String chain(String name, List<String> rules) {
        var lines = new ArrayList<String>();
        lines.add("  chain " + name + " {");
        rules.forEach(rule -> lines.add("    " + rule));
        lines.add("  }");
        return String.join(NL, lines) + NL;
    }

    private static String elements(Stream<String> elements) {
        var sorted = elements.sorted().distinct().toList();
        return sorted.isEmpty() ? "" : " elements = { " + String.join(", ", sorted) + " }";
    }

    private static String quote(String name) {
        return "\"" + name + "\"";
    }
}
