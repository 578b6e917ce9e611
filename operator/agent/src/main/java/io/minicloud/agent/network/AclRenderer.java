package io.minicloud.agent.network;

import static io.minicloud.agent.network.RulesetWords.bridge;
import static io.minicloud.agent.network.RulesetWords.chain;
import static io.minicloud.agent.network.RulesetWords.elements;
import static io.minicloud.agent.network.RulesetWords.hops;
import static io.minicloud.agent.network.RulesetWords.mark;

import io.minicloud.agent.network.Router.Acl;
import io.minicloud.agent.network.Router.AclEntry;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Rule;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The network ACLs of a router as chains. They judge each packet for itself, answers too, between the groups of the sender and
 * those of the receiver, and only what leaves the subnet of the ENI that sent it. An ACL that allows everything costs nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html">Network ACL basics</a>
 */
final class AclRenderer {
    private static final Rule EVERYTHING = new Rule("-1", -1, -1, "0.0.0.0/0", null);

    private final List<Acl> acls;
    private final Map<String, Acl> bySubnet = new HashMap<>();
    private final Collection<Interface> interfaces;

    AclRenderer(Router router) {
        this.acls = router.acls().stream()
                .filter(acl -> !isOpen(acl.ingress()) || !isOpen(acl.egress()))
                .sorted(Comparator.comparing(Acl::id))
                .toList();
        acls.forEach(acl -> acl.subnetIds().forEach(subnet -> bySubnet.put(subnet, acl)));
        this.interfaces = router.interfaces().stream()
                .filter(eni -> bySubnet.containsKey(eni.subnetId()))
                .toList();
    }

    String render() {
        return interfaces.isEmpty() ? "" : chains() + maps() + judging();
    }

    private String chains() {
        return acls.stream()
                .flatMap(acl -> Stream.of(Direction.OUT, Direction.IN)
                        .map(direction -> chain(
                                direction.chain(acl.id()),
                                Stream.concat(
                                                direction.entries(acl).stream().map(entry -> line(direction, entry)),
                                                Stream.of("drop"))
                                        .toList())))
                .collect(Collectors.joining());
    }

    private static String line(Direction direction, AclEntry entry) {
        var range = entry.rule().range();
        return Stream.of(
                        EVERYTHING.range().equals(range) ? "" : direction.ranges(range),
                        RuleRenderer.ports(entry.rule()),
                        entry.allow() ? "accept" : "drop",
                        "comment \"" + entry.number() + "\"")
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private String maps() {
        return """
                  map leaving { type mark : verdict;%s }
                  map entering { type ifname . ipv4_addr : verdict;%s }
                  set at_home { type mark . ifname;%s }
                """.formatted(
                elements(interfaces.stream().map(eni -> mark(eni.id()) + " : goto " + around(Direction.OUT, eni))),
                elements(interfaces.stream()
                        .flatMap(eni -> hops(eni).map(hop -> hop + " : goto " + around(Direction.IN, eni)))),
                elements(interfaces.stream().map(eni -> mark(eni.id()) + " . " + bridge(eni))));
    }

    private String around(Direction direction, Interface eni) {
        return direction.chain(bySubnet.get(eni.subnetId()).id());
    }

    /** Accepting ends only the chain; the groups of the receiver still judge. */
    private static String judging() {
        return """
                  chain leaving_subnet {
                    type filter hook forward priority -6; policy accept;
                    meta mark . oifname @at_home accept
                    meta mark vmap @leaving
                  }
                  chain entering_subnet {
                    type filter hook forward priority -4; policy accept;
                    meta mark . oifname @at_home accept
                    oifname . rt ip nexthop vmap @entering
                  }
                """;
    }

    private static boolean isOpen(List<AclEntry> entries) {
        return !entries.isEmpty()
                && entries.getFirst().allow()
                && entries.getFirst().rule().equals(EVERYTHING);
    }
}
