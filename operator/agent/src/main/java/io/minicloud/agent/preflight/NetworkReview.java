package io.minicloud.agent.preflight;

import io.minicloud.agent.network.Ipv4Range;
import io.minicloud.agent.network.ServiceLink;
import io.minicloud.agent.preflight.MachineFacts.Forwarding;
import io.minicloud.agent.preflight.MachineFacts.Route;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of forwarding, the service range and network daemons. What passes inside a VPC never passes the root
 * namespace, whatever its firewall and its settings are; only what a router itself sends beyond the machine, by its
 * service link, does.
 */
final class NetworkReview {
    /** Enough to see a pattern; a VPN may have hundreds. */
    private static final int NAMED_ROUTES = 3;

    /** What is wider is a piece of the default route (a VPN writes 0.0.0.0/1 and 128.0.0.0/1) and says nothing of who is there. */
    private static final int WIDEST = 8;

    private static final String SCOPE =
            "VPCs work as they are: their packets do not pass here. Only what a router itself sends beyond this machine does. ";

    private final String serviceCidr;
    private final Ipv4Range serviceRange;

    NetworkReview(String serviceCidr) {
        this.serviceCidr = serviceCidr;
        this.serviceRange = Ipv4Range.parse(serviceCidr);
    }

    Finding forwarding(@Nullable Forwarding forwarding) {
        if (forwarding == null) {
            return Finding.unknown(
                    Topic.ForwardingAllowed, "the firewall's rules cannot be listed: try nft -j list chains");
        }
        if (forwarding.bridgesFiltered()) {
            return Finding.advice(
                    Topic.ForwardingAllowed,
                    PreflightReason.BridgesFiltered,
                    "before Linux 5.3 the firewall also judges what is passed on inside a VPC: take a newer kernel, or sysctl -w net.bridge.bridge-nf-call-iptables=0");
        }
        if (!forwarding.obstacles().isEmpty()) {
            return Finding.advice(
                    Topic.ForwardingAllowed,
                    PreflightReason.FirewallDrops,
                    SCOPE
                            + forwarding.obstacles().stream()
                                    .map(this::told)
                                    .distinct()
                                    .collect(Collectors.joining("; ")));
        }
        return forwarding.on()
                ? Finding.good(Topic.ForwardingAllowed)
                : Finding.advice(
                        Topic.ForwardingAllowed,
                        PreflightReason.ForwardingOff,
                        SCOPE
                                + "The kernel passes nothing on: sysctl -w net.ipv4.ip_forward=1 && echo net.ipv4.ip_forward=1 > /etc/sysctl.d/90-minicloud.conf");
    }

    private String told(Obstacle obstacle) {
        return "chain %s of table %s %s (%s) drops it: %s"
                .formatted(
                        obstacle.chain(),
                        obstacle.family(),
                        obstacle.table(),
                        obstacle.keeper().title(),
                        remedy(obstacle));
    }

    /** In the words of who keeps the rules: what is written past it is gone at its next reload. */
    private String remedy(Obstacle obstacle) {
        return switch (obstacle.keeper()) {
            case UFW -> "ufw route allow from " + serviceCidr;
            case FIREWALLD ->
                "firewall-cmd --permanent --zone=trusted --add-source=" + serviceCidr + " && firewall-cmd --reload";
            case DOCKER -> iptables(obstacle.program(), "DOCKER-USER") + ", again after each boot";
            case NOBODY ->
                obstacle.program().equals("nft")
                        ? nft(obstacle)
                        : iptables(obstacle.program(), obstacle.chain()) + ", again after each boot";
        };
    }

    private static String iptables(String program, String chain) {
        var links = ServiceLink.NAME_PREFIX + "+";
        return "%s -I %s -i %s -j ACCEPT && %s -I %s -o %s -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"
                .formatted(program, chain, links, program, chain, links);
    }

    private static String nft(Obstacle obstacle) {
        var rule = "nft insert rule %s %s %s ".formatted(obstacle.family(), obstacle.table(), obstacle.chain());
        var links = "'\"" + ServiceLink.NAME_PREFIX + "*\"'";
        return rule + "iifname " + links + " accept && " + rule + "oifname " + links
                + " ct state established,related accept, and the same in the file that it is loaded from";
    }

    Finding range(@Nullable List<Route> routes) {
        if (routes == null) {
            return Finding.unknown(
                    Topic.AddressRangeFree,
                    "the routes of this machine cannot be listed: try ip -j route show table all");
        }
        var overlapping = routes.stream()
                .filter(route -> route.destination().prefix() >= WIDEST)
                .filter(route -> route.destination().overlaps(serviceRange))
                .filter(route -> !route.device().matches(ServiceLink.NAME_PREFIX + "[0-9a-f]{11}"))
                .toList();
        if (overlapping.isEmpty()) {
            return Finding.good(Topic.AddressRangeFree);
        }
        return Finding.blocking(
                Topic.AddressRangeFree,
                PreflightReason.RangeOverlaps,
                "the service range " + serviceCidr + " is in use here: " + told(overlapping)
                        + ". Choose another for the whole installation, with MINICLOUD_SERVICE_CIDR or Helm's serviceCidr"
                        + alternative(overlapping));
    }

    private static String told(Collection<Route> routes) {
        return routes.stream()
                .map(route -> route.destination()
                        + (route.device().isEmpty() ? " leads nowhere" : " leads by " + route.device()))
                .distinct()
                .sorted()
                .limit(NAMED_ROUTES)
                .collect(Collectors.joining(", "));
    }

    /** libvirt's default network is its own and seldom used. */
    private static String alternative(Collection<Route> routes) {
        return routes.stream().allMatch(route -> route.device().equals("virbr0"))
                ? ", or give up libvirt's own network: virsh net-destroy default && virsh net-autostart --disable default"
                : "";
    }

    Finding links(Set<NetworkDaemon> daemons) {
        if (daemons.isEmpty()) {
            return Finding.good(Topic.LinksUnmanaged);
        }
        return Finding.advice(
                Topic.LinksUnmanaged,
                PreflightReason.LinksTaken,
                daemons.stream().sorted().map(NetworkReview::told).collect(Collectors.joining("; ")));
    }

    private static String told(NetworkDaemon daemon) {
        return switch (daemon) {
            case NETWORK_MANAGER ->
                "NetworkManager is not told to leave links named mc* alone: printf '[keyfile]\\nunmanaged-devices+=interface-name:mc*\\n' > /etc/NetworkManager/conf.d/90-minicloud.conf && systemctl reload NetworkManager";
            case NETWORKD ->
                "systemd-networkd has a file that matches links named mc*: printf '[Match]\\nName=mc*\\n[Link]\\nUnmanaged=yes\\n' > /etc/systemd/network/00-minicloud.network && networkctl reload";
        };
    }
}
