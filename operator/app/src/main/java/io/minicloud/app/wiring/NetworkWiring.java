package io.minicloud.app.wiring;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hostnetwork.RouterLife;
import io.minicloud.agent.metadata.MetadataRegistry;
import io.minicloud.agent.metadata.MetadataService;
import io.minicloud.agent.network.Dnsmasq;
import io.minicloud.agent.network.IpLinks;
import io.minicloud.agent.network.Links;
import io.minicloud.agent.network.NamespaceEntry;
import io.minicloud.agent.network.NftPacketFilter;
import io.minicloud.agent.network.PacketFilter;
import io.minicloud.agent.process.Commands;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the agent's routers and ports are given. */
@Singleton
public class NetworkWiring {
    @Produces
    @Singleton
    Links links(Commands commands) {
        return new IpLinks(commands);
    }

    @Produces
    @Singleton
    PacketFilter filter(Commands commands) {
        return new NftPacketFilter(commands);
    }

    @Produces
    @Singleton
    Dnsmasq dnsmasq(Commands commands, AgentSettings settings) {
        return new Dnsmasq(commands, settings.runFolder());
    }

    @Produces
    @Singleton
    MetadataRegistry metadata() {
        return new MetadataRegistry();
    }

    @Produces
    @Singleton
    RouterLife routers(MetadataRegistry registry, PacketFilter filter, Clock clock) {
        return new MetadataService(registry, new NamespaceEntry(), filter, clock);
    }

    void close(@Disposes RouterLife routers) {
        if (routers instanceof MetadataService service) {
            service.close();
        }
    }
}
