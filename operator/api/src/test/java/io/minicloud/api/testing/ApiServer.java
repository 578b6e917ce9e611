package io.minicloud.api.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A real API server with the resource types of minicloud, one for all tests of a JVM: {@link #shared()}. There is no
 * controller-manager behind it: a deleted namespace stays Terminating and owner references collect nothing, so every test
 * works in a {@link #freshNamespace(String) fresh namespace}.
 */
public final class ApiServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final int ATTEMPTS = 3;

    private final ControlPlane controlPlane;
    private final KubernetesClient admin;

    private ApiServer(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.admin = client(adminConfig());
    }

    /** The API server of this JVM, started at the first call and ended with the JVM. */
    public static ApiServer shared() {
        return Shared.SERVER;
    }

    /** A server of its own, for tests that stop or restart it; the caller closes it. */
    public static ApiServer start() {
        for (var attempt = 1; ; attempt++) {
            try {
                return startOnce();
            } catch (IllegalStateException e) {
                // Another process may have taken a port between its choice and its use.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The builder of a client with this connection, over the HTTP client that the program uses too. */
    public static KubernetesClientBuilder clientBuilder(Config config) {
        return new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(new JdkHttpClientFactory());
    }

    /** A client that may do everything; shared, so tests do not close it. */
    public KubernetesClient admin() {
        return admin;
    }

    /** What a client with all rights connects with. */
    public Config adminConfig() {
        return connection().withOauthToken(controlPlane.token()).build();
    }

    /** The same for a client that repeats what failed for as long as the program does. */
    public Config patientConfig() {
        return new ConfigBuilder(adminConfig())
                .withRequestRetryBackoffLimit(Config.DEFAULT_REQUEST_RETRY_BACKOFFLIMIT)
                .build();
    }

    /** A client that acts as this user, with the rights that RBAC gives the user; the caller closes it. */
    public KubernetesClient clientAs(String user, String... groups) {
        return client(connection()
                .withOauthToken(controlPlane.token())
                .withImpersonateUsername(user)
                .withImpersonateGroups(groups)
                .build());
    }

    /** A client with a token of this ServiceAccount, which is made when it is missing; the caller closes it. */
    public KubernetesClient clientAsServiceAccount(String namespace, String name) {
        return client(serviceAccountConfig(namespace, name));
    }

    /** What a client with a token of this ServiceAccount connects with; the account is made when it is missing. */
    public Config serviceAccountConfig(String namespace, String name) {
        createIfMissing(new ServiceAccountBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(namespace)
                        .withName(name)
                        .build())
                .build());
        var token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(new TokenRequest())
                .getStatus()
                .getToken();
        return connection().withOauthToken(token).build();
    }

    /** Writes a kubeconfig for the given connection, one of this server's own, and returns the file. */
    public Path kubeconfig(Config config, Path file) {
        var text = """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: test, cluster: {server: "%s", certificate-authority: "%s"}}
                users:
                - {name: test, user: {token: "%s"}}
                contexts:
                - {name: test, context: {cluster: test, user: test, namespace: default}}
                current-context: test
                """.formatted(controlPlane.url(), controlPlane.certificate(), config.getOauthToken());
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a namespace that no other test uses and returns its name: the prefix, a dash and eight hex digits. */
    public String freshNamespace(String prefix) {
        var name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
        namespace(name);
        return name;
    }

    /** Makes the namespace of this name when it is missing. */
    public void namespace(String name) {
        createIfMissing(new NamespaceBuilder()
                .withMetadata(new ObjectMetaBuilder().withName(name).build())
                .build());
    }

    /** Applies the objects of a YAML text with all rights and returns them as the server has them. */
    public List<HasMetadata> apply(String yaml) {
        return admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items().stream()
                .map(item -> admin.resource(item).forceConflicts().serverSideApply())
                .toList();
    }

    /** Applies the objects of a YAML file with all rights and returns them as the server has them. */
    public List<HasMetadata> apply(Path file) {
        try {
            return apply(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
        controlPlane.stop();
    }

    private static ApiServer startOnce() {
        try {
            var controlPlane = new ControlPlane();
            try {
                controlPlane.start();
                await().atMost(START).until(() -> Files.exists(controlPlane.certificate()) || !controlPlane.alive());
                var server = new ApiServer(controlPlane);
                server.awaitReady();
                server.installTypes();
                return server;
            } catch (ConditionTimeoutException | KubernetesClientException | IllegalStateException e) {
                var logs = controlPlane.logs();
                controlPlane.stop();
                throw new IllegalStateException("the API server did not start\n" + logs, e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        await().atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .failFast("a process ended", () -> !controlPlane.alive())
                .ignoreExceptions()
                .until(() -> "ok".equals(admin.raw("/readyz")));
        await().atMost(START).until(() -> admin.namespaces().withName("default").get() != null);
    }

    private void installTypes() {
        try (var files = Files.list(Tools.repository("crds"))) {
            files.filter(f -> f.toString().endsWith(".yaml")).sorted().forEach(this::apply);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(START)
                .until(() -> admin.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                        .allMatch(ApiServer::established));
    }

    private static boolean established(CustomResourceDefinition type) {
        return type.getStatus() != null
                && type.getStatus().getConditions() != null
                && type.getStatus().getConditions().stream()
                        .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus()));
    }

    private void createIfMissing(HasMetadata object) {
        try {
            admin.resource(object).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
        }
    }

    private ConfigBuilder connection() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(controlPlane.url())
                .withCaCertFile(controlPlane.certificate().toString())
                // An unknown field in an apply is answered with 500, which a client repeats for 20 s by default.
                .withRequestRetryBackoffLimit(2)
                .withNamespace("default");
    }

    private static KubernetesClient client(Config config) {
        return clientBuilder(config).build();
    }

    private static final class Shared {
        static final ApiServer SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }
}
