package io.minicloud.agent.host;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.agent.AgentSettings;
import io.minicloud.api.common.Labels;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * A heartbeat as a Lease in the host's namespace, named as the host: small, and no status changes by it.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/leases/#node-heart-beats">Node heartbeats in Kubernetes</a>
 */
public final class LeaseHeartbeat implements Heartbeat {
    /** A machine that was silent for this long takes no new instances: four beats. */
    static final Duration VALID_FOR = HostReconciler.INTERVAL.multipliedBy(4);

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(HostReconciler.FIELD_MANAGER)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final AgentSettings settings;
    private final Clock clock;

    /**
     * A heartbeat.
     *
     * @param client the agent's own client
     * @param settings whose heart beats
     * @param clock the time that is told
     */
    public LeaseHeartbeat(KubernetesClient client, AgentSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void beat() {
        var lease = new LeaseBuilder()
                .withNewMetadata()
                .withName(settings.hostName())
                .withNamespace(settings.hostNamespace())
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(settings.hostName())
                .withLeaseDurationSeconds((int) VALID_FOR.toSeconds())
                .withRenewTime(ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .endSpec()
                .build();
        client.resource(lease).patch(APPLY);
    }
}
