package io.minicloud.app.install;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;

/**
 * The program as an installer: it writes plain lines for whoever runs Helm, the last one says what came of it, and its exit
 * code tells a Job whether another try makes sense.
 */
public final class InstallerRun {
    /** All definitions are those of this release. */
    static final int DONE = 0;
    /** It will be refused again until someone acts. */
    static final int REFUSED = 1;
    /** The API server did not answer or not in time: try again. */
    static final int FAILED = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final PrintStream output;

    /**
     * A run.
     *
     * @param output where it tells what it does
     */
    public InstallerRun(PrintStream output) {
        this.output = output;
    }

    /**
     * Installs the packed definitions with the credential of the pod, or of the kubeconfig that the environment names.
     *
     * @return the exit code of the process: 0 done, 1 refused, 2 failed
     */
    public int run() {
        try (var client = new KubernetesClientBuilder()
                .withConfig(Config.autoConfigure(null))
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build()) {
            return run(client, PackedDefinitions.read());
        }
    }

    int run(KubernetesClient client, List<CustomResourceDefinition> packed) {
        try {
            new DefinitionInstaller(client, PATIENCE, output::println).install(packed);
        } catch (RefusedException e) {
            return end(REFUSED, "refused, nothing was written: " + e.getMessage());
        } catch (KubernetesClientException e) {
            return failure(client, e);
        }
        var release = UpgradeRules.release(packed.getFirst()).orElseThrow();
        return end(DONE, packed.size() + " resource definitions are those of " + release);
    }

    private int failure(KubernetesClient client, KubernetesClientException e) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN ->
                end(
                        REFUSED,
                        "the API server forbids it: " + e.getStatus().getMessage()
                                + "; the ClusterRole minicloud-installer of the chart has the rights that are needed");
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                end(REFUSED, client.getMasterUrl() + " does not know this credential: give the pod a service account");
            default -> end(FAILED, "failed at " + client.getMasterUrl() + ": " + e.getMessage());
        };
    }

    private int end(int code, String message) {
        output.println("minicloud: " + message);
        return code;
    }
}
