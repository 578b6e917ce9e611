package io.minicloud.agent.network;

import io.minicloud.agent.network.Appliance.Balanced;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rules by which an appliance shares flows of UDP among targets. The first datagram of a flow decides by its sender; the flow stays
 * with that target as long as it goes on, whatever becomes of the target, so rules that are loaded anew move none. TCP has no part in
 * it and is not tracked.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html">What is a Network Load Balancer</a>
 */
final class BalancedRenderer {
    private BalancedRenderer() {}

    static String render(Appliance appliance) {
        return """
                  chain untracked_in {
                    type filter hook prerouting priority raw; policy accept;
                    ip protocol tcp notrack
                  }
                  chain untracked_out {
                    type filter hook output priority raw; policy accept;
                    ip protocol tcp notrack
                  }
                  chain arriving {
                    type nat hook prerouting priority dstnat; policy accept;
                %s  }
                  chain passing {
                    type filter hook forward priority 0; policy drop;
                    ip protocol udp ct status dnat accept
                    ip protocol icmp ct state related accept
                  }
                """.formatted(appliance.balanced().stream()
                .filter(port -> !port.targets().isEmpty())
                .sorted(Comparator.comparing(Balanced::port))
                .map(port -> line(ApplianceRenderer.addresses(appliance), port))
                .collect(Collectors.joining()));
    }

    private static String line(String addresses, Balanced balanced) {
        var sender = balanced.byAddress() ? "ip saddr" : "ip saddr . udp sport";
        return "    ip daddr { %s } udp dport %d dnat ip to jhash %s mod %d map { %s }%n"
                .formatted(
                        addresses, balanced.port(), sender, balanced.targets().size(), map(balanced.targets()));
    }

    private static String map(List<Appliance.Endpoint> targets) {
        return IntStream.range(0, targets.size())
                .mapToObj(i -> "%d : %s . %d"
                        .formatted(i, targets.get(i).address(), targets.get(i).port()))
                .collect(Collectors.joining(", "));
    }
}
