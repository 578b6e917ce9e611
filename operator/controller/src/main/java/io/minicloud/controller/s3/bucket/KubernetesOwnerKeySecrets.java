package io.minicloud.controller.s3.bucket;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.s3.Bucket;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owner's keys as Secrets beside the Bucket object. Read one by one: the controller may not list all Secrets. */
final class KubernetesOwnerKeySecrets implements OwnerKeySecrets {
    private static final Logger log = LoggerFactory.getLogger(KubernetesOwnerKeySecrets.class);

    private final KubernetesClient client;

    KubernetesOwnerKeySecrets(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Found find(Bucket bucket) {
        var secret = read(bucket);
        if (secret == null) {
            return new Found(Ownership.ABSENT, Map.of());
        }
        return isOurs(bucket, secret)
                ? new Found(Ownership.OURS, decode(secret.getData()))
                : new Found(Ownership.FOREIGN, Map.of());
    }

    @Override
    public void write(Bucket bucket, Map<String, String> content) {
        var present = read(bucket);
        if (present == null) {
            client.resource(secret(bucket, content)).create();
        } else if (isOurs(bucket, present)) {
            var next = secret(bucket, content);
            // Fails when somebody wrote in between: the next pass looks again.
            next.getMetadata().setResourceVersion(present.getMetadata().getResourceVersion());
            client.resource(next).update();
        } else {
            throw new IllegalStateException("Secret " + OwnerKeySecrets.nameFor(bucket) + " is not ours");
        }
    }

    @Override
    public void delete(Bucket bucket) {
        try {
            var present = read(bucket);
            if (present != null && isOurs(bucket, present)) {
                client.resource(present).delete();
            }
        } catch (SecretsForbiddenException e) {
            // The right went with the account, e.g. because the whole namespace goes; the owner reference takes the
            // Secret.
            log.debug("Secret {} is left to the garbage collector", OwnerKeySecrets.nameFor(bucket), e);
        }
    }

    private @Nullable Secret read(Bucket bucket) {
        try {
            return handle(bucket).get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                throw new SecretsForbiddenException(bucket.getMetadata().getNamespace(), e);
            }
            throw e;
        }
    }

    private Resource<Secret> handle(Bucket bucket) {
        return client.secrets()
                .inNamespace(bucket.getMetadata().getNamespace())
                .withName(OwnerKeySecrets.nameFor(bucket));
    }

    private static boolean isOurs(Bucket bucket, Secret secret) {
        var labels = secret.getMetadata().getLabels();
        return labels != null
                && Labels.MANAGER.equals(labels.get(Labels.MANAGED_BY))
                && bucket.getMetadata().getUid().equals(labels.get(Labels.OWNER_UID));
    }

    private static Secret secret(Bucket bucket, Map<String, String> content) {
        var meta = bucket.getMetadata();
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(meta.getNamespace())
                .withName(OwnerKeySecrets.nameFor(bucket))
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .addToLabels(Labels.OWNER_KIND, "bucket")
                .addToLabels(Labels.OWNER_UID, meta.getUid())
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(bucket.getApiVersion())
                        .withKind(bucket.getKind())
                        .withName(meta.getName())
                        .withUid(meta.getUid())
                        .withController(true)
                        .build())
                .endMetadata()
                .withType("Opaque")
                .withStringData(content)
                .build();
    }

    private static Map<String, String> decode(@Nullable Map<String, String> data) {
        var decoded = new HashMap<String, String>();
        if (data != null) {
            data.forEach((key, value) ->
                    decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return decoded;
    }
}
