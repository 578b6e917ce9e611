package io.minicloud.app.wiring;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hostnetwork.RouterLife;
import io.minicloud.agent.metadata.MetadataRegistry;
import io.minicloud.agent.metadata.MetadataService;
import io.minicloud.agent.netlink.NetworkMonitor;
import io.minicloud.agent.network.Dnsmasq;
import io.minicloud.agent.network.IpLinks;
import io.minicloud.agent.network.IpRoutes;
import io.minicloud.agent.network.Links;
import io.minicloud.agent.network.NameServerDaemon;
import io.minicloud.agent.network.NameServers;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.network.NamespaceEntry;
import io.minicloud.agent.network.NetworkStack;
import io.minicloud.agent.network.NftPacketFilter;
import io.minicloud.agent.network.PacketFilter;
import io.minicloud.agent.network.SharedNames;
import io.minicloud.agent.process.Commands;
import io.minicloud.agent.process.MachineView;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;

/** What the agent's routers and ports are given. */
@Singleton
public class NetworkWiring {
    @Produces
    @Singleton
    NamedNamespaces namespaces(MachineView machine) {
        return new NamedNamespaces(machine);
    }

    @Produces
    @Singleton
    Links links(Commands commands, NamedNamespaces namespaces) {
        return new IpLinks(commands, namespaces);
    }

    @Produces
    @Singleton
    PacketFilter filter(Commands commands) {
        return new NftPacketFilter(commands);
    }

    @Produces
    @Singleton
    NetworkStack stack(Commands commands, Links links, PacketFilter filter) {
        return new NetworkStack(links, new IpRoutes(commands), filter);
    }

    @Produces
    @Singleton
    Dnsmasq dnsmasq(Commands commands, NamedNamespaces namespaces, AgentSettings settings) {
        return new Dnsmasq(commands, namespaces, settings.runFolder());
    }

    @Produces
    @Singleton
    SharedNames sharedNames(Commands commands, Dnsmasq dnsmasq, NameServerDaemon outside) {
        return new SharedNames(commands, dnsmasq, outside);
    }

    @Produces
    @Singleton
    NameServerDaemon nameServerDaemon(
            Commands commands, NamedNamespaces namespaces, Dnsmasq dnsmasq, AgentSettings settings) {
        return new NameServerDaemon(commands, namespaces, dnsmasq, settings.runFolder(), settings.nameServerId());
    }

    @Produces
    @Singleton
    NameServers nameServers(NetworkStack stack, NameServerDaemon daemon) {
        return new NameServers(stack, daemon);
    }

    @Produces
    @Singleton
    NamespaceEntry entry(NamedNamespaces namespaces) {
        return new NamespaceEntry(namespaces);
    }

    @Produces
    @Singleton
    NetworkMonitor monitor(NamespaceEntry entry) throws IOException {
        return new NetworkMonitor(entry);
    }

    void close(@Disposes NetworkMonitor monitor) {
        monitor.close();
    }

    @Produces
    @Singleton
    MetadataRegistry metadata() {
        return new MetadataRegistry();
    }

    @Produces
    @Singleton
    RouterLife routers(MetadataRegistry registry, NamespaceEntry entry, PacketFilter filter, Clock clock) {
        return new MetadataService(registry, entry, filter, clock);
    }

    void close(@Disposes RouterLife routers) {
        if (routers instanceof MetadataService service) {
            service.close();
        }
    }
}
