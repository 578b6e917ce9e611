package io.minicloud.agent.network;

import static io.minicloud.agent.network.RulesetWords.bridge;
import static io.minicloud.agent.network.RulesetWords.elements;
import static io.minicloud.agent.network.RulesetWords.hops;
import static io.minicloud.agent.network.RulesetWords.mark;
import static io.minicloud.agent.network.RulesetWords.quote;

import io.minicloud.agent.network.Router.Interface;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a router's rules say of ENIs that send under the addresses of their clients; nothing where there is none. A flow that such an ENI
 * begins under another address carries the ENI's number in its mark, and the mark of an answer is that number while its route is
 * looked up: so it goes to the ENI and not to the client. Then the answer has the mark of its sender again, and is judged like any
 * other packet.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html">Client IP
 *     preservation</a>
 */
final class TransparentWords {
    /** The part of the mark of a flow that is no bit of {@link Direction}. */
    private static final String NUMBER = "0xfffffff0";

    private final List<Interface> all;
    private final List<Interface> transparent;

    TransparentWords(Router router) {
        this.all = router.interfaces();
        this.transparent = router.transparent();
    }

    /** The mark of answers while their route is looked up, as {@code ip} spells it: that of the ENI without its last digit. */
    static String answerMark(String interfaceId) {
        return "0x" + Long.toHexString(Long.decode(numbered(interfaceId, "0x0")));
    }

    String portSet() {
        return declared("  set transparent { type ifname;%s }\n"
                .formatted(elements(transparent.stream().map(eni -> quote(eni.port())))));
    }

    /** Neither may it pretend to be another towards the router's own services. */
    String admission(String neverASource) {
        return declared(
                "    ether type ip iifname @transparent ip protocol { tcp, udp } ip saddr != %s ip daddr != 169.254.0.0/16 accept\n"
                        .formatted(neverASource));
    }

    String declarations() {
        return declared("""
                  set transparent { type mark;%2$s }
                  set transparent_itself { type mark . ipv4_addr;%3$s }
                  set answered { type ifname . ipv4_addr . mark;%4$s }
                  map owners { type ifname . ipv4_addr : mark;%5$s }
                  chain answering {
                    type filter hook prerouting priority mangle; policy accept;
                    ct direction reply ct mark and %1$s != 0 meta mark set ct mark and %1$s
                  }
                  chain under_other_addresses {
                    type filter hook forward priority -11; policy accept;
                    meta mark != 0 meta mark and 0xf == 0 meta mark set iifname . ip saddr map @owners
                    ct state new meta mark @transparent meta mark . ip saddr != @transparent_itself ct mark set meta mark and %1$s
                  }
                """.formatted(
                        NUMBER,
                        elements(transparent.stream().map(eni -> mark(eni.id()))),
                        elements(transparent.stream()
                                .flatMap(eni -> eni.addresses().stream().map(ip -> mark(eni.id()) + " . " + ip))),
                        elements(transparent.stream().map(eni -> "%s . %s . %s"
                                .formatted(bridge(eni), eni.addresses().getFirst(), numbered(eni.id(), "0x0")))),
                        elements(all.stream().flatMap(eni -> hops(eni).map(hop -> hop + " : " + mark(eni.id()))))));
    }

    /** What is for a client may be delivered to the ENI if it is an answer in a flow of its own. */
    String delivery() {
        return declared(
                "    ct direction reply ip daddr != 169.254.0.0/16 oifname . rt ip nexthop . ct mark and %s @answered return\n"
                        .formatted(NUMBER));
    }

    /**
     * The words for a direction with each mark that a flow may have which a side tracks.
     *
     * @param direction original or reply
     * @param tracked the bits
     */
    String flows(String direction, String tracked) {
        return Stream.concat(Stream.of(tracked), transparent.stream().map(eni -> numbered(eni.id(), tracked)))
                .map(flow -> direction + " . " + flow)
                .collect(Collectors.joining(", "));
    }

    private static String numbered(String interfaceId, String bits) {
        var mark = mark(interfaceId);
        return mark.substring(0, mark.length() - 1) + bits.substring("0x".length());
    }

    private String declared(String text) {
        return transparent.isEmpty() ? "" : text;
    }
}
