package io.minicloud.agent.network;

import io.minicloud.reconcile.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ports of ENIs: observes one and plans the steps to what it must be. A port is made and tagged inside the VPC's
 * namespace, so that no link of ours is ever in the root namespace without a tag.
 */
public final class Ports {
    private final Links links;
    private final RouterSteps steps;

    /** Ports made of these links. */
    public Ports(Links links, PacketFilter filter) {
        this.links = links;
        this.steps = new RouterSteps(links, filter);
    }

    /** What is there of a port. */
    public PortState observe(Port port) {
        var outside = port.type() == Port.Type.TAP ? links.find(null, port.name()) : Optional.<Link>empty();
        if (!links.namespaceExists(port.namespace())) {
            return new PortState(Optional.empty(), Optional.empty(), outside);
        }
        return new PortState(
                links.find(port.namespace(), port.bridge()), links.find(port.namespace(), port.name()), outside);
    }

    /** What stands in the way and is not ours; it is never touched. */
    public Optional<String> conflict(Port port, PortState observed) {
        return observed.outside()
                .filter(link -> !Ownership.isOurs(port.owner(), link.alias()))
                .or(() -> observed.inside()
                        .filter(link -> link.alias() != null && !Ownership.isOurs(port.owner(), link.alias())))
                .map(link -> "link " + link.name() + " is not ours");
    }

    /**
     * The steps to what is wanted; empty when it is so, or while a tap waits in the root namespace for its machine.
     *
     * @param port what is wanted; its bridge is there
     * @param observed what is there
     * @param machineRunning whether a machine that has the port is said to run; a port that has lost its machine is made anew
     */
    public Plan plan(Port port, PortState observed, boolean machineRunning) {
        var plan = new ArrayList<RouterSteps.Step>();
        var inside = observed.inside();
        if (inside.isPresent() && isAbandoned(port, inside.get(), machineRunning)) {
            plan.add(delete(port));
            inside = Optional.empty();
        }
        if (inside.isPresent()) {
            attach(port, observed.bridge().orElseThrow(), inside.get(), plan);
        } else if (port.type() == Port.Type.VETH) {
            plan.add(steps.change(
                    port.namespace(),
                    "create port " + port.name(),
                    List.of("link add " + port.name() + " type veth peer name " + port.peer() + " address "
                            + port.mac())));
            attachNew(port, observed.bridge().orElseThrow(), plan);
        } else if (observed.outside().isEmpty()) {
            createTap(port, plan);
        } else if (observed.outside().get().carrier()) {
            plan.add(steps.change(
                    null,
                    "move port " + port.name() + " to " + port.namespace(),
                    List.of("link set " + port.name() + " netns " + port.namespace())));
            attachNew(port, observed.bridge().orElseThrow(), plan);
        } else if (!observed.outside().get().up()) {
            // Without it the kernel does not tell whether a machine has opened the tap.
            plan.add(steps.change(null, "bring up port " + port.name(), List.of("link set " + port.name() + " up")));
        }
        return new Plan(plan);
    }

    /** Whether the port is where it belongs and passes packets. */
    public boolean isAttached(Port port, PortState observed) {
        return isAttached(port, observed.inside().orElse(null));
    }

    /** The same of the link that has its name in the VPC's namespace; null: there is none. */
    public static boolean isAttached(Port port, @Nullable Link link) {
        return link != null && link.up() && link.isolated() && port.bridge().equals(link.master());
    }

    /** The steps that take the port away, wherever it is; nothing that is not ours. */
    public Plan removal(Port port, PortState observed) {
        var plan = new ArrayList<RouterSteps.Step>();
        observed.inside()
                .filter(link -> link.alias() == null || Ownership.isOurs(port.owner(), link.alias()))
                .ifPresent(link -> plan.add(delete(port)));
        observed.outside()
                .filter(link -> Ownership.isOurs(port.owner(), link.alias()))
                .ifPresent(link -> plan.add(
                        steps.change(null, "delete port " + port.name(), List.of("link delete " + port.name()))));
        return new Plan(plan);
    }

    /** Whether no machine has the other end of a tap; a link that is down, or null for none, does not tell. */
    public static boolean isLetGo(Port port, @Nullable Link link) {
        return port.type() == Port.Type.TAP && link != null && link.up() && !link.carrier();
    }

    /** Let go, and by no machine that is said to have it: what is said may be older than what is seen. */
    private static boolean isAbandoned(Port port, Link link, boolean machineRunning) {
        return isLetGo(port, link) && !machineRunning;
    }

    /** It may be going already, with the namespace of the appliance that had its other end. */
    private RouterSteps.Step delete(Port port) {
        return steps.deleteIfPresent(port.namespace(), "delete port " + port.name(), port.name());
    }

    private void createTap(Port port, List<RouterSteps.Step> plan) {
        var name = port.name();
        plan.add(steps.change(
                port.namespace(),
                "create port " + name,
                List.of(
                        "tuntap add " + name + " mode tap vnet_hdr",
                        "link set " + name + " alias " + port.owner(),
                        "link set " + name + " addrgenmode none")));
        plan.add(steps.change(
                port.namespace(),
                "hand port " + name + " to the root namespace",
                List.of("link set " + name + " netns " + ProcessHandle.current().pid())));
        plan.add(steps.change(null, "bring up port " + name, List.of("link set " + name + " up")));
    }

    private void attachNew(Port port, Link bridge, List<RouterSteps.Step> plan) {
        plan.add(attachment(port, bridge));
    }

    private void attach(Port port, Link bridge, Link link, List<RouterSteps.Step> plan) {
        boolean right = link.up()
                && link.isolated()
                && bridge.name().equals(link.master())
                && bridge.mtu() == link.mtu()
                && port.owner().toString().equals(link.alias());
        if (!right) {
            plan.add(attachment(port, bridge));
        }
    }

    /** Isolated before it is up, so it is never a neighbour of another port. */
    private RouterSteps.Step attachment(Port port, Link bridge) {
        var name = port.name();
        return steps.change(
                port.namespace(),
                "attach port " + name + " to " + bridge.name(),
                List.of(
                        "link set " + name + " alias " + port.owner(),
                        "link set " + name + " mtu " + bridge.mtu(),
                        "link set " + name + " master " + bridge.name(),
                        "link set " + name + " type bridge_slave isolated on",
                        "link set " + name + " up"));
    }
}
