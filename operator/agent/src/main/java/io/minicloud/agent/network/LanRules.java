package io.minicloud.agent.network;

import io.minicloud.agent.network.LanObstacle.Reason;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which addresses this machine may answer for on its networks. Pure. */
final class LanRules {
    private static final String NO_MAC = "00:00:00:00:00:00";
    private static final int MAC_LENGTH = NO_MAC.length();

    /** Of a longer prefix every address is a machine's (RFC 3021). */
    private static final int LONGEST_WITH_BROADCAST = 30;

    private LanRules() {}

    /** What keeps an address from being reached; empty: nothing. */
    static Optional<LanObstacle> obstacle(LanAddress wanted, LanState there) {
        var uplink = there.uplink(wanted);
        if (uplink.isEmpty()) {
            return is(
                    Reason.UplinkNotFound,
                    wanted.uplink() == null
                            ? "this machine has no default route that would name the interface of its network: make a pool that names it as its uplink"
                            : "this machine has no interface " + wanted.uplink()
                                    + ": make a pool that names one of its interfaces as its uplink");
        }
        return unfit(uplink.get())
                .or(() -> inUse(wanted.address(), there))
                .or(() -> notOnLink(wanted.address(), uplink.get()))
                .or(() -> there.forwarding().contains(uplink.get().name())
                        ? Optional.empty()
                        : is(
                                Reason.UplinkNotForwarding,
                                "interface " + uplink.get().name()
                                        + " does not forward: set net.ipv4.ip_forward to 1 on this machine"));
    }

    /** The gateway without the pairs that are given to nobody. */
    static InternetGateway admitted(InternetGateway gateway, LanState there) {
        var refused = gateway.lan().stream()
                .filter(wanted ->
                        obstacle(wanted, there).filter(LanObstacle::isRefusal).isPresent())
                .collect(Collectors.toSet());
        if (refused.isEmpty()) {
            return gateway;
        }
        var addresses = refused.stream().map(LanAddress::address).collect(Collectors.toSet());
        var pairs = new HashMap<>(gateway.publicAddresses());
        pairs.values().removeAll(addresses);
        return new InternetGateway(
                gateway.id(),
                pairs,
                gateway.lan().stream()
                        .filter(wanted -> !refused.contains(wanted))
                        .collect(Collectors.toSet()));
    }

    /** For whom this machine is to answer, and where. */
    static Set<ProxiedAddress> answered(InternetGateway admitted, LanState there) {
        return admitted.lan().stream()
                .flatMap(wanted -> there.uplink(wanted).stream()
                        .map(uplink -> new ProxiedAddress(wanted.address(), uplink.name())))
                .collect(Collectors.toSet());
    }

    private static Optional<LanObstacle> unfit(Link uplink) {
        if (!uplink.up()) {
            return is(Reason.UplinkDown, "interface " + uplink.name() + " is down: bring it up");
        }
        return uplink.mac().length() != MAC_LENGTH || uplink.mac().equals(NO_MAC)
                ? is(
                        Reason.UplinkNotEthernet,
                        "interface " + uplink.name()
                                + " has no MAC address: make a pool whose uplink is of the kind of Ethernet")
                : Optional.empty();
    }

    private static Optional<LanObstacle> inUse(String address, LanState there) {
        var own = there.links().values().stream()
                .flatMap(link -> link.addresses().stream())
                .anyMatch(held -> held.startsWith(address + "/"));
        var router = there.defaults().stream().anyMatch(way -> way.router().equals(address));
        return own || router
                ? is(
                        Reason.AddressInUse,
                        address + " is the address of " + (own ? "this machine" : "its router")
                                + ": make a pool of addresses that nobody on the network has")
                : Optional.empty();
    }

    private static Optional<LanObstacle> notOnLink(String address, Link uplink) {
        var asked = Ipv4.parse(address);
        var ranges = uplink.addresses().stream()
                .map(Ipv4Range::around)
                .filter(range -> range.contains(asked))
                .toList();
        if (ranges.isEmpty()) {
            return is(
                    Reason.AddressNotOnLink,
                    "%s lies in no range of interface %s (%s): make a pool of addresses of that network"
                            .formatted(
                                    address,
                                    uplink.name(),
                                    uplink.addresses().isEmpty()
                                            ? "it has none"
                                            : String.join(", ", uplink.addresses())));
        }
        return ranges.stream()
                        .filter(range -> range.prefix() <= LONGEST_WITH_BROADCAST)
                        .anyMatch(range ->
                                range.base().equals(asked) || range.last().equals(asked))
                ? is(
                        Reason.AddressInUse,
                        address + " is the network's own: make a pool of addresses that a machine there may have")
                : Optional.empty();
    }

    private static Optional<LanObstacle> is(Reason reason, String message) {
        return Optional.of(new LanObstacle(reason, message));
    }
}
