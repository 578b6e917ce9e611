package io.minicloud.agent.network;

import static io.minicloud.agent.network.RulesetWords.elements;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The rules of an appliance. It answers nobody and says nothing of its own. With source address translation it lets through what
 * begins in the ranges, and the answers; the flow decides, so rules that are loaded anew end none. With open ports it takes connections
 * at those and makes its own: no flow is tracked for that, since only who begins one is judged. Whom it may speak with is for the
 * groups of its interfaces to say.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html">NAT gateway basics</a>
 */
final class ApplianceRenderer {
    /** The family of the table. */
    static final List<String> FAMILIES = List.of("ip");

    private ApplianceRenderer() {}

    /** The transaction. */
    static String render(Appliance appliance) {
        var nat = appliance.sourceNat();
        return """
                table ip minicloud
                delete table ip minicloud
                table ip minicloud {
                  comment "%s"
                """.formatted(appliance.owner())
                + (listens(appliance) ? listening(appliance) : silent())
                + passing(appliance)
                + (nat == null && !listens(appliance) ? mute() : "")
                + "}\n";
    }

    /** Whom it balances it also checks. */
    private static boolean listens(Appliance appliance) {
        return !appliance.openPorts().isEmpty() || !appliance.balanced().isEmpty();
    }

    private static String passing(Appliance appliance) {
        if (!appliance.balanced().isEmpty()) {
            return BalancedRenderer.render(appliance);
        }
        return appliance.sourceNat() == null ? closed() : translating(appliance.sourceNat());
    }

    private static String silent() {
        return """
                  chain input {
                    type filter hook input priority 0; policy drop;
                  }
                """;
    }

    /** That a packet is too big for the way has to be heard, or a connection hangs. */
    private static String listening(Appliance appliance) {
        return """
                  chain input {
                    type filter hook input priority 0; policy drop;
                    tcp flags & (syn | ack) != syn accept
                %s    icmp type destination-unreachable accept
                  }
                  chain output {
                    type filter hook output priority 0; policy drop;
                    ip protocol tcp accept
                  }
                """.formatted(ports(appliance));
    }

    private static String ports(Appliance appliance) {
        if (appliance.openPorts().isEmpty()) {
            return "";
        }
        var ports = appliance.openPorts().stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
        var own = appliance.transparent() ? "ip daddr { " + addresses(appliance) + " } " : "";
        return "    %stcp dport { %s } accept%n".formatted(own, ports);
    }

    /** With those of clients everything is for it, and nobody begins a connection with it by another's address. */
    static String addresses(Appliance appliance) {
        return appliance.interfaces().stream()
                .flatMap(eni -> eni.addresses().stream())
                .collect(Collectors.joining(", "));
    }

    private static String closed() {
        return """
                  chain passing {
                    type filter hook forward priority 0; policy drop;
                  }
                """;
    }

    private static String mute() {
        return """
                  chain output {
                    type filter hook output priority 0; policy drop;
                  }
                """;
    }

    /** Like AWS's, it knows three protocols, and who goes on with a TCP flow that was forgotten is told so by a reset. */
    private static String translating(Appliance.SourceNat nat) {
        return """
                  set sources { type ipv4_addr; flags interval; auto-merge;%1$s }
                  chain passing {
                    type filter hook forward priority 0; policy drop;
                    ct state established,related accept
                    ip saddr @sources ct state invalid ip protocol tcp reject with tcp reset
                    ip saddr @sources ct state new ip protocol { tcp, udp, icmp } accept
                  }
                  chain leaving {
                    type nat hook postrouting priority srcnat; policy accept;
                    ip saddr @sources ip protocol tcp masquerade to :%2$d-%3$d
                    ip saddr @sources ip protocol udp masquerade to :%2$d-%3$d
                    ip saddr @sources ip protocol icmp masquerade
                  }
                  chain output {
                    type filter hook output priority 0; policy drop;
                    tcp flags & rst == rst accept
                  }
                """.formatted(elements(nat.ranges().stream()), nat.fromPort(), nat.toPort());
    }
}
