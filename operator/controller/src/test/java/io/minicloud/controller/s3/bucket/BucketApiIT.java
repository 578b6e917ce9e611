package io.minicloud.controller.s3.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.minicloud.api.common.Condition;
import io.minicloud.api.organizations.Account;
import io.minicloud.api.organizations.AccountStatus;
import io.minicloud.api.s3.Bucket;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Registered;
import io.minicloud.controller.objectstore.AccessKey;
import io.minicloud.controller.objectstore.MinioAccessKeys;
import io.minicloud.controller.objectstore.MinioConnection;
import io.minicloud.controller.objectstore.MinioObjectStore;
import io.minicloud.controller.objectstore.MinioServer;
import io.minicloud.controller.objectstore.Versioning;
import io.minicloud.reconcile.client.SharedInformers;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.ErrorResponseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buckets with a real API server and a real MinIO; what is proved is proved by an independent S3 client. */
class BucketApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static ApiServer server;
    private static MinioServer minio;
    private static MinioObjectStore store;
    private static Operator operator;

    private KubernetesClient client;
    private String namespace;
    private final String name = "b-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.shared();
        minio = new MinioServer();
        var connection = new MinioConnection(minio.settings());
        store = new MinioObjectStore(connection);
        var kubernetes = ApiServer.clientBuilder(server.adminConfig()).build();
        operator = new Operator(overrider -> overrider.withKubernetesClient(SharedInformers.of(kubernetes)));
        Registered.with(
                operator,
                new BucketReconciler(
                        new ControllerSettings("test-installation", "home-1"),
                        store,
                        new MinioAccessKeys(connection),
                        minio.settings(),
                        new PlanExecutor(Checkpoint.NONE),
                        Clock.systemUTC()));
        operator.start();
    }

    @AfterAll
    static void stop() throws Exception {
        operator.stop();
        minio.close();
    }

    @BeforeEach
    void enrol() {
        client = server.admin();
        namespace = server.freshNamespace("bucket");
        enrol(namespace);
    }

    @Test
    void anIndependentClientWritesAndReadsItsBucketAndNoOther() throws Exception {
        apply(namespace, name, "{versioningConfiguration: {status: Enabled}, tags: {team: a}}");
        apply(namespace, name + "-2", "{}");
        awaitReady(name);
        awaitReady(name + "-2");

        var s3 = s3(name);
        var nonce = UUID.randomUUID().toString();
        put(s3, name, nonce);

        assertThat(get(s3, name)).isEqualTo(nonce);
        assertThatThrownBy(() -> put(s3, name + "-2", nonce))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        e -> assertThat(e.errorResponse().code()).isEqualTo("AccessDenied"));
        var state = store.find(name).orElseThrow();
        assertThat(state.versioning()).isEqualTo(Versioning.ENABLED);
        assertThat(state.tags()).containsEntry("team", "a");
        assertThat(read(name).getStatus().arn()).isEqualTo("arn:aws:s3:::" + name);
    }

    @Test
    void aForeignBucketIsNotTouched() {
        store.create(name);
        store.setTags(name, Map.of("mine", "yes"));
        var before = store.find(name);

        apply(namespace, name, "{deletionPolicy: Delete, versioningConfiguration: {status: Enabled}}");
        awaitReason(name, "Accepted", "BucketAlreadyExists");
        delete(name);
        awaitGone(name);

        assertThat(store.find(name)).isEqualTo(before);
    }

    @Test
    void oneNameGoesToOneObject() {
        apply(namespace, name, "{}");
        awaitReady(name);
        var elsewhere = server.freshNamespace("bucket");
        enrol(elsewhere);

        apply(namespace, "second", "{bucketName: " + name + "}");
        apply(elsewhere, name, "{}");

        awaitReason("second", "Accepted", "BucketAlreadyOwnedByYou");
        await().atMost(PATIENCE).until(() -> reason(elsewhere, name, "Accepted").equals("BucketAlreadyExists"));
        assertThat(reason(namespace, name, "Ready")).isEqualTo("Available");
    }

    @Test
    void aNamespaceThatIsNoAccountWaitsUntilItIsEnrolled() {
        var later = server.freshNamespace("bucket");
        apply(later, name, "{}");
        await().atMost(PATIENCE).until(() -> reason(later, name, "Accepted").equals("NotAnAccount"));
        assertThat(store.find(name)).isEmpty();

        enrol(later);

        await().atMost(PATIENCE).until(() -> reason(later, name, "Ready").equals("Available"));
    }

    @Test
    void aSecretThatIsNotOursIsLeftAlone() {
        var foreign = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name + "-owner-key")
                .endMetadata()
                .withStringData(Map.of("mine", "yes"))
                .build();
        client.resource(foreign).create();

        apply(namespace, name, "{}");
        awaitReason(name, "Ready", "SecretNameTaken");
        assertThat(secret(name).getData()).containsOnlyKeys("mine");

        client.resource(foreign).delete();
        awaitReady(name);
    }

    @Test
    void aLostSecretEndsTheOldKey() throws Exception {
        apply(namespace, name, "{}");
        awaitReady(name);
        var old = s3(name);
        client.resource(secret(name)).delete();

        // Any event brings the next pass; without one it comes within minutes.
        apply(namespace, name, "{tags: {touched: again}}");
        await().atMost(PATIENCE).until(() -> secret(name) != null);
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> put(s3(name), name, "new"));

        assertThatThrownBy(() -> put(old, name, "old")).isInstanceOf(ErrorResponseException.class);
    }

    @Test
    void retainKeepsTheDataAndTakesTheKey() throws Exception {
        apply(namespace, name, "{}");
        awaitReady(name);
        var s3 = s3(name);
        put(s3, name, "kept");

        delete(name);
        awaitGone(name);

        assertThat(store.isEmpty(name)).isFalse();
        assertThat(secret(name)).isNull();
        assertThatThrownBy(() -> get(s3, name)).isInstanceOf(ErrorResponseException.class);
    }

    @Test
    void deleteRemovesEveryVersion() throws Exception {
        apply(namespace, name, "{deletionPolicy: Delete, versioningConfiguration: {status: Enabled}}");
        awaitReady(name);
        put(s3(name), name, "one");
        put(s3(name), name, "two");

        delete(name);
        awaitGone(name);

        assertThat(store.find(name)).isEmpty();
    }

    @Test
    void deleteIfEmptyWaitsAndSaysSo() throws Exception {
        apply(namespace, name, "{deletionPolicy: DeleteIfEmpty}");
        awaitReady(name);
        put(s3(name), name, "in the way");

        delete(name);
        awaitReason(name, "Programmed", "BucketNotEmpty");
        assertThat(store.isEmpty(name)).isFalse();

        assertThat(store.purge(name, 10)).isTrue();
        awaitGone(name);
        assertThat(store.find(name)).isEmpty();
    }

    @Test
    void anOutageIsSaidAndEndsByItself() {
        apply(namespace, name, "{}");
        awaitReady(name);
        minio.stop();
        try {
            apply(namespace, name, "{versioningConfiguration: {status: Enabled}}");
            awaitReason(name, "Programmed", "EngineUnavailable");
            assertThat(condition(namespace, name, "Programmed").status()).isEqualTo("Unknown");
        } finally {
            restart();
        }

        await().atMost(PATIENCE)
                .until(() -> reason(namespace, name, "Programmed").equals("Programmed"));
        // MinIO that just started may for a moment remember what it had read before the change, until the next look.
        await().atMost(PATIENCE).until(() -> store.find(name).orElseThrow().versioning() == Versioning.ENABLED);
        assertThat(reason(namespace, name, "Ready")).isEqualTo("Available");
    }

    private static void restart() {
        try {
            minio.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void enrol(String account) {
        var id = "%012d".formatted(ThreadLocalRandom.current().nextLong(1_000_000_000_000L));
        server.apply("""
                apiVersion: organizations.minicloud.io/v1alpha1
                kind: Account
                metadata: {name: %s}
                spec: {namespace: %s, accountId: "%s"}
                """.formatted(account, account, id));
        // The account's own reconciler is not part of this test.
        client.resources(Account.class).withName(account).editStatus(found -> {
            var accepted = new Condition(
                    "Accepted", "True", found.getMetadata().getGeneration(), "2026-11-21T10:00:00Z", "Valid", "");
            found.setStatus(new AccountStatus(List.of(accepted), 1L, null, "ACTIVE"));
            return found;
        });
    }

    private static void apply(String namespace, String name, String spec) {
        server.apply("""
                apiVersion: s3.minicloud.io/v1alpha1
                kind: Bucket
                metadata: {name: "%s", namespace: "%s"}
                spec: %s
                """.formatted(name, namespace, spec));
    }

    private Bucket read(String bucket) {
        return client.resources(Bucket.class)
                .inNamespace(namespace)
                .withName(bucket)
                .get();
    }

    private void delete(String bucket) {
        client.resources(Bucket.class).inNamespace(namespace).withName(bucket).delete();
    }

    private void awaitReady(String bucket) {
        awaitReason(bucket, "Ready", "Available");
    }

    private void awaitReason(String bucket, String type, String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reason(namespace, bucket, type)).isEqualTo(reason));
    }

    private void awaitGone(String bucket) {
        await().atMost(PATIENCE).until(() -> read(bucket) == null);
    }

    private String reason(String namespace, String bucket, String type) {
        var found = client.resources(Bucket.class)
                .inNamespace(namespace)
                .withName(bucket)
                .get();
        return Conditions.find(found.getStatus(), type).map(Condition::reason).orElse("");
    }

    private Condition condition(String namespace, String bucket, String type) {
        var found = client.resources(Bucket.class)
                .inNamespace(namespace)
                .withName(bucket)
                .get();
        return Conditions.find(found.getStatus(), type).orElseThrow();
    }

    private Secret secret(String bucket) {
        return client.secrets()
                .inNamespace(namespace)
                .withName(bucket + "-owner-key")
                .get();
    }

    /** A client that knows nothing but what stands in the Secret. */
    private MinioClient s3(String bucket) {
        var data = secret(bucket).getData();
        var key = new AccessKey(decode(data.get("AWS_ACCESS_KEY_ID")), decode(data.get("AWS_SECRET_ACCESS_KEY")));
        return MinioClient.builder()
                .endpoint(decode(data.get("AWS_ENDPOINT_URL_S3")))
                .region(decode(data.get("AWS_REGION")))
                .credentials(key.id(), key.secret())
                .build();
    }

    private static String decode(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private static void put(MinioClient s3, String bucket, String text) throws Exception {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        s3.putObject(PutObjectArgs.builder().bucket(bucket).object("nonce").stream(
                        new ByteArrayInputStream(bytes), bytes.length, -1)
                .build());
    }

    private static String get(MinioClient s3, String bucket) throws Exception {
        try (var answer = s3.getObject(
                GetObjectArgs.builder().bucket(bucket).object("nonce").build())) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
