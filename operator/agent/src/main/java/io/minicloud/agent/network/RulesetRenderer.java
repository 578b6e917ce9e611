package io.minicloud.agent.network;

import static io.minicloud.agent.network.RulesetWords.bridge;
import static io.minicloud.agent.network.RulesetWords.elements;
import static io.minicloud.agent.network.RulesetWords.hops;
import static io.minicloud.agent.network.RulesetWords.mark;
import static io.minicloud.agent.network.RulesetWords.quote;

import io.minicloud.agent.network.Router.Interface;
import java.util.HashMap;
import java.util.List;
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
    /** The families of the tables. */
    static final List<String> FAMILIES = List.of("bridge", "inet");

    private static final String NEVER_A_SOURCE = "{ 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16, 224.0.0.0/3 }";

    /**
     * The transaction.
     *
     * @param router what is wanted
     * @throws IllegalArgumentException when two ENIs get the same mark (one in four thousand million per pair)
     */
    public String render(Router router) {
        requireDistinctMarks(router.interfaces());
        return FAMILIES.stream()
                        .map(family -> "table %s minicloud%ndelete table %s minicloud%n".formatted(family, family))
                        .collect(Collectors.joining())
                + bridgeTable(router)
                + inetTable(router);
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
        var transparent = new TransparentWords(router);
        return """
                table bridge minicloud {
                  comment "%s"
                  map ports { type ifname : mark;%s }
                  set machines { type ifname . ether_addr;%s }
                  set sources { type ifname . ether_addr . ipv4_addr;%s }
                  set unchecked { type ifname;%s }
                  set taken { type ipv4_addr;%s }
                %s  chain prerouting {
                    type filter hook prerouting priority -300; policy drop;
                    iifname . ether saddr != @machines drop
                    meta mark set iifname map @ports
                    ether type arp iifname . arp saddr ether . arp saddr ip @sources accept
                    ether type arp arp operation request arp saddr ip 0.0.0.0 iifname . arp saddr ether @machines accept
                    ether type arp iifname @unchecked iifname . arp saddr ether @machines arp saddr ip != @taken arp saddr ip != %s accept
                    ether type ip iifname . ether saddr . ip saddr @sources accept
                    ether type ip ip saddr 0.0.0.0 ip daddr 255.255.255.255 udp sport 68 udp dport 67 accept
                    ether type ip iifname @unchecked ip saddr != %s accept
                %s  }
                }
                """.formatted(
                        router.owner(),
                        elements(enis.stream().map(eni -> quote(eni.port()) + " : " + mark(eni.id()))),
                        elements(enis.stream().map(eni -> quote(eni.port()) + " . " + eni.mac())),
                        elements(enis.stream().flatMap(eni -> eni.addresses().stream()
                                .map(ip -> quote(eni.port()) + " . " + eni.mac() + " . " + ip))),
                        elements(unchecked.stream().map(eni -> quote(eni.port()))),
                        elements(taken(router)),
                        transparent.portSet(),
                        NEVER_A_SOURCE,
                        NEVER_A_SOURCE,
                        transparent.admission(NEVER_A_SOURCE));
    }

    /** What an ENI without the check may still not claim by ARP: the router would send it what is another's. */
    private static Stream<String> taken(Router router) {
        return Stream.concat(
                router.subnets().stream().map(Router.Subnet::gateway),
                router.interfaces().stream().flatMap(eni -> eni.addresses().stream()));
    }

    private static String inetTable(Router router) {
        var gateway = new GatewayWords(router.routing().gateway() != null);
        var transparent = new TransparentWords(router);
        return """
                table inet minicloud {
                  comment "%s"
                """.formatted(router.owner())
                + new GroupRenderer(router).render()
                + new AclRenderer(router).render()
                + interfaceMaps(router.interfaces())
                + transparent.declarations()
                + gateway.arriving()
                + forwarding(gateway, transparent)
                + input(router, gateway)
                + "}\n";
    }

    private static String interfaceMaps(List<Interface> enis) {
        var unchecked = enis.stream().filter(eni -> !eni.sourceDestCheck()).toList();
        return """
                  map senders { type mark : verdict;%s }
                  map receivers { type ifname . ipv4_addr : verdict;%s }
                  set delivery { type ifname . ipv4_addr . ipv4_addr;%s }
                  set unchecked { type ifname . ipv4_addr;%s }
                """.formatted(
                elements(enis.stream().map(eni -> mark(eni.id()) + " : jump " + Direction.OUT.combination(eni))),
                elements(enis.stream()
                        .flatMap(eni -> hops(eni).map(hop -> hop + " : jump " + Direction.IN.combination(eni)))),
                elements(enis.stream()
                        .flatMap(eni -> eni.addresses().stream().map(ip -> bridge(eni) + " . " + ip + " . " + ip))),
                elements(unchecked.stream().flatMap(RulesetWords::hops)));
    }

    /**
     * Two base chains, since {@code accept} ends one: the sender's side, then the receiver's. Each lets pass what belongs to a
     * flow that its own ENI tracks; every other packet is judged by the rules, also one of a flow that goes on. What is
     * delivered must be for the ENI that is the next hop, also in a tracked flow.
     */
    private static String forwarding(GatewayWords gateway, TransparentWords transparent) {
        return """
                  chain destination_check {
                    oifname . rt ip nexthop . ip daddr @delivery return
                %5$s    ip daddr != 169.254.0.0/16 oifname . rt ip nexthop @unchecked return
                    drop
                  }
                  chain sending {
                    type filter hook forward priority -10; policy drop;
                    meta mark 0 drop
                    ct state invalid drop
                %3$s    ct state established,related ct direction . ct mark { %1$s } accept
                    meta mark vmap @senders
                  }
                  chain delivering {
                    type filter hook forward priority 0; policy drop;
                %4$s    jump destination_check
                    ct state established,related ct direction . ct mark { %2$s } accept
                    oifname . rt ip nexthop vmap @receivers
                  }
                """.formatted(
                        tracked(Direction.OUT, transparent),
                        tracked(Direction.IN, transparent),
                        gateway.sending(),
                        gateway.delivering(),
                        transparent.delivery());
    }

    /** The flows of which a side lets every packet pass: what its own ENI began or is answered. */
    private static String tracked(Direction side, TransparentWords transparent) {
        return Stream.of(
                        transparent.flows("original", side.tracked()),
                        transparent.flows("original", Direction.BOTH_TRACKED),
                        transparent.flows("reply", side.other().tracked()),
                        transparent.flows("reply", Direction.BOTH_TRACKED))
                .collect(Collectors.joining(", "));
    }

    /** The router itself: no group stands between an interface and DHCP, the resolver, metadata and a ping of the gateway. */
    private static String input(Router router, GatewayWords gateway) {
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
                %s    udp sport 68 udp dport 67 accept
                %s    ip daddr %s tcp dport 80 accept
                    fib daddr type local icmp type echo-request accept
                  }
                """.formatted(gateway.input(), resolver, Router.METADATA);
    }
}
