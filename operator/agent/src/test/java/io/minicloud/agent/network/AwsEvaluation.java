package io.minicloud.agent.network;

import static java.util.Objects.requireNonNull;

import io.minicloud.agent.network.Router.Acl;
import io.minicloud.agent.network.Router.AclEntry;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Routing.Route;
import io.minicloud.agent.network.Routing.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a probe in AWS, from the rules as they are written and in the order in which AWS looks at them: groups of the sender,
 * ACL of its subnet, route, ACL of the receiver's subnet, groups of the receiver. It shares nothing with what renders the rules but the
 * arithmetic of ranges.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html">Compare security groups and network
 *     ACLs</a>
 */
final class AwsEvaluation {
    private static final String ALL = "-1";
    private static final Map<String, Integer> PROTOCOLS =
            Map.of("tcp", Packet.TCP, "udp", Packet.UDP, "icmp", Packet.ICMP);

    private final MatrixNetwork network;

    AwsEvaluation(MatrixNetwork network) {
        this.network = network;
    }

    /**
     * A packet on its way.
     *
     * @param ofFlow whether it answers one that has passed: groups remember, ACLs do not
     */
    private record Hop(String source, String destination, Packet packet, boolean ofFlow) {}

    /** Where a packet ends, with the addresses that it has there. */
    private record Arrival(String receiver, String source, String destination) {}

    /** What becomes of it. */
    Verdict verdict(Probe probe) {
        var there = carry(probe.from(), new Hop(probe.source(), probe.destination(), probe.packet(), false));
        if (there.filter(it -> it.receiver().equals(probe.to())).isEmpty()) {
            return Verdict.DROP;
        }
        var at = there.get();
        var back = carry(
                at.receiver(),
                new Hop(at.destination(), at.source(), probe.packet().answer(), true));
        return back.filter(it -> it.receiver().equals(probe.from())).isPresent() ? Verdict.PASS : Verdict.MUTE;
    }

    private Optional<Arrival> carry(String from, Hop hop) {
        var sender = network.interfaces().get(from);
        if (sender == null) {
            return fromInternet(hop);
        }
        var router = network.routerOf(sender);
        boolean sends = !sender.sourceDestCheck() || sender.addresses().contains(hop.source());
        boolean letsOut =
                hop.ofFlow() || groups(router, sender, Group::egress).anyMatch(rule -> leaves(router, rule, hop));
        if (!sends || !letsOut) {
            return Optional.empty();
        }
        var range = Ipv4Range.parse(router.ranges().getFirst());
        if (contains(range, hop.destination())) {
            return within(router, sender, hop.destination(), hop);
        }
        var route = route(router, sender, hop.destination());
        return switch (route.map(Route::target).orElse(Target.BLACKHOLE)) {
            case BLACKHOLE -> Optional.empty();
            case INTERFACE ->
                within(router, sender, requireNonNull(route.orElseThrow().via()), hop);
            case INTERNET_GATEWAY -> toInternet(router, sender, hop);
        };
    }

    /** The local route always wins here: no table has one inside of the range of its VPC. */
    private static Optional<Route> route(Router router, Interface sender, String destination) {
        return router.routing().tables().stream()
                .filter(table -> table.subnetIds().contains(sender.subnetId()))
                .flatMap(table -> table.routes().stream())
                .filter(route -> contains(Ipv4Range.parse(route.destination()), destination))
                .max(Comparator.comparing(
                        route -> Ipv4Range.parse(route.destination()).prefix()));
    }

    private Optional<Arrival> within(Router router, Interface sender, String nextHop, Hop hop) {
        return router.interfaces().stream()
                .filter(eni -> eni.addresses().contains(nextHop))
                .findFirst()
                .filter(eni -> eni.subnetId().equals(sender.subnetId())
                        || (acl(router, sender, Acl::egress, hop.destination(), hop)
                                && acl(router, eni, Acl::ingress, hop.source(), hop)))
                .flatMap(eni -> deliver(router, eni, sender, hop));
    }

    private Optional<Arrival> toInternet(Router router, Interface sender, Hop hop) {
        var known = gateway(router).publicAddresses().get(hop.source());
        return known != null && acl(router, sender, Acl::egress, hop.destination(), hop)
                ? fromInternet(new Hop(known, hop.destination(), hop.packet(), hop.ofFlow()))
                : Optional.empty();
    }

    private Optional<Arrival> fromInternet(Hop hop) {
        if (network.worldAddresses().contains(hop.destination())) {
            return Optional.of(new Arrival(MatrixNetwork.WORLD, hop.source(), hop.destination()));
        }
        for (var router : network.routers()) {
            for (var eni : router.interfaces()) {
                var own = eni.addresses().getFirst();
                if (hop.destination().equals(gateway(router).publicAddresses().get(own))) {
                    return acl(router, eni, Acl::ingress, hop.source(), hop)
                            ? deliver(router, eni, null, new Hop(hop.source(), own, hop.packet(), hop.ofFlow()))
                            : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Arrival> deliver(Router router, Interface receiver, @Nullable Interface sender, Hop hop) {
        boolean takes = !receiver.sourceDestCheck() || receiver.addresses().contains(hop.destination());
        boolean letsIn = hop.ofFlow()
                || groups(router, receiver, Group::ingress)
                        .anyMatch(rule -> matches(rule, hop.packet()) && comesFrom(rule, sender, hop.source()));
        return takes && letsIn
                ? Optional.of(new Arrival(name(receiver), hop.source(), hop.destination()))
                : Optional.empty();
    }

    /** A group means the private addresses of its members, each sent by the member itself. */
    private static boolean comesFrom(Rule rule, @Nullable Interface sender, String source) {
        return rule.group() == null
                ? contains(Ipv4Range.parse(rule.range()), source)
                : sender != null
                        && sender.groups().contains(rule.group())
                        && sender.addresses().contains(source);
    }

    private static boolean leaves(Router router, Rule rule, Hop hop) {
        Predicate<Interface> member =
                eni -> eni.groups().contains(rule.group()) && eni.addresses().contains(hop.destination());
        return matches(rule, hop.packet())
                && (rule.group() == null
                        ? contains(Ipv4Range.parse(rule.range()), hop.destination())
                        : router.interfaces().stream().anyMatch(member));
    }

    private static Stream<Rule> groups(Router router, Interface eni, Function<Group, List<Rule>> direction) {
        return router.groups().stream()
                .filter(group -> eni.groups().contains(group.id()))
                .flatMap(group -> direction.apply(group).stream());
    }

    /** The first entry that matches decides, and after the last one everything is denied. */
    private static boolean acl(
            Router router, Interface eni, Function<Acl, List<AclEntry>> direction, String other, Hop hop) {
        return router.acls().stream()
                .filter(acl -> acl.subnetIds().contains(eni.subnetId()))
                .findFirst()
                .map(acl -> direction.apply(acl).stream()
                        .sorted(Comparator.comparing(AclEntry::number))
                        .filter(entry -> matches(entry.rule(), hop.packet())
                                && contains(Ipv4Range.parse(entry.rule().range()), other))
                        .findFirst()
                        .filter(AclEntry::allow)
                        .isPresent())
                .orElse(true);
    }

    private static boolean matches(Rule rule, Packet packet) {
        if (rule.protocol().equals(ALL)) {
            return true;
        }
        var number = PROTOCOLS.get(rule.protocol());
        if (packet.protocol() != (number == null ? Integer.parseInt(rule.protocol()) : number)) {
            return false;
        }
        if (packet.protocol() == Packet.ICMP) {
            return rule.from() == -1 || rule.from() == packet.port();
        }
        return !packet.hasPorts() || (rule.from() <= packet.port() && packet.port() <= rule.to());
    }

    private static boolean contains(Ipv4Range range, String address) {
        return range.contains(Ipv4.parse(address));
    }

    private static InternetGateway gateway(Router router) {
        return router.routing().gateway();
    }

    private String name(Interface eni) {
        return network.interfaces().entrySet().stream()
                .filter(entry -> entry.getValue().equals(eni))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
