package io.minicloud.app.wiring;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.container.Containers;
import io.minicloud.agent.container.PodmanContainers;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.process.Commands;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What runs the containers of appliances. */
@Singleton
public class ContainerWiring {
    @Produces
    @Singleton
    Containers containers(Commands commands, NamedNamespaces namespaces, AgentSettings settings) {
        return new PodmanContainers(commands, namespaces, settings);
    }
}
