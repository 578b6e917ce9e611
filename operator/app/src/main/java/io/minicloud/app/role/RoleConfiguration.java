package io.minicloud.app.role;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.minicloud.reconcile.client.Delegate;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The framework's configuration with a client and an election of a brain's own. Executors and metrics stay shared; the
 * framework's own override would make new ones.
 */
final class RoleConfiguration implements InvocationHandler {
    private final ConfigurationService shared;
    private final KubernetesClient client;
    private final Optional<LeaderElectionConfiguration> election;

    private RoleConfiguration(
            ConfigurationService shared, KubernetesClient client, Optional<LeaderElectionConfiguration> election) {
        this.shared = shared;
        this.client = client;
        this.election = election;
    }

    static ConfigurationService of(
            ConfigurationService shared, KubernetesClient client, Optional<LeaderElectionConfiguration> election) {
        return Delegate.of(ConfigurationService.class, new RoleConfiguration(shared, client, election));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "getKubernetesClient" -> client;
            case "getLeaderElectionConfiguration" -> election;
            default -> Delegate.call(shared, method, arguments);
        };
    }
}
