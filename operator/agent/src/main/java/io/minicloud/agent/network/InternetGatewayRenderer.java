package io.minicloud.agent.network;

import static io.minicloud.agent.network.RulesetWords.elements;

import io.minicloud.reconcile.identity.OwnerTag;
import java.util.List;

/**
 * The rules of an internet gateway: it exchanges private and public addresses one for one, and a packet passes only while its
 * flow goes by a pair that is in force, so taking an address away ends its flows at once.
 */
final class InternetGatewayRenderer {
    /** The family of the table. */
    static final List<String> FAMILIES = List.of("inet");

    private InternetGatewayRenderer() {}

    /** The transaction. */
    static String render(InternetGateway gateway, OwnerTag owner) {
        var pairs = gateway.sorted().entrySet();
        return """
                table inet minicloud
                delete table inet minicloud
                table inet minicloud {
                  comment "%1$s"
                  map private { type ipv4_addr : ipv4_addr;%2$s }
                  map public { type ipv4_addr : ipv4_addr;%3$s }
                  set pairs { type ipv4_addr . ipv4_addr;%4$s }
                  chain arriving {
                    type nat hook prerouting priority dstnat; policy accept;
                    iifname "%5$s" dnat ip to ip daddr map @private
                  }
                  chain passing {
                    type filter hook forward priority 0; policy drop;
                    ct state invalid drop
                    iifname "%5$s" icmp type redirect drop
                    iifname "%6$s" oifname "%5$s" accept
                    iifname "%5$s" oifname "%6$s" accept
                  }
                  chain leaving {
                    type nat hook postrouting priority srcnat; policy accept;
                    oifname "%5$s" snat ip to ip saddr map @public
                  }
                  chain in_force {
                    type filter hook postrouting priority 101; policy drop;
                    ct original ip saddr . ct reply ip daddr @pairs accept
                    ct reply ip saddr . ct original ip daddr @pairs accept
                  }
                  chain input {
                    type filter hook input priority 0; policy drop;
                  }
                }
                """.formatted(
                        owner,
                        elements(pairs.stream().map(pair -> pair.getValue() + " : " + pair.getKey())),
                        elements(pairs.stream().map(pair -> pair.getKey() + " : " + pair.getValue())),
                        elements(pairs.stream().map(pair -> pair.getKey() + " . " + pair.getValue())),
                        InternetGateway.TO_EDGE,
                        InternetGateway.TO_ROUTER);
    }
}
