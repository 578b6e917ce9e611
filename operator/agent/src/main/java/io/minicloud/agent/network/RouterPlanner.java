package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.reconcile.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From what is wanted of a router and what is there to the steps between, in an order in which nothing is ever open:
 * settings before links, rules before forwarding. It calls nothing; the steps hold the adapters.
 */
public final class RouterPlanner {
    private final RouterSteps steps;
    private final PacketFilter filter;
    private final InternetGatewayPlanner gateways;
    private final RulesetRenderer renderer = new RulesetRenderer();

    /**
     * A planner.
     *
     * @param links what its steps change
     * @param filter what its steps load, and what says whether rules differ
     */
    public RouterPlanner(Links links, PacketFilter filter) {
        this.steps = new RouterSteps(links, filter);
        this.filter = filter;
        this.gateways = new InternetGatewayPlanner(steps, filter);
    }

    /** What stands in the way and is not ours; such a router is never touched. */
    public Optional<String> conflict(Router desired, RouterState observed) {
        if (observed.present()
                && !Ownership.isOurs(
                        desired.owner(), alias(observed.links().get("lo")).orElse(null))) {
            return Optional.of("network namespace " + desired.namespace() + " is not ours");
        }
        var foreign = desired.subnets().stream()
                .map(subnet -> observed.links().get(subnet.bridge()))
                .filter(link -> link != null)
                .filter(link -> !link.kind().equals("bridge")
                        || alias(link)
                                .filter(a -> !Ownership.isOurs(desired.owner(), a))
                                .isPresent())
                .map(link -> "link " + link.name() + " in " + desired.namespace())
                .findFirst();
        if (foreign.isPresent()) {
            return foreign.map(name -> name + " is not ours");
        }
        return observed.rootLinks().values().stream()
                .filter(link -> !Ownership.isOurs(desired.owner(), link.alias()))
                .map(link -> "link " + link.name() + " is not ours")
                .findFirst()
                .or(() -> InternetGatewayPlanner.conflict(desired, observed.gateway()));
    }

    /** The steps to what is wanted; empty when it is so. */
    public Plan plan(Router desired, RouterState observed) {
        var plan = new ArrayList<RouterSteps.Step>();
        var namespace = desired.namespace();
        if (!observed.present()) {
            plan.add(steps.createNamespace(namespace, desired.owner().toString()));
        }
        var closed = mustClose(observed);
        base(desired, observed, closed, plan);
        loopback(desired, observed.links().get("lo"), plan);
        removed(desired, observed, plan);
        desired.subnets().forEach(subnet -> bridge(desired, subnet, observed, plan));
        var ruleset = renderer.render(desired);
        var normal = filter.normal(RulesetRenderer.FAMILIES, ruleset);
        if (!observed.ruleset().equals(Optional.of(normal))) {
            plan.add(steps.loadRuleset(namespace, RulesetDifference.between(observed.ruleset(), normal, ruleset)));
        }
        if (closed || !forwards(observed)) {
            plan.add(steps.set(namespace, Map.of(RouterSettings.FORWARDING, "1")));
        }
        gateways.plan(desired, observed, plan);
        change(desired, "correct the routes", new RouterRoutes(desired).wanted().linesFrom(observed.routes()), plan);
        change(desired, "correct the neighbours", observed.neighbours().corrections(desired), plan);
        new ServiceLinkPlanner(steps).plan(desired, observed, plan);
        return new Plan(plan);
    }

    /** For whom this machine is to answer on its networks once the steps are done. */
    public Set<ProxiedAddress> answered(Router desired, RouterState observed) {
        var gateway = desired.routing().gateway();
        var there = observed.gateway().edge().lan();
        return gateway == null ? Set.of() : LanRules.answered(LanRules.admitted(gateway, there), there);
    }

    /** Without rules nothing may be passed on, and a new namespace may inherit from the root namespace that it does. */
    private static boolean mustClose(RouterState observed) {
        return observed.ruleset().isEmpty() && (!observed.present() || forwards(observed));
    }

    private static boolean forwards(RouterState observed) {
        return "1".equals(observed.settings().get(RouterSettings.FORWARDING));
    }

    private void base(Router desired, RouterState observed, boolean closed, List<RouterSteps.Step> plan) {
        var wrong = RouterSettings.differing(RouterSettings.base(), observed.settings(), !observed.present());
        if (closed) {
            wrong.put(RouterSettings.FORWARDING, "0");
        }
        if (!wrong.isEmpty()) {
            plan.add(steps.set(desired.namespace(), wrong));
        }
    }

    private void loopback(Router desired, @Nullable Link lo, List<RouterSteps.Step> plan) {
        var wanted = List.of(desired.resolver() + "/32", Router.RESOLVER + "/32", Router.METADATA + "/32");
        var lines = new ArrayList<String>();
        if (lo == null || !lo.up()) {
            lines.add("link set lo up");
        }
        if (lo != null && !desired.owner().toString().equals(lo.alias())) {
            lines.add("link set lo alias " + desired.owner());
        }
        for (var address : wanted) {
            if (lo == null || !lo.addresses().contains(address)) {
                lines.add("address replace " + address + " dev lo");
            }
        }
        if (lo != null) {
            lo.addresses().stream()
                    .filter(address -> !address.startsWith("127.") && !wanted.contains(address))
                    .forEach(address -> lines.add("address delete " + address + " dev lo"));
        }
        change(desired, "give the router its own addresses", lines, plan);
    }

    private void removed(Router desired, RouterState observed, List<RouterSteps.Step> plan) {
        var wanted = desired.subnets().stream().map(Subnet::bridge).collect(Collectors.toSet());
        observed.links().values().stream()
                .filter(link -> link.kind().equals("bridge") && !wanted.contains(link.name()))
                .filter(link -> Ownership.isOurs(desired.owner(), link.alias()))
                .forEach(link -> change(
                        desired,
                        "delete bridge " + link.name(),
                        List.of("link delete " + link.name() + " type bridge"),
                        plan));
    }

    private void bridge(Router desired, Subnet subnet, RouterState observed, List<RouterSteps.Step> plan) {
        var name = subnet.bridge();
        var link = observed.links().get(name);
        var lines = new ArrayList<String>();
        if (link == null) {
            lines.add("link add " + name + " address " + subnet.mac()
                    + " type bridge stp_state 0 forward_delay 0 mcast_snooping 0");
        } else if (!link.mac().equals(subnet.mac())) {
            lines.add("link set " + name + " address " + subnet.mac());
        }
        if (link == null || !desired.owner().toString().equals(link.alias())) {
            lines.add("link set " + name + " alias " + desired.owner());
        }
        if (link == null || link.mtu() != subnet.mtu()) {
            lines.add("link set " + name + " mtu " + subnet.mtu());
        }
        if (link == null || !link.addresses().contains(subnet.gatewayWithPrefix())) {
            lines.add("address replace " + subnet.gatewayWithPrefix() + " dev " + name);
        }
        if (link != null) {
            link.addresses().stream()
                    .filter(address -> !address.equals(subnet.gatewayWithPrefix()))
                    .forEach(address -> lines.add("address delete " + address + " dev " + name));
        }
        change(desired, (link == null ? "create" : "correct") + " bridge " + name, lines, plan);
        var wrong = RouterSettings.differing(RouterSettings.bridge(name), observed.settings(), link == null);
        if (!wrong.isEmpty()) {
            plan.add(steps.set(desired.namespace(), wrong));
        }
        if (link == null || !link.up()) {
            change(desired, "bring up bridge " + name, List.of("link set " + name + " up"), plan);
        }
    }

    private void change(Router desired, String what, List<String> lines, List<RouterSteps.Step> plan) {
        if (!lines.isEmpty()) {
            plan.add(steps.change(desired.namespace(), what, lines));
        }
    }

    private static Optional<String> alias(@Nullable Link link) {
        return Optional.ofNullable(link).map(Link::alias);
    }
}
