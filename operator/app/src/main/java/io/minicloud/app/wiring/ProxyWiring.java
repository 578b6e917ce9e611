package io.minicloud.app.wiring;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.container.Containers;
import io.minicloud.agent.hostappliance.ApplianceProxy;
import io.minicloud.agent.proxy.Proxies;
import io.minicloud.agent.proxy.ProxyWatch;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the agent's proxies are given. */
@Singleton
public class ProxyWiring {
    @Produces
    @Singleton
    Proxies proxies(Containers containers, AgentSettings settings) {
        return new Proxies(containers, settings.runFolder());
    }

    @Produces
    @Singleton
    ProxyWatch watch(Proxies proxies) {
        return new ProxyWatch(proxies);
    }

    void close(@Disposes ProxyWatch watch) {
        watch.close();
    }

    @Produces
    @Singleton
    ApplianceProxy applianceProxy(Containers containers, Proxies proxies, ProxyWatch watch) {
        return new ApplianceProxy(containers, proxies, watch);
    }
}
