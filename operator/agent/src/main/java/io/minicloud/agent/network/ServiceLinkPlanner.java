package io.minicloud.agent.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a router's service link. Only what the router itself sends finds the route out: the rule names packets of
 * local origin, and the forwarding rules know no such way.
 */
final class ServiceLinkPlanner {
    private static final String OWN_TABLE = "100";

    private final RouterSteps steps;

    ServiceLinkPlanner(RouterSteps steps) {
        this.steps = steps;
    }

    void plan(Router desired, RouterState observed, List<RouterSteps.Step> plan) {
        var outside = ServiceLink.nameOf(desired.vpcId());
        var there = observed.rootLinks().get(outside);
        if (desired.link() == null) {
            if (there != null) {
                plan.add(steps.change(null, "delete service link " + outside, List.of("link delete " + outside)));
            }
            return;
        }
        var link = ServiceLink.of(desired.link());
        if (there != null && !observed.links().containsKey(ServiceLink.INSIDE)) {
            // What is left of a namespace that is being taken down by the kernel.
            plan.add(steps.deleteIfPresent(null, outside));
            there = null;
        }
        if (there == null) {
            create(desired, outside, observed, plan);
        }
        if (there == null || !there.up() || !there.addresses().contains(link.rootAddress() + "/31")) {
            plan.add(steps.change(
                    null,
                    "address service link " + outside,
                    List.of(
                            "address flush dev " + outside,
                            "address replace " + link.rootAddress() + "/31 dev " + outside,
                            "link set " + outside + " up")));
        }
        inside(desired, link, there == null ? null : observed.links().get(ServiceLink.INSIDE), observed, plan);
    }

    /** Made and tagged inside, then handed out: in the root namespace it never lies without a tag. */
    private void create(Router desired, String outside, RouterState observed, List<RouterSteps.Step> plan) {
        var lines = new ArrayList<String>();
        if (observed.links().containsKey(ServiceLink.INSIDE)) {
            lines.add("link delete " + ServiceLink.INSIDE);
        }
        lines.add("link add " + ServiceLink.INSIDE + " type veth peer name " + outside);
        lines.add("link set " + outside + " alias " + desired.owner());
        lines.add("link set " + outside + " netns " + ProcessHandle.current().pid());
        plan.add(steps.change(desired.namespace(), "create service link " + outside, lines));
    }

    private void inside(
            Router desired, ServiceLink link, @Nullable Link end, RouterState observed, List<RouterSteps.Step> plan) {
        boolean routed = observed.ownRoute().equals(Optional.of(link.rootAddress()));
        if (end != null && end.up() && end.addresses().contains(link.routerAddress() + "/31") && routed) {
            return;
        }
        plan.add(steps.change(
                desired.namespace(),
                "route the router's own packets by its service link",
                List.of(
                        "address flush dev " + ServiceLink.INSIDE,
                        "address replace " + link.routerAddress() + "/31 dev " + ServiceLink.INSIDE,
                        "link set " + ServiceLink.INSIDE + " up",
                        "route replace default via " + link.rootAddress() + " table " + OWN_TABLE)));
        plan.add(steps.ownRule(desired.namespace(), OWN_TABLE));
    }
}
