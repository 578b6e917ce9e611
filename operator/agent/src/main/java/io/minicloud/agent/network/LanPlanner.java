package io.minicloud.agent.network;

import static io.minicloud.agent.network.RulesetWords.elements;

import io.minicloud.reconcile.identity.OwnerTag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The steps by which the machine answers on its networks for addresses of an internet gateway, each by itself: no link answers for
 * whatever it has a route to. What leaves with such an address keeps it, since the network knows the way back.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-neighbour.8.html">ip-neighbour(8), proxy</a>
 */
final class LanPlanner {
    /** The mark by which we know what we made: a number that no routing daemon has. */
    static final String PROTOCOL = "77";

    private final RouterSteps steps;
    private final PacketFilter filter;
    private final GratuitousArp arp = new GratuitousArp();

    LanPlanner(RouterSteps steps, PacketFilter filter) {
        this.steps = steps;
        this.filter = filter;
    }

    /** The table of a gateway in the root namespace, as the filter names it. */
    static List<String> table(String atEdge) {
        return List.of("ip " + atEdge);
    }

    /**
     * No answers for what is no longer the gateway's, before the way to it goes; and no translation of what is.
     *
     * @param owner whose rules they are
     * @param admitted the gateway with the addresses that it may have
     */
    void before(
            OwnerTag owner, InternetGateway admitted, InternetGatewayState.Edge there, List<RouterSteps.Step> plan) {
        var wanted = LanRules.answered(admitted, there.lan());
        var ours = there.lan().answered().stream()
                .filter(answered -> there.routes().routes().containsKey(answered.address())
                        || admitted.publicAddresses().containsValue(answered.address()))
                .filter(answered -> !wanted.contains(answered))
                .collect(Collectors.toSet());
        stop(ours, plan);
        if (wanted.isEmpty()) {
            if (there.exempt().isPresent()) {
                plan.add(steps.deleteTable(table(admitted.atEdge()).getFirst()));
            }
            return;
        }
        var rules = rules(owner, admitted);
        if (!there.exempt().equals(Optional.of(filter.normal(table(admitted.atEdge()), rules)))) {
            plan.add(steps.loadRuleset(null, rules));
        }
    }

    /** Answers, when the way is there. Who had the address before is forgotten first, so a crash between leaves that to be done. */
    void after(InternetGateway admitted, InternetGatewayState.Edge there, List<RouterSteps.Step> plan) {
        LanRules.answered(admitted, there.lan()).stream()
                .filter(wanted -> !there.lan().answered().contains(wanted))
                .sorted(Comparator.comparing(ProxiedAddress::address))
                .forEach(wanted -> plan.add(answer(wanted)));
    }

    /** The steps that end answers. */
    void stop(Collection<ProxiedAddress> answered, List<? super RouterSteps.Step> plan) {
        var lines = new ArrayList<String>();
        answered.stream()
                .sorted(Comparator.comparing(ProxiedAddress::address))
                .forEach(found -> lines.add("neigh delete proxy " + found.address() + " dev " + found.link()));
        if (!lines.isEmpty()) {
            plan.add(steps.change(null, "answer no more for " + addresses(answered), lines));
        }
    }

    private RouterSteps.Step answer(ProxiedAddress wanted) {
        var line = "neigh replace proxy %s dev %s protocol %s".formatted(wanted.address(), wanted.link(), PROTOCOL);
        var add = steps.change(null, "answer for " + wanted.address() + " on " + wanted.link(), List.of(line));
        return new RouterSteps.Step(add.description(), line, () -> {
            arp.announce(wanted);
            add.apply();
        });
    }

    /** By an address of its own for itself, so that no rule after this one chooses another. */
    private static String rules(OwnerTag owner, InternetGateway admitted) {
        return """
                table ip %1$s
                delete table ip %1$s
                table ip %1$s {
                  comment "%2$s"
                  map own { type ipv4_addr : ipv4_addr;%3$s }
                  chain beyond {
                    type nat hook postrouting priority srcnat - 1; policy accept;
                    iifname "%1$s" oifname != "%4$s*" snat to ip saddr map @own
                  }
                }
                """.formatted(
                        admitted.atEdge(),
                        owner,
                        elements(admitted.lan().stream()
                                .map(LanAddress::address)
                                .sorted()
                                .map(address -> address + " : " + address)),
                        InternetGateway.AT_EDGE_PREFIX);
    }

    private static String addresses(Collection<ProxiedAddress> answered) {
        return answered.stream()
                .map(ProxiedAddress::address)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
