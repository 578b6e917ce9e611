package io.minicloud.agent.inventory;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.container.ContainerOrphans;
import io.minicloud.agent.container.ContainerState;
import io.minicloud.agent.disk.DiskStore;
import io.minicloud.agent.hypervisor.MachineNotes;
import io.minicloud.agent.hypervisor.Machines;
import io.minicloud.agent.hypervisor.ObservedMachine;
import io.minicloud.agent.image.ImageStore;
import io.minicloud.agent.network.NetworkOrphans;
import io.minicloud.agent.process.CommandFailedException;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.ActionFailedException;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks through this machine for what carries our tag and has no object. */
public final class Inventory {
    private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);

    private final AgentSettings settings;
    private final Machines machines;
    private final DiskStore disks;
    private final ImageStore images;
    private final Leftovers leftovers;
    private final HostObjects objects;
    private final PlanExecutor executor;
    private final InventoryPlanner planner;

    /**
     * An inventory.
     *
     * @param settings which host this is
     * @param holdings where machines, disks and images are
     * @param leftovers what is collected
     * @param objects what there are objects for
     * @param executor runs the plans
     */
    public Inventory(
            AgentSettings settings, Stores holdings, Leftovers leftovers, HostObjects objects, PlanExecutor executor) {
        this.settings = settings;
        this.machines = holdings.machines();
        this.disks = holdings.disks();
        this.images = holdings.images();
        this.leftovers = leftovers;
        this.objects = objects;
        this.executor = executor;
        this.planner = new InventoryPlanner(settings.hostNamespace());
    }

    /**
     * Where things of value are kept.
     *
     * @param machines the domains of libvirt
     * @param disks the disks
     * @param images the images
     */
    public record Stores(Machines machines, DiskStore disks, ImageStore images) {}

    /**
     * What holds no data and is collected when nobody asks for it.
     *
     * @param containers those of appliances
     * @param network links, namespaces and rules
     */
    public record Leftovers(ContainerOrphans containers, NetworkOrphans network) {}

    /**
     * Looks, and collects what holds no data. The machine is looked at before the objects are listed: what the agent
     * makes, it makes for an object that is there already, so nothing that is new can seem to have none. What cannot be
     * collected now is tried again, and hides nothing.
     *
     * @return what is unknown and stays
     */
    public List<UnknownThing> take() throws IOException {
        var holdings = new Holdings(domains(), disks.owners(), images.imageIds());
        var containers = containers();
        var network = leftovers.network().observe();
        var known = objects.list();
        try {
            var host = "Host " + settings.hostName();
            // First, since they keep the namespaces alive that they are in.
            executor.execute(host, leftovers.containers().plan(containers, known.uids()));
            executor.execute(host, leftovers.network().plan(network, known.networkIds(), known.interfaceIds()));
        } catch (ActionFailedException e) {
            LOG.atWarn().addKeyValue("action", e.action()).setCause(e).log("what is left over could not be collected");
        }
        return planner.unknown(holdings, known);
    }

    /** A podman that is out of order is no reason not to look at disks. */
    private List<ContainerState> containers() {
        try {
            return leftovers.containers().observe();
        } catch (CommandFailedException e) {
            LOG.atWarn().setCause(e).log("the containers of this machine could not be listed");
            return List.of();
        }
    }

    private Map<String, OwnerTag> domains() {
        var found = new HashMap<String, OwnerTag>();
        for (ObservedMachine machine : machines.all()) {
            machine.notes().map(MachineNotes::owner).ifPresent(owner -> found.put(machine.name(), owner));
        }
        return found;
    }
}
