package io.minicloud.app.role;

import io.minicloud.app.Configuration;
import io.minicloud.app.Role;
import io.minicloud.reconcile.event.EventRecorder;
import io.minicloud.reconcile.event.KubernetesEventRecorder;
import io.minicloud.reconcile.event.KubernetesEventRecorder.Reporter;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** One recorder of events per brain, each with its own rights. */
@Singleton
public class EventRecorders {
    private final Configuration configuration;
    private final Clients clients;
    private final Clock clock;
    private final Map<Role, KubernetesEventRecorder> recorders = new EnumMap<>(Role.class);

    /**
     * The recorders of this process.
     *
     * @param configuration where it runs
     * @param clients one client per brain
     * @param clock when things happened
     */
    public EventRecorders(Configuration configuration, Clients clients, Clock clock) {
        this.configuration = configuration;
        this.clients = clients;
        this.clock = clock;
    }

    /** The recorder of a brain, made when it is first asked for. */
    synchronized EventRecorder of(Role role) {
        return recorders.computeIfAbsent(role, this::open);
    }

    /** To be called while the clients are open: what waits is written. */
    synchronized void close() {
        recorders.values().forEach(KubernetesEventRecorder::close);
    }

    private KubernetesEventRecorder open(Role role) {
        var name = "minicloud-" + role.name().toLowerCase(Locale.ROOT);
        return new KubernetesEventRecorder(clients.of(role), new Reporter(name, configuration.machineName()), clock);
    }
}
