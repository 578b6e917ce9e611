package io.minicloud.app.wiring;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.accesslog.AccessLogs;
import io.minicloud.agent.accesslog.MinioLogBucket;
import io.minicloud.agent.container.Containers;
import io.minicloud.agent.hostappliance.ApplianceProxy;
import io.minicloud.agent.proxy.FigureWatch;
import io.minicloud.agent.proxy.Proxies;
import io.minicloud.agent.proxy.ProxyWatch;
import io.minicloud.app.observe.LoadBalancerFigures;
import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

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
    FigureWatch figures(Proxies proxies, Clock clock, CollectorRegistry metrics) {
        var figures = new FigureWatch(proxies, clock);
        new LoadBalancerFigures(figures::figures).register(metrics);
        return figures;
    }

    void close(@Disposes FigureWatch figures) {
        figures.close();
    }

    @Produces
    @Singleton
    AccessLogs accessLogs(Proxies proxies, AgentSettings settings, Clock clock) {
        return new AccessLogs(proxies, new MinioLogBucket(), settings.home(), AccessLogs.INTERVAL, clock);
    }

    void close(@Disposes AccessLogs logs) {
        logs.close();
    }

    @Produces
    @Singleton
    ApplianceProxy applianceProxy(
            Containers containers, Proxies proxies, ProxyWatch watch, FigureWatch figures, AccessLogs logs) {
        return new ApplianceProxy(containers, proxies, watch, figures, logs);
    }
}
