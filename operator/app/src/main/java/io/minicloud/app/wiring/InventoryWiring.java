package io.minicloud.app.wiring;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.container.ContainerOrphans;
import io.minicloud.agent.container.Containers;
import io.minicloud.agent.disk.DiskStore;
import io.minicloud.agent.hostnetwork.RouterLife;
import io.minicloud.agent.hypervisor.Machines;
import io.minicloud.agent.image.ImageStore;
import io.minicloud.agent.inventory.HostObjects;
import io.minicloud.agent.inventory.Inventory;
import io.minicloud.agent.inventory.KubernetesHostObjects;
import io.minicloud.agent.inventory.PeriodicInventory;
import io.minicloud.agent.netlink.NetworkMonitor;
import io.minicloud.agent.network.Dnsmasq;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.network.NetworkOrphans;
import io.minicloud.agent.network.NetworkStack;
import io.minicloud.app.Role;
import io.minicloud.app.role.Clients;
import io.minicloud.reconcile.plan.PlanExecutor;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How the agent learns what lies on its machine and nobody knows. */
@Singleton
public class InventoryWiring {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    @Produces
    @Singleton
    HostObjects objects(Clients clients, AgentSettings settings) {
        return new KubernetesHostObjects(clients.of(Role.AGENT), settings.hostNamespace());
    }

    @Produces
    @Singleton
    NetworkOrphans orphans(
            NetworkStack stack,
            NamedNamespaces namespaces,
            Dnsmasq dnsmasq,
            RouterLife routers,
            NetworkMonitor monitor,
            AgentSettings settings) {
        return new NetworkOrphans(
                stack, namespaces, dnsmasq, settings.installationId(), settings.hostNamespace(), vpcId -> {
                    routers.leaving(vpcId);
                    monitor.forget(vpcId);
                });
    }

    @Produces
    @Singleton
    Inventory.Leftovers leftovers(Containers containers, NetworkOrphans network) {
        return new Inventory.Leftovers(new ContainerOrphans(containers), network);
    }

    @Produces
    @Singleton
    Inventory.Stores stores(Machines machines, DiskStore disks, ImageStore images) {
        return new Inventory.Stores(machines, disks, images);
    }

    @Produces
    @Singleton
    PeriodicInventory inventory(
            AgentSettings settings,
            Inventory.Stores stores,
            Inventory.Leftovers leftovers,
            HostObjects objects,
            PlanExecutor executor) {
        return new PeriodicInventory(new Inventory(settings, stores, leftovers, objects, executor), INTERVAL);
    }

    void close(@Disposes PeriodicInventory inventory) {
        inventory.close();
    }
}
