package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Interface;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whom a router has learned to have an address. It believes an answer for half a minute, so an address that went from one
 * interface to another would be delivered to the old one for as long.
 *
 * @param macs MAC addresses by address and link, e.g. {@code 10.0.1.11 dev mcb0f3a1b2c3d4}
 * @see <a href="https://man7.org/linux/man-pages/man7/arp.7.html">arp(7)</a>
 */
record LearnedNeighbours(Map<String, String> macs) {
    static final LearnedNeighbours NONE = new LearnedNeighbours(Map.of());

    /** Keeps an immutable copy. */
    LearnedNeighbours {
        macs = Map.copyOf(macs);
    }

    /** An address and the link behind which it is. */
    static String place(String address, String link) {
        return address + " dev " + link;
    }

    /** The lines that tell who has the addresses that were another's. The router asks them before it relies on it. */
    List<String> corrections(Router router) {
        return router.interfaces().stream().flatMap(this::corrections).sorted().toList();
    }

    private Stream<String> corrections(Interface eni) {
        return eni.addresses().stream()
                .map(address -> place(address, Router.Subnet.bridgeOf(eni.subnetId())))
                .filter(macs::containsKey)
                .filter(place -> !Objects.equals(macs.get(place), eni.mac()))
                .map(place -> "neigh replace " + place + " lladdr " + eni.mac() + " nud stale");
    }
}
