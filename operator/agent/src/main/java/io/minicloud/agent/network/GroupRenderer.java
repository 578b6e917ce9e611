package io.minicloud.agent.network;

import static io.minicloud.agent.network.RulesetWords.chain;
import static io.minicloud.agent.network.RulesetWords.elements;
import static io.minicloud.agent.network.RulesetWords.mark;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The security groups of a router as sets and chains: members as sets, one pair of chains per group and one per combination of
 * groups, not per interface.
 *
 * <p>A flow of TCP or UDP that a rule for 0.0.0.0/0 lets pass, while the rules of the other direction let every answer pass, is
 * not tracked: each packet of it is judged by the rules, so it ends with its rule. Every other flow is tracked and outlives
 * its rule.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html">Amazon EC2
 *     security group connection tracking</a>
 */
final class GroupRenderer {
    private static final List<String> UNTRACKED_PROTOCOLS = List.of("tcp", "udp");

    private final Router router;
    private final Map<String, Group> groups;

    GroupRenderer(Router router) {
        this.router = router;
        this.groups =
                router.groups().stream().collect(toMap(Group::id, identity(), (one, other) -> other, TreeMap::new));
    }

    String render() {
        return sets() + tracking() + chains() + combinations();
    }

    private String sets() {
        var sets = new StringBuilder();
        for (var group : referenced()) {
            var members = router.members().getOrDefault(group, List.of());
            boolean borrowing = members.stream().anyMatch(this::isTransparent);
            sets.append("  set %s_members { type mark . ipv4_addr;%s%s }%n"
                    .formatted(
                            group,
                            borrowing ? " flags interval;" : "",
                            elements(members.stream().map(this::sender))));
            sets.append("  set %s_addresses { type ipv4_addr;%s }%n"
                    .formatted(group, elements(members.stream().map(Router.Member::address))));
        }
        return sets.toString();
    }

    /** AWS: a rule that names the load balancer's group lets its clients in, too. */
    private String sender(Router.Member member) {
        return mark(member.interfaceId()) + " . " + (isTransparent(member) ? "0.0.0.0/0" : member.address());
    }

    private boolean isTransparent(Router.Member member) {
        return router.routing().transparent().contains(member.interfaceId());
    }

    private Collection<String> referenced() {
        return groups.values().stream()
                .flatMap(group -> Stream.concat(group.ingress().stream(), group.egress().stream()))
                .map(Rule::group)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    /** Only whoever begins a flow decides whether it is tracked; answers that are judged by rule change nothing. */
    private static String tracking() {
        return Stream.of(Direction.OUT, Direction.IN)
                .map(direction -> chain(
                        direction.tracking(),
                        List.of("ct direction original ct mark set ct mark or " + direction.tracked(), "accept")))
                .collect(Collectors.joining());
    }

    private String chains() {
        return groups.values().stream()
                .flatMap(group -> Stream.of(Direction.OUT, Direction.IN)
                        .map(direction -> chain(
                                direction.chain(group.id()), RuleRenderer.render(direction, direction.rules(group)))))
                .collect(Collectors.joining());
    }

    private String combinations() {
        var combinations = new TreeMap<String, List<String>>();
        for (var direction : Direction.values()) {
            router.interfaces()
                    .forEach(eni -> combinations.computeIfAbsent(
                            direction.combination(eni), name -> combination(direction, eni.groups())));
        }
        return combinations.entrySet().stream()
                .map(entry -> chain(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }

    /** Without any group nothing stands before an interface; a group that is not known lets nothing pass. */
    private List<String> combination(Direction direction, List<String> groupIds) {
        if (groupIds.isEmpty()) {
            return List.of("accept");
        }
        var known = groupIds.stream().map(groups::get).filter(Objects::nonNull).toList();
        var rules = new ArrayList<String>();
        for (var protocol : UNTRACKED_PROTOCOLS) {
            if (OpenPorts.of(protocol, direction.other(), known).isAll()) {
                OpenPorts.of(protocol, direction, known).match().ifPresent(match -> rules.add(match + " accept"));
            }
        }
        known.forEach(group -> rules.add("jump " + direction.chain(group.id())));
        return rules;
    }
}
