package io.minicloud.app.role;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.minicloud.api.common.Labels;
import io.minicloud.app.Configuration;
import io.minicloud.app.Role;
import io.minicloud.reconcile.client.SharedInformers;
import io.minicloud.reconcile.supervision.SupervisedReconciler;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One operator of the framework per brain: an election concerns all controllers of an operator, and an agent must work
 * on every host, elected or not. A brain's reconcilers are those in its packages; those of a brain that does not run
 * here are never made.
 */
@ApplicationScoped
public class Operators {
    private static final Logger LOG = LoggerFactory.getLogger(Operators.class);

    private final Configuration configuration;
    private final QuarkusConfigurationService framework;
    private final Clients clients;
    private final EventRecorders events;
    private final Instance<Reconciler<? extends HasMetadata>> reconcilers;
    private final Map<Role, Operator> running = new EnumMap<>(Role.class);
    private final Optional<ControllerLease> lease;
    private @Nullable HomeLock lock;

    /**
     * The operators of this process.
     *
     * @param configuration which brains run here
     * @param framework the framework's configuration, made at build time
     * @param clients one client per brain
     * @param events where the transitions of a brain's objects are told
     * @param reconcilers every reconciler of both brains, not made yet
     */
    public Operators(
            Configuration configuration,
            QuarkusConfigurationService framework,
            Clients clients,
            EventRecorders events,
            @Any Instance<Reconciler<? extends HasMetadata>> reconcilers) {
        this.configuration = configuration;
        this.framework = framework;
        this.clients = clients;
        this.events = events;
        this.reconcilers = reconcilers;
        this.lease = ControllerLease.isNeeded(configuration)
                ? Optional.of(new ControllerLease(configuration.machineName()))
                : Optional.empty();
    }

    /** The operators that run here, by brain; empty before the start. */
    public synchronized List<Operator> running() {
        return List.copyOf(running.values());
    }

    synchronized void start(@Observes StartupEvent event) throws IOException, InterruptedException {
        var roles = configuration.roles();
        StartRules.refusal(roles, configuration.embedded(), configuration.host(), configuration.home())
                .ifPresent(why -> {
                    throw new IllegalStateException(why);
                });
        if (roles.contains(Role.AGENT) || configuration.embedded()) {
            lock = HomeLock.take(configuration.home());
        }
        ApiServerAwaited.by(clients.standard().getConfiguration());
        for (Role role : roles) {
            running.put(role, operator(role));
        }
        running.values().forEach(Operator::start);
        LOG.atInfo()
                .addKeyValue("roles", roles)
                .addKeyValue("reconcilers", names())
                .log("minicloud runs");
    }

    synchronized void stop(@Observes ShutdownEvent event) throws IOException {
        lease.ifPresent(ControllerLease::stopping);
        try {
            events.close();
            running.forEach(Operators::stop);
        } finally {
            lease.ifPresent(this::release);
            if (lock != null) {
                lock.close();
            }
        }
    }

    private Operator operator(Role role) {
        var election = role == Role.CONTROLLER
                ? lease.map(ControllerLease::configuration)
                : Optional.<LeaderElectionConfiguration>empty();
        var operator = new Operator(RoleConfiguration.of(framework, SharedInformers.of(clients.of(role)), election));
        for (Reconciler<? extends HasMetadata> reconciler : of(role)) {
            register(role, operator, reconciler);
        }
        return operator;
    }

    private <P extends HasMetadata> void register(Role role, Operator operator, Reconciler<P> reconciler) {
        // The framework finds a configuration by the class of the reconciler, so not by that of what is around it.
        var configured = operator.getConfigurationService().getConfigurationFor(reconciler);
        var supervised = SupervisedReconciler.of(reconciler, events.of(role), Clock.systemUTC());
        var registered = operator.register(supervised, configured).getConfiguration();
        if (role == Role.AGENT && Namespaced.class.isAssignableFrom(registered.getResourceClass())) {
            var own = Set.of(Labels.HOST_NAMESPACE_PREFIX + configuration.host().orElseThrow());
            var watched = registered.getInformerConfig().getNamespaces();
            if (!own.equals(watched)) {
                throw new IllegalStateException("controller " + registered.getName() + " watches " + watched + ", not "
                        + own + ": set quarkus.operator-sdk.controllers." + registered.getName() + ".namespaces");
            }
        }
    }

    private List<Reconciler<? extends HasMetadata>> of(Role role) {
        var found = new ArrayList<Reconciler<? extends HasMetadata>>();
        reconcilers
                .handlesStream()
                .filter(handle -> role.owns(handle.getBean().getBeanClass()))
                .sorted(Comparator.comparing(
                        handle -> handle.getBean().getBeanClass().getName()))
                .forEach(handle -> found.add(handle.get()));
        return found;
    }

    private List<String> names() {
        return running.values().stream()
                .flatMap(operator -> operator.getRegisteredControllers().stream())
                .map(controller -> controller.getConfiguration().getName())
                .sorted()
                .toList();
    }

    private void release(ControllerLease held) {
        // Stopping an operator closed its client.
        try (var client = clients.open(Role.CONTROLLER)) {
            held.release(client);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the lease could not be given back: the next controller waits for its end");
        }
    }

    private static void stop(Role role, Operator operator) {
        try {
            operator.stop();
        } catch (RuntimeException e) {
            // Executors are shared: the second operator finds them shut down by the first.
            LOG.atDebug().addKeyValue("role", role).setCause(e).log("stopped, not without complaint");
        }
    }
}
