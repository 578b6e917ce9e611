package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Interface;
import io.minicloud.reconcile.identity.Sha256;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of nftables that all parts of a ruleset are written in. */
final class RulesetWords {
    private RulesetWords() {}

    /** The mark of packets that came in by an ENI's port; never 0. */
    static String mark(String interfaceId) {
        return "0x" + Sha256.hex(interfaceId).substring(0, 7) + "1";
    }

    /** The bridge of an ENI's subnet. */
    static String bridge(Interface eni) {
        return quote(Router.Subnet.bridgeOf(eni.subnetId()));
    }

    /** Where packets for an ENI leave the router: bridge and next hop, one for each address. */
    static Stream<String> hops(Interface eni) {
        return eni.addresses().stream().map(ip -> bridge(eni) + " . " + ip);
    }

    /** A chain that is no hook. */
    static String chain(String name, List<String> rules) {
        return rules.stream()
                .map(rule -> "    " + rule + "\n")
                .collect(Collectors.joining("", "  chain " + name + " {\n", "  }\n"));
    }

    /** The elements of a set or a map in their order, each once; nothing where there is none. */
    static String elements(Stream<String> elements) {
        var sorted = elements.sorted().distinct().toList();
        return sorted.isEmpty() ? "" : " elements = { " + String.join(", ", sorted) + " }";
    }

    /** A name as text. */
    static String quote(String name) {
        return "\"" + name + "\"";
    }
}
