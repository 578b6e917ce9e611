package io.minicloud.agent.host;

import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.inventory.UnknownThings;
import io.minicloud.agent.preflight.Findings;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostStatus;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Writes what this machine has into the status of its own {@code Host}, and beats every ten seconds. The objects of
 * other machines are seen (a host is cluster-scoped) and left alone.
 */
@ControllerConfiguration(
        name = HostReconciler.NAME,
        fieldManager = HostReconciler.FIELD_MANAGER,
        retry = EndlessRetry.class,
        informer = @Informer,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class HostReconciler implements Reconciler<Host> {
    /** The name of this controller in configuration and metrics. */
    public static final String NAME = "host";

    /** The owner of the fields that the agent writes on its Host. */
    public static final String FIELD_MANAGER = "minicloud-agent-host";

    /** How often the machine is looked at and the heart beats. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Until the machine was looked at for the first time: its host is not ready before that. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final AgentSettings settings;
    private final Sources sources;
    private final Heartbeat heartbeat;
    private final HostStatusFactory statuses;

    /**
     * What is known of this machine.
     *
     * @param machine what it has
     * @param unknown what it has and nobody knows
     * @param findings what it lacks
     */
    public record Sources(Machine machine, UnknownThings unknown, Findings findings) {}

    /**
     * The reconciler of this machine.
     *
     * @param settings which host this is
     * @param sources what is known of it
     * @param heartbeat how it says that it is alive
     * @param statuses makes the status
     */
    public HostReconciler(AgentSettings settings, Sources sources, Heartbeat heartbeat, HostStatusFactory statuses) {
        this.settings = settings;
        this.sources = sources;
        this.heartbeat = heartbeat;
        this.statuses = statuses;
    }

    @Override
    public UpdateControl<Host> reconcile(Host host, Context<Host> context) {
        if (!host.getMetadata().getName().equals(settings.hostName())) {
            return UpdateControl.noUpdate();
        }
        heartbeat.beat();
        var findings = sources.findings().latest();
        var status = statuses.status(
                host, sources.machine().observe(), sources.unknown().latest(), findings);
        var control = status.equals(host.getStatus())
                ? UpdateControl.<Host>noUpdate()
                : UpdateControl.patchStatus(withStatus(host, status));
        return control.rescheduleAfter(findings.isEmpty() ? SOON : INTERVAL);
    }

    // Only what this field manager owns: the rights of an agent end at the status.
    private static Host withStatus(Host host, HostStatus status) {
        var patch = new Host();
        patch.getMetadata().setName(host.getMetadata().getName());
        patch.setStatus(status);
        return patch;
    }
}
