package io.minicloud.agent.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernel's settings in a router's namespace.
 *
 * @see <a href="https://docs.kernel.org/networking/ip-sysctl.html">IP sysctl</a>
 */
final class RouterSettings {
    /** Packets are passed on. Off until the first ruleset is there. */
    static final String FORWARDING = "net.ipv4.ip_forward";

    private RouterSettings() {}

    /** Those that must hold before a router's or gateway's first link is there. */
    static Map<String, String> base() {
        var settings = still();
        settings.put("net.netfilter.nf_conntrack_udp_timeout_stream", "180");
        settings.put("net.netfilter.nf_conntrack_tcp_timeout_established", "432000");
        return settings;
    }

    /** Those that must hold before the first link is there in any namespace of ours. */
    static Map<String, String> still() {
        var settings = new LinkedHashMap<String, String>();
        for (var scope : List.of("all", "default")) {
            settings.put("net.ipv4.conf." + scope + ".send_redirects", "0");
            settings.put("net.ipv4.conf." + scope + ".accept_redirects", "0");
            settings.put("net.ipv4.conf." + scope + ".rp_filter", "0");
            settings.put("net.ipv6.conf." + scope + ".disable_ipv6", "1");
        }
        // Else the firewall of the root namespace's kind would judge frames between ports.
        for (var family : List.of("iptables", "ip6tables", "arptables")) {
            settings.put("net.bridge.bridge-nf-call-" + family, "0");
        }
        return settings;
    }

    /**
     * How an appliance follows the flows that it translates. Every protocol is forgotten after the same time; a TCP packet of no
     * known flow begins none, and one that is only out of order is not taken for such a packet.
     *
     * @param idleSeconds after which a flow without a packet is forgotten
     * @see <a href="https://docs.kernel.org/networking/nf_conntrack-sysctl.html">Netfilter conntrack sysctl</a>
     */
    static Map<String, String> tracking(int idleSeconds) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("net.netfilter.nf_conntrack_tcp_loose", "0");
        settings.put("net.netfilter.nf_conntrack_tcp_be_liberal", "1");
        for (var timeout : List.of("tcp_timeout_established", "udp_timeout", "udp_timeout_stream", "icmp_timeout")) {
            settings.put("net.netfilter.nf_conntrack_" + timeout, String.valueOf(idleSeconds));
        }
        return settings;
    }

    /** Those of a subnet's bridge: it answers ARP at once for every neighbour, so each packet is routed by it. */
    static Map<String, String> bridge(String bridge) {
        return Map.of(
                "net.ipv4.conf." + bridge + ".proxy_arp_pvlan", "1",
                "net.ipv4.conf." + bridge + ".send_redirects", "0",
                "net.ipv4.neigh." + bridge + ".proxy_delay", "0");
    }

    /** A setting that the kernel does not have is not wanted, unless nothing is known of it yet. */
    static Map<String, String> differing(Map<String, String> wanted, Map<String, String> observed, boolean unknown) {
        var wrong = new LinkedHashMap<String, String>();
        wanted.forEach((name, value) -> {
            var now = observed.get(name);
            if (unknown || (now != null && !now.equals(value))) {
                wrong.put(name, value);
            }
        });
        return wrong;
    }

    /** Those of the end of an internet gateway's link in the root namespace: only what comes by it is passed on. */
    static Map<String, String> edge(String link) {
        return Map.of(forwardingOf(link), "1");
    }

    /** The name of the setting by which a link passes on what comes in by it. A dot in the link's name is told as a slash. */
    static String forwardingOf(String link) {
        return "net.ipv4.conf." + link.replace('.', '/') + ".forwarding";
    }

    /** The names of all that matter in an internet gateway's namespace. */
    static List<String> gatewayNames() {
        var names = new ArrayList<>(base().keySet());
        names.add(FORWARDING);
        return names;
    }

    /** The names of all that matter in an appliance's namespace. */
    static List<String> applianceNames() {
        var names = new ArrayList<>(still().keySet());
        names.addAll(tracking(1).keySet());
        names.add(FORWARDING);
        return names;
    }

    /** The names of all that matter. */
    static List<String> names(Router router) {
        var names = new ArrayList<>(gatewayNames());
        router.subnets().forEach(subnet -> names.addAll(bridge(subnet.bridge()).keySet()));
        return names;
    }
}
