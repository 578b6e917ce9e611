package io.minicloud.agent.network;

import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Routers, internet gateways, appliances, ports and links of ours that nothing asks for any more. They hold no data, so they are
 * collected; but a port that a machine or an appliance holds stays, and its router with it, whoever forgot the machine.
 */
public final class NetworkOrphans {
    private static final String PREFIX = "mc-";

    /** What ports are made of: a tap, or a veth whose other end an appliance takes. */
    private static final Set<String> PORTS = Set.of("tun", "veth");

    private final Links links;
    private final PacketFilter filter;
    private final Namespaces namespaces;
    private final Dnsmasq dnsmasq;
    private final RouterSteps steps;
    private final OwnerTag network;
    private final OwnerTag appliance;
    private final OwnerTag port;
    private final Consumer<String> leaving;
    private final LanRemoval lan;

    /**
     * The orphans of a host.
     *
     * @param stack the kernel's links and filter
     * @param namespaces the kernel's namespaces
     * @param dnsmasq leases and names
     * @param installationId whose tags are ours
     * @param hostNamespace and of which host
     * @param leaving told of a VPC whose router is about to go
     */
    public NetworkOrphans(
            NetworkStack stack,
            Namespaces namespaces,
            Dnsmasq dnsmasq,
            String installationId,
            String hostNamespace,
            Consumer<String> leaving) {
        this.links = stack.links();
        this.filter = stack.filter();
        this.namespaces = namespaces;
        this.dnsmasq = dnsmasq;
        this.steps = new RouterSteps(stack.links(), stack.filter());
        this.network = new OwnerTag(installationId, hostNamespace, "hostnetwork", "");
        this.appliance = new OwnerTag(installationId, hostNamespace, "hostappliance", "");
        this.port = new OwnerTag(installationId, hostNamespace, "hostinterface", "");
        this.leaving = leaving;
        this.lan = new LanRemoval(stack);
    }

    /** What is there. */
    public NetworkInventory observe() {
        var routers = new HashMap<String, Collection<Link>>();
        var appliances = new TreeSet<String>();
        for (var name : namespaces.names()) {
            // A name that nothing of ours can have was given by hand, whatever it is tagged with.
            if (name.startsWith(PREFIX)
                    && Syntax.isId(name.substring(PREFIX.length()))
                    && links.namespaceExists(name)) {
                var there = links.list(name);
                var lo = there.get("lo");
                if (lo != null && Ownership.isOurs(network, lo.alias())) {
                    routers.put(name.substring(PREFIX.length()), there.values());
                } else if (lo != null && Ownership.isOurs(appliance, lo.alias())) {
                    appliances.add(name.substring(PREFIX.length()));
                }
            }
        }
        var rootLinks = links.list(null).values();
        return new NetworkInventory(
                routers,
                appliances,
                rootLinks,
                dnsmasq.served(),
                filter.listing(null, InternetGatewayPlanner.EDGE_FAMILIES).isPresent(),
                lan.tables(),
                lan.answered(rootLinks));
    }

    /**
     * The steps that collect; empty when nothing is left over.
     *
     * @param there what is there
     * @param networkIds the VPCs, internet gateways and appliances that are wanted here
     * @param interfaceIds the ENIs that are wanted here
     */
    public Plan plan(NetworkInventory there, Set<String> networkIds, Set<String> interfaceIds) {
        var ports = interfaceIds.stream()
                .filter(Syntax::isId)
                .map(Router.Interface::portOf)
                .collect(Collectors.toSet());
        var plan = new ArrayList<Action>();
        there.appliances().stream()
                .filter(id -> !networkIds.contains(id))
                .forEach(id -> plan.add(steps.deleteNamespace(Router.namespaceOf(id))));
        var staying = new TreeSet<>(networkIds);
        new TreeMap<>(there.routers()).forEach((vpcId, found) -> {
            var unused = found.stream().filter(link -> isUnused(link, ports)).toList();
            if (!networkIds.contains(vpcId) && isEmpty(found, unused)) {
                remove(vpcId, plan);
            } else {
                staying.add(vpcId);
                unused.forEach(link -> plan.add(steps.deleteIfPresent(Router.namespaceOf(vpcId), link.name())));
            }
        });
        there.served().stream()
                .filter(vpcId -> !staying.contains(vpcId) && !there.routers().containsKey(vpcId))
                .sorted()
                .forEach(vpcId -> plan.addAll(dnsmasq.removal(vpcId).actions()));
        var going = ends(there.rootLinks(), staying);
        plan.addAll(0, lan.collect(there, going));
        there.rootLinks().stream()
                .filter(link -> isUnused(link, ports) || going.contains(link.name()))
                .forEach(link -> plan.add(steps.deleteIfPresent(null, link.name())));
        if (there.edge() && there.rootLinks().stream().noneMatch(NetworkOrphans::isAtEdge)) {
            plan.add(steps.deleteEdgeRules());
        }
        return new Plan(plan);
    }

    private void remove(String vpcId, List<Action> plan) {
        plan.add(new RouterSteps.Step("stop serving metadata in " + vpcId, "", () -> leaving.accept(vpcId)));
        plan.addAll(dnsmasq.removal(vpcId).actions());
        plan.add(steps.deleteNamespace(Router.namespaceOf(vpcId)));
    }

    /** The links of routers and gateways that nobody asks for; they go with these, perhaps before their own step. */
    private Set<String> ends(Collection<Link> found, Set<String> staying) {
        var ends = staying.stream()
                .flatMap(id -> Stream.of(ServiceLink.nameOf(id), InternetGateway.atEdge(id)))
                .collect(Collectors.toSet());
        return found.stream()
                .filter(link -> Ownership.isOurs(network, link.alias()) && !ends.contains(link.name()))
                .map(Link::name)
                .collect(Collectors.toSet());
    }

    /** A port of ours that is up with nothing at its other end. Of one that is down the kernel does not tell. */
    private boolean isUnused(Link link, Set<String> ports) {
        return PORTS.contains(link.kind())
                && Ownership.isOurs(port, link.alias())
                && !ports.contains(link.name())
                && link.up()
                && !link.carrier();
    }

    /** Of any installation: they share the rules. */
    private static boolean isAtEdge(Link link) {
        return link.name().startsWith(InternetGateway.AT_EDGE_PREFIX);
    }

    /** Whether no port but the unused ones is left, of whomever it may be. */
    private static boolean isEmpty(Collection<Link> found, List<Link> unused) {
        return found.stream()
                .filter(link -> !unused.contains(link))
                .noneMatch(link -> link.master() != null || link.kind().equals("tun"));
    }
}
