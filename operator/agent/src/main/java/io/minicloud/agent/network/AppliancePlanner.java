package io.minicloud.agent.network;

import io.minicloud.agent.network.Appliance.Interface;
import io.minicloud.reconcile.identity.RoutingTable;
import io.minicloud.reconcile.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From what is wanted of an appliance and what is there to the steps between: its namespace, rules before forwarding, then the
 * ends of its ports, which it takes out of the VPC's namespace as they come. It calls nothing; the steps hold the adapters.
 */
public final class AppliancePlanner {
    /** The routing table of what comes for the clients of a transparent one. */
    private static final String ANSWERS = Long.toString(RoutingTable.FIRST);

    private final RouterSteps steps;
    private final PacketFilter filter;

    /**
     * A planner.
     *
     * @param links what its steps change
     * @param filter what its steps load, and what says whether rules differ
     */
    public AppliancePlanner(Links links, PacketFilter filter) {
        this.steps = new RouterSteps(links, filter);
        this.filter = filter;
    }

    /** What stands in the way and is not ours; such an appliance is never touched. */
    public Optional<String> conflict(Appliance desired, ApplianceState observed) {
        var lo = observed.links().get("lo");
        return !observed.present() || lo != null && Ownership.isOurs(desired.owner(), lo.alias())
                ? Optional.empty()
                : Optional.of("network namespace " + desired.namespace() + " is not ours");
    }

    /** The ENIs whose end of the port is neither taken nor there to be taken, in order. */
    public List<String> missing(Appliance desired, ApplianceState observed) {
        return desired.byLink().entrySet().stream()
                .filter(link -> !isComing(link.getKey(), link.getValue(), observed))
                .map(link -> link.getValue().id())
                .toList();
    }

    /** The steps to what is wanted; empty when it is so, or while an end of a port is not there. */
    public Plan plan(Appliance desired, ApplianceState observed) {
        var plan = new ArrayList<RouterSteps.Step>();
        if (!observed.present()) {
            plan.add(steps.createNamespace(desired.namespace(), desired.owner().toString()));
        }
        var closed = mustClose(desired, observed);
        base(desired, observed, closed, plan);
        loopback(desired, observed.links().get("lo"), plan);
        rules(desired, observed, closed, plan);
        removed(desired, observed, plan);
        interfaces(desired, observed, plan);
        return new Plan(plan);
    }

    /** Without rules nothing may be passed on, and a new namespace may inherit from the root namespace that it does. */
    private static boolean mustClose(Appliance desired, ApplianceState observed) {
        return (!desired.forwards() || observed.ruleset().isEmpty()) && (!observed.present() || observed.forwards());
    }

    private void base(Appliance desired, ApplianceState observed, boolean closed, List<RouterSteps.Step> plan) {
        var wrong = new LinkedHashMap<String, String>();
        if (closed) {
            // First, since the kernel then takes redirects again.
            wrong.put(RouterSettings.FORWARDING, "0");
        }
        wrong.putAll(RouterSettings.differing(RouterSettings.still(), observed.settings(), closed));
        if (!wrong.isEmpty()) {
            plan.add(steps.set(desired.namespace(), wrong));
        }
    }

    private void loopback(Appliance desired, @Nullable Link lo, List<RouterSteps.Step> plan) {
        var lines = new ArrayList<String>();
        if (lo == null || !lo.up()) {
            lines.add("link set lo up");
        }
        if (lo != null && !desired.owner().toString().equals(lo.alias())) {
            lines.add("link set lo alias " + desired.owner());
        }
        change(desired.namespace(), "bring up lo", lines, plan);
    }

    private void rules(Appliance desired, ApplianceState observed, boolean closed, List<RouterSteps.Step> plan) {
        var ruleset = ApplianceRenderer.render(desired);
        var loaded = observed.ruleset().equals(Optional.of(filter.normal(ApplianceRenderer.FAMILIES, ruleset)));
        if (!loaded) {
            plan.add(steps.loadRuleset(desired.namespace(), ruleset));
        }
        if (!desired.forwards()) {
            return;
        }
        // The kernel may have them only since the rules are loaded.
        var wrong = RouterSettings.differing(
                RouterSettings.tracking(desired.idleTimeoutSeconds()), observed.settings(), !loaded);
        if (closed || !observed.forwards()) {
            wrong.put(RouterSettings.FORWARDING, "1");
        }
        if (!wrong.isEmpty()) {
            plan.add(steps.set(desired.namespace(), wrong));
        }
    }

    /** Links of ENIs that it no longer has, or that have another place; their ports are made anew by whoever owns those. */
    private void removed(Appliance desired, ApplianceState observed, List<RouterSteps.Step> plan) {
        var wanted = desired.byLink();
        new TreeMap<>(observed.links()).forEach((name, link) -> {
            var eni = wanted.get(name);
            var wrong = eni == null
                    ? Ownership.isOurs(desired.owner(), link.alias()) && !name.equals("lo")
                    : isAnothers(name, eni, observed);
            if (wrong) {
                plan.add(steps.deleteIfPresent(desired.namespace(), name));
            }
        });
    }

    private void interfaces(Appliance desired, ApplianceState observed, List<RouterSteps.Step> plan) {
        var present = new LinkedHashMap<String, Interface>();
        var touched = new HashSet<>(desired.byLink().keySet());
        desired.byLink().forEach((name, eni) -> {
            if (!isComing(name, eni, observed)) {
                return;
            }
            present.put(name, eni);
            var link = observed.linkOf(eni, name);
            if (link == null) {
                take(desired, name, eni, plan);
            }
            var lines = corrections(desired, name, eni, link);
            change(desired.namespace(), "correct " + name, lines, plan);
            if (lines.isEmpty()) {
                touched.remove(name);
            }
        });
        // With a link or its addresses the kernel takes its routes away.
        routes(desired, present, observed.routes().without(touched), plan);
    }

    /** Those to the subnets are the kernel's own: it has them as long as the links have their addresses. */
    private void routes(
            Appliance desired, Map<String, Interface> present, KernelRoutes there, List<RouterSteps.Step> plan) {
        var wanted = new KernelRoutes.Builder();
        present.forEach((name, eni) -> {
            var way = "dev " + name;
            if (there.routes().containsValue(eni.subnet().range() + " " + way)) {
                wanted.route(eni.subnet().range(), way, "");
            }
        });
        if (present.containsKey("eth0")) {
            wanted.route("0.0.0.0/0", "via " + present.get("eth0").subnet().gateway() + " dev eth0", "");
        }
        if (desired.transparent()) {
            // Answers for its clients are for it, else it would pass them on.
            wanted.route("0.0.0.0/0", KernelRoutes.LOCAL, ANSWERS);
            present.keySet().forEach(name -> wanted.rule(name, "tcp", ANSWERS));
        }
        change(desired.namespace(), "correct the routes", wanted.build().linesFrom(there), plan);
    }

    private static boolean isAnothers(String name, Interface eni, ApplianceState observed) {
        return observed.links().containsKey(name) && observed.linkOf(eni, name) == null;
    }

    private static boolean isComing(String name, Interface eni, ApplianceState observed) {
        return observed.linkOf(eni, name) != null || observed.waiting().contains(eni.peer());
    }

    /** Tagged before it is moved, so that it never lies here without a tag; moved and named in one. */
    private void take(Appliance desired, String name, Interface eni, List<RouterSteps.Step> plan) {
        plan.add(steps.change(
                desired.router(),
                "take " + eni.peer() + " into " + desired.namespace(),
                List.of(
                        "link set " + eni.peer() + " alias " + desired.owner(),
                        "link set " + eni.peer() + " netns " + desired.namespace() + " name " + name)));
    }

    private static List<String> corrections(Appliance desired, String name, Interface eni, @Nullable Link link) {
        var lines = new ArrayList<String>();
        if (link != null && !desired.owner().toString().equals(link.alias())) {
            lines.add("link set " + name + " alias " + desired.owner());
        }
        if (link == null || link.mtu() != eni.subnet().mtu()) {
            lines.add("link set " + name + " mtu " + eni.subnet().mtu());
        }
        var wanted = eni.addressesWithPrefix();
        if (link == null || !link.addresses().equals(wanted)) {
            // From nothing, since the first one that the kernel is given is the primary one.
            lines.add("address flush dev " + name);
            wanted.forEach(address -> lines.add("address add " + address + " dev " + name));
        }
        if (link == null || !link.up()) {
            lines.add("link set " + name + " up");
        }
        return lines;
    }

    private void change(String namespace, String what, List<String> lines, List<RouterSteps.Step> plan) {
        if (!lines.isEmpty()) {
            plan.add(steps.change(namespace, what, lines));
        }
    }
}
