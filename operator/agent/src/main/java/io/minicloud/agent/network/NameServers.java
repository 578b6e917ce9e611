package io.minicloud.agent.network;

import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the name server of this machine and takes it away. */
public final class NameServers {
    private final InternetGatewayObserver observer;
    private final InternetGatewayPlanner edges;
    private final LanObserver networks;
    private final LanRemoval lan;
    private final RouterSteps steps;
    private final NameServerDaemon daemon;

    /**
     * Name servers by this kernel.
     *
     * @param stack what it does for networks
     * @param daemon who answers
     */
    public NameServers(NetworkStack stack, NameServerDaemon daemon) {
        this.observer = new InternetGatewayObserver(stack);
        this.steps = new RouterSteps(stack.links(), stack.filter());
        this.edges = new InternetGatewayPlanner(steps, stack.filter());
        this.networks = new LanObserver(stack);
        this.lan = new LanRemoval(stack);
        this.daemon = daemon;
    }

    /**
     * The steps to what is wanted; empty when it is so. Who asks is answered only when the rest is there.
     *
     * @throws IllegalStateException when somebody else has the namespace
     */
    public Plan plan(NameServer desired) {
        var there = observer.observe(desired.edge());
        if (there.present()
                && !Ownership.isOurs(desired.owner(), there.links().get("lo").alias())) {
            throw new IllegalStateException("network namespace " + desired.namespace() + " is not ours");
        }
        if (desired.addresses().isEmpty()) {
            return there.present() ? removal(desired) : daemon.removal();
        }
        var plan = new ArrayList<RouterSteps.Step>();
        var admitted = LanRules.admitted(desired.edge(), there.edge().lan());
        inside(desired, there, plan);
        edges.edgeAlone(desired.owner(), admitted, there, plan);
        addresses(desired, admitted, there, plan);
        var all = new ArrayList<Action>(plan);
        all.addAll(daemon.plan(desired).actions());
        return new Plan(all);
    }

    /** Why an address is not answered at on its network; empty when it is. */
    public Optional<String> obstacle(LanAddress address) {
        return networks.obstacle(address).map(LanObstacle::message);
    }

    private void inside(NameServer desired, InternetGatewayState there, List<RouterSteps.Step> plan) {
        var namespace = desired.namespace();
        if (!there.present()) {
            plan.add(steps.createNamespace(namespace, desired.owner().toString()));
        }
        var wrong = RouterSettings.differing(RouterSettings.still(), there.settings(), !there.present());
        if (!wrong.isEmpty()) {
            plan.add(steps.set(namespace, wrong));
        }
        if (!there.present() || !there.links().get("lo").up()) {
            plan.add(steps.change(namespace, "bring up lo", List.of("link set lo up")));
        }
    }

    /** On the link by which questions come: dnsmasq takes none from a link without an address. */
    private void addresses(
            NameServer desired, InternetGateway admitted, InternetGatewayState there, List<RouterSteps.Step> plan) {
        var held = InternetGatewayPlanner.isComplete(there)
                ? there.links().get(InternetGateway.TO_EDGE).addresses()
                : List.<String>of();
        var wanted = admitted.publicAddresses().values().stream()
                .map(address -> address + "/32")
                .sorted()
                .toList();
        var lines = new ArrayList<String>();
        wanted.stream()
                .filter(address -> !held.contains(address))
                .forEach(address -> lines.add(change("add", address)));
        held.stream()
                .filter(address -> !wanted.contains(address))
                .forEach(address -> lines.add(change("delete", address)));
        if (!lines.isEmpty()) {
            plan.add(steps.change(desired.namespace(), "give " + desired.namespace() + " its addresses", lines));
        }
    }

    private static String change(String verb, String address) {
        return "address " + verb + " " + address + " dev " + InternetGateway.TO_EDGE;
    }

    private Plan removal(NameServer gone) {
        var plan = new ArrayList<Action>(lan.plan(gone.id()).actions());
        plan.addAll(daemon.removal().actions());
        plan.add(steps.deleteNamespace(gone.namespace()));
        plan.add(steps.deleteIfPresent(null, gone.edge().atEdge()));
        return new Plan(plan);
    }
}
