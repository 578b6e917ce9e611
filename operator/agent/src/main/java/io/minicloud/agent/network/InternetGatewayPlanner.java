package io.minicloud.agent.network;

import static io.minicloud.agent.network.InternetGateway.AT_ROUTER;
import static io.minicloud.agent.network.InternetGateway.NEXT_HOP;
import static io.minicloud.agent.network.InternetGateway.TO_EDGE;
import static io.minicloud.agent.network.InternetGateway.TO_ROUTER;

import io.minicloud.reconcile.identity.OwnerTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps to an internet gateway: its namespace with rules before anything leads to it, the link to the router, the link to the
 * root namespace, and there a route to each public address.
 */
final class InternetGatewayPlanner {
    /** The family of the table in the root namespace. */
    static final List<String> EDGE_FAMILIES = List.of("ip");

    /** What leaves this machine goes by the machine's own address: nobody beyond it knows the way to the public ones. */
    private static final String EDGE_RULES = """
            table ip minicloud
            delete table ip minicloud
            table ip minicloud {
              comment "what internet gateways send beyond this machine"
              chain beyond {
                type nat hook postrouting priority srcnat; policy accept;
                iifname "%1$s*" oifname != "%1$s*" masquerade
              }
            }
            """.formatted(InternetGateway.AT_EDGE_PREFIX);

    private final RouterSteps steps;
    private final PacketFilter filter;
    private final LanPlanner lan;

    InternetGatewayPlanner(RouterSteps steps, PacketFilter filter) {
        this.steps = steps;
        this.filter = filter;
        this.lan = new LanPlanner(steps, filter);
    }

    /** What stands in the way and is not ours. */
    static Optional<String> conflict(Router desired, InternetGatewayState observed) {
        var gateway = desired.routing().gateway();
        if (gateway == null) {
            return Optional.empty();
        }
        if (observed.present() && !isOurs(desired, observed.links().get("lo"))) {
            return Optional.of("network namespace " + gateway.namespace() + " is not ours");
        }
        var link = observed.edge().link();
        return link == null || isOurs(desired, link)
                ? Optional.empty()
                : Optional.of("link " + link.name() + " is not ours");
    }

    private static boolean isOurs(Router desired, @Nullable Link link) {
        return link != null && Ownership.isOurs(desired.owner(), link.alias());
    }

    void plan(Router desired, RouterState observed, List<RouterSteps.Step> plan) {
        var wanted = desired.routing().gateway();
        if (wanted == null) {
            if (observed.links().containsKey(AT_ROUTER)) {
                // At once; what is left of the gateway is collected.
                plan.add(steps.deleteIfPresent(desired.namespace(), AT_ROUTER));
            }
            return;
        }
        var there = observed.gateway();
        var gateway = LanRules.admitted(wanted, there.edge().lan());
        inside(desired, gateway, there, plan);
        linkToRouter(desired, gateway, observed, plan);
        edge(desired.owner(), gateway, there, plan);
        lan.before(desired.owner(), gateway, there.edge(), plan);
        routes(desired, gateway, there, plan);
        lan.after(gateway, there.edge(), plan);
    }

    /** The steps to a namespace that has no router behind it: the link to the root namespace and the ways to its addresses. */
    void edgeAlone(OwnerTag owner, InternetGateway admitted, InternetGatewayState there, List<RouterSteps.Step> plan) {
        edge(owner, admitted, there, plan);
        lan.before(owner, admitted, there.edge(), plan);
        change(admitted.namespace(), toEdge().build().linesFrom(there.routes()), plan);
        outside(admitted, there, plan);
        lan.after(admitted, there.edge(), plan);
    }

    private void inside(
            Router desired, InternetGateway gateway, InternetGatewayState there, List<RouterSteps.Step> plan) {
        var namespace = gateway.namespace();
        if (!there.present()) {
            plan.add(steps.createNamespace(namespace, desired.owner().toString()));
        }
        var wrong = RouterSettings.differing(RouterSettings.base(), there.settings(), !there.present());
        if (!wrong.isEmpty()) {
            plan.add(steps.set(namespace, wrong));
        }
        var lo = there.links().get("lo");
        if (lo == null || !lo.up()) {
            // Before a namespace has had an address the kernel takes no gateway's for one.
            plan.add(bringUp(namespace, "lo"));
        }
        var ruleset = InternetGatewayRenderer.render(gateway, desired.owner());
        if (!there.ruleset().equals(Optional.of(filter.normal(InternetGatewayRenderer.FAMILIES, ruleset)))) {
            plan.add(steps.loadRuleset(namespace, ruleset));
        }
        if (!"1".equals(there.settings().get(RouterSettings.FORWARDING))) {
            plan.add(steps.set(namespace, Map.of(RouterSettings.FORWARDING, "1")));
        }
    }

    /** One end without the other is that of another gateway, or of one whose namespace the kernel is taking down. */
    private void linkToRouter(
            Router desired, InternetGateway gateway, RouterState observed, List<RouterSteps.Step> plan) {
        var outer = observed.links().get(AT_ROUTER);
        var inner = observed.gateway().links().get(TO_ROUTER);
        if (outer != null && inner != null) {
            up(desired.namespace(), outer, plan);
            up(gateway.namespace(), inner, plan);
            return;
        }
        if (outer != null) {
            plan.add(steps.deleteIfPresent(desired.namespace(), AT_ROUTER));
        }
        if (inner != null) {
            plan.add(steps.deleteIfPresent(gateway.namespace(), TO_ROUTER));
        }
        plan.add(steps.change(
                desired.namespace(),
                "link " + gateway.namespace() + " to its router",
                List.of(
                        "link add %s address %s type veth peer name %s address %s netns %s"
                                .formatted(
                                        AT_ROUTER,
                                        InternetGateway.ROUTER_MAC,
                                        TO_ROUTER,
                                        InternetGateway.INNER_MAC,
                                        gateway.namespace()),
                        "link set " + AT_ROUTER + " up")));
        plan.add(bringUp(gateway.namespace(), TO_ROUTER));
    }

    /** Made and tagged inside, then handed out: in the root namespace it never lies without a tag. */
    private void edge(
            OwnerTag owner, InternetGateway gateway, InternetGatewayState there, List<RouterSteps.Step> plan) {
        var name = gateway.atEdge();
        var link = there.edge().link();
        var complete = isComplete(there);
        if (!complete) {
            if (link != null) {
                plan.add(steps.deleteIfPresent(null, name));
            }
            var lines = new ArrayList<String>();
            if (link == null && there.links().containsKey(TO_EDGE)) {
                lines.add("link delete " + TO_EDGE);
            }
            lines.add("link add %s address %s type veth peer name %s address %s"
                    .formatted(TO_EDGE, InternetGateway.OUTER_MAC, name, InternetGateway.EDGE_MAC));
            lines.add("link set " + name + " alias " + owner);
            lines.add("link set " + name + " netns " + ProcessHandle.current().pid());
            lines.add("link set " + TO_EDGE + " up");
            plan.add(steps.change(gateway.namespace(), "link " + gateway.namespace() + " to the world", lines));
            plan.add(bringUp(null, name));
        } else {
            up(gateway.namespace(), there.links().get(TO_EDGE), plan);
            up(null, link, plan);
        }
        var wrong =
                RouterSettings.differing(RouterSettings.edge(name), there.edge().settings(), !complete);
        if (!wrong.isEmpty()) {
            plan.add(steps.set(null, wrong));
        }
        if (!there.edge().ruleset().equals(Optional.of(filter.normal(EDGE_FAMILIES, EDGE_RULES)))) {
            plan.add(steps.loadRuleset(null, EDGE_RULES));
        }
    }

    private void routes(
            Router desired, InternetGateway gateway, InternetGatewayState there, List<RouterSteps.Step> plan) {
        var inner = toEdge().neighbour(NEXT_HOP, InternetGateway.ROUTER_MAC, TO_ROUTER);
        desired.ranges().forEach(range -> inner.route(range, via(TO_ROUTER), ""));
        change(gateway.namespace(), inner.build().linesFrom(there.routes()), plan);
        outside(gateway, there, plan);
    }

    private static KernelRoutes.Builder toEdge() {
        return new KernelRoutes.Builder()
                .neighbour(NEXT_HOP, InternetGateway.EDGE_MAC, TO_EDGE)
                .route("0.0.0.0/0", via(TO_EDGE), "");
    }

    private void outside(InternetGateway gateway, InternetGatewayState there, List<RouterSteps.Step> plan) {
        var outer = new KernelRoutes.Builder().neighbour(NEXT_HOP, InternetGateway.OUTER_MAC, gateway.atEdge());
        gateway.publicAddresses().values().forEach(address -> outer.route(address, via(gateway.atEdge()), ""));
        // Those of a link that is made anew went with it.
        var known = isComplete(there) ? there.edge().routes() : KernelRoutes.NONE;
        change(null, outer.build().linesFrom(known), plan);
    }

    /** Whether both ends of the outer link are there: one alone is that of a namespace which the kernel is taking down. */
    static boolean isComplete(InternetGatewayState there) {
        return there.edge().link() != null && there.links().containsKey(TO_EDGE);
    }

    private static String via(String link) {
        return "via " + NEXT_HOP + " dev " + link + " onlink";
    }

    private void change(@Nullable String namespace, List<String> lines, List<RouterSteps.Step> plan) {
        if (!lines.isEmpty()) {
            plan.add(steps.change(
                    namespace,
                    "correct the routes of " + (namespace == null ? "the root namespace" : namespace),
                    lines));
        }
    }

    private void up(@Nullable String namespace, Link link, List<RouterSteps.Step> plan) {
        if (!link.up()) {
            plan.add(bringUp(namespace, link.name()));
        }
    }

    private RouterSteps.Step bringUp(@Nullable String namespace, String link) {
        return steps.change(namespace, "bring up " + link, List.of("link set " + link + " up"));
    }
}
