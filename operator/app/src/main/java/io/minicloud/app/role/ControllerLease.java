package io.minicloud.app.role;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.minicloud.api.common.Labels;
import io.minicloud.app.Configuration;
import io.minicloud.app.Role;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease under which one controller of several works. A controller that loses it ends at once, in the middle of its
 * work (it only writes data): going on beside its successor would be a split brain.
 */
final class ControllerLease {
    /** The Lease in {@code minicloud-system}. */
    static final String NAME = "minicloud-controller";

    private static final Logger LOG = LoggerFactory.getLogger(ControllerLease.class);
    private static final Duration LEASE = Duration.ofSeconds(8);
    private static final Duration RENEW = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final String identity;
    private volatile boolean stopping;

    /**
     * A lease.
     *
     * @param host the name of this machine
     */
    ControllerLease(String host) {
        // The pid, because two processes of one machine must not take each other for themselves.
        this.identity = host + "-" + ProcessHandle.current().pid();
    }

    LeaderElectionConfiguration configuration() {
        // build() leaves the process to us: the framework's own System.exit hangs within a shutdown.
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(NAME)
                .withLeaseNamespace(Labels.SYSTEM_NAMESPACE)
                .withIdentity(identity)
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEW)
                .withRetryPeriod(RETRY)
                .withLeaderCallbacks(new LeaderCallbacks(this::won, this::lost, leader -> {}))
                .build();
    }

    /** Whether the controller of this process, if there is one, is one of several. */
    static boolean isNeeded(Configuration configuration) {
        return configuration.roles().contains(Role.CONTROLLER) && !configuration.embedded();
    }

    /** What keeps a controller from writing when its lease has run out and it has not heard of it. */
    static LeaseFence fence() {
        return new LeaseFence(LEASE, System::nanoTime, () -> {
            LOG.atError().log("lease run out, as after a pause: this process ends before it writes anything");
            Runtime.getRuntime().halt(1);
        });
    }

    /** From now on losing the lease is intended. */
    void stopping() {
        stopping = true;
    }

    /**
     * Gives the lease back if it is ours, so that the next controller need not wait for its end.
     *
     * @param client a client of the controller that is still open
     */
    void release(KubernetesClient client) {
        var leases = client.leases().inNamespace(Labels.SYSTEM_NAMESPACE).withName(NAME);
        var lease = leases.get();
        if (lease == null || !identity.equals(lease.getSpec().getHolderIdentity())) {
            return;
        }
        lease.getSpec().setHolderIdentity("");
        lease.getSpec().setLeaseDurationSeconds(1);
        client.resource(lease).update();
        LOG.atInfo().addKeyValue("identity", identity).log("lease given back");
    }

    private void won() {
        LOG.atInfo().addKeyValue("identity", identity).log("this controller leads");
    }

    private void lost() {
        if (!stopping) {
            LOG.atError()
                    .addKeyValue("identity", identity)
                    .log("lease lost: this process ends, its supervisor starts it again");
            Runtime.getRuntime().halt(1);
        }
    }
}
