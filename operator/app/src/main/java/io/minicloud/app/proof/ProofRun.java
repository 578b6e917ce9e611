package io.minicloud.app.proof;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.reconcile.condition.ConditionType;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the client of {@code helm test}. The chart makes it beside a server in another subnet, and its user data powers it
 * off when it has fetched the server's word through the VPC, and for no other reason. So what proves the packets is that the
 * guest has shut itself down, which its status tells. It writes plain lines; the last one says what came of it.
 */
public final class ProofRun {
    /** The instance of the chart that powers itself off. */
    public static final String CLIENT = "minicloud-test-client";
    /** The word arrived. */
    public static final int PROVED = 0;
    /** It did not, in time. */
    public static final int FAILED = 1;

    /** What the status says of a guest that powered itself off, in AWS's words. */
    private static final String BY_THE_GUEST = "Client.InstanceInitiatedShutdown";
    /** Two guests start within seconds even without KVM; the rest is for a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final PrintStream output;
    private String told = "";

    /**
     * A run.
     *
     * @param output where it tells what it sees
     */
    public ProofRun(PrintStream output) {
        this.output = output;
    }

    /**
     * Waits with the credential and in the namespace of the pod.
     *
     * @return the exit code of the process
     */
    public int run() {
        try (var client = new KubernetesClientBuilder()
                .withConfig(Config.autoConfigure(null))
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build()) {
            return run(client, PATIENCE);
        }
    }

    /**
     * Waits in the namespace of a client.
     *
     * @param client with the right to get, list and watch {@link #CLIENT}
     * @param patience how long
     * @return the exit code of the process
     */
    public int run(KubernetesClient client, Duration patience) {
        try {
            client.resources(Instance.class)
                    .withName(CLIENT)
                    .waitUntilCondition(this::proved, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException e) {
            return end(FAILED, "not proved within " + patience.toSeconds() + " s; at last: " + told);
        } catch (KubernetesClientException e) {
            return end(FAILED, "not proved, " + client.getMasterUrl() + " could not be asked: " + reason(e));
        }
        return end(PROVED, "proved: a word went through the VPC from one machine to the other");
    }

    private boolean proved(@Nullable Instance instance) {
        var status = Optional.ofNullable(instance).map(Instance::getStatus);
        tell(status.map(ProofRun::describe).orElse("there is no status of " + CLIENT + " yet"));
        return status.map(InstanceStatus::stateReason)
                .filter(reason -> reason.startsWith(BY_THE_GUEST))
                .isPresent();
    }

    private static String describe(InstanceStatus status) {
        var ready = Optional.ofNullable(status.conditions()).stream()
                .flatMap(List::stream)
                .filter(condition -> condition.type().equals(ConditionType.READY))
                .findFirst()
                .map(condition -> "Ready=" + condition.status() + " " + condition.reason() + " " + condition.message())
                .orElse("Ready unknown");
        return CLIENT + " is " + Optional.ofNullable(status.state()).orElse("unknown") + ", " + ready;
    }

    /** Without an answer of the server the client only says that there was an error. */
    private static String reason(KubernetesClientException e) {
        return e.getStatus() == null && e.getCause() != null
                ? String.valueOf(e.getCause().getMessage())
                : String.valueOf(e.getMessage());
    }

    private void tell(String seen) {
        if (!seen.equals(told)) {
            told = seen;
            output.println("minicloud: " + seen);
        }
    }

    private int end(int code, String message) {
        output.println("minicloud: " + message);
        return code;
    }
}
