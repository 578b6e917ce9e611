package io.minicloud.controller.hostsecret;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.minicloud.api.common.Labels;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.reconcile.identity.Sha256;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The immutable Secrets of a cloud object in the namespace of a host. Each is named after who needs it there and its
 * content, so that other content is another Secret and what names the Secret changes with it.
 */
public final class HostSecrets {
    private static final int HASH_DIGITS = 12;

    private final KubernetesClient client;
    private final HasMetadata owner;
    private final String namespace;

    /**
     * The Secrets of one owner on one host.
     *
     * @param client writes them
     * @param owner the cloud object
     * @param namespace of the host
     */
    public HostSecrets(KubernetesClient client, HasMetadata owner, String namespace) {
        this.client = client;
        this.owner = owner;
        this.namespace = namespace;
    }

    /**
     * The name of a Secret.
     *
     * @param consumer who needs it on the host, e.g. {@code i-0123456789abcdef0}
     * @param content what it says
     */
    public static String name(String consumer, String content) {
        return consumer + "-" + Sha256.hex(content).substring(0, HASH_DIGITS);
    }

    /**
     * A Secret of an owner on a host.
     *
     * @param owner the cloud object
     * @param namespace of the host
     * @param name as {@link #name} gives it
     * @param content the values by their keys
     */
    public static Secret secret(HasMetadata owner, String namespace, String name, Map<String, String> content) {
        return new SecretBuilder()
                .withMetadata(Derived.onHost(owner, namespace, name))
                .withImmutable(true)
                .withStringData(content)
                .build();
    }

    /**
     * What makes a Secret: nothing when it is there. A Secret without our label is never taken for ours.
     *
     * @param desired the Secret
     * @param taken the reason when somebody else's has the name
     */
    public Resolution<Plan> ensure(Secret desired, Enum<?> taken) {
        var present = client.resource(desired).get();
        if (present == null) {
            return new Resolution.Resolved<>(Plan.of(new Create(client, desired)));
        }
        return owner.getMetadata().getUid().equals(OwnerLink.label(present, Labels.OWNER_UID))
                ? new Resolution.Resolved<>(Plan.empty())
                : new Resolution.Waiting<>(
                        taken,
                        "Secret %s exists and does not belong to this %s; remove it."
                                .formatted(path(desired), owner.getKind().toLowerCase(Locale.ROOT)));
    }

    /**
     * What removes the owner's Secrets of a consumer that it needs no more.
     *
     * @param consumer whose Secrets
     * @param needed the names of those that stay
     */
    public Plan removal(String consumer, Set<String> needed) {
        List<Remove> superfluous = client
                .secrets()
                .inNamespace(namespace)
                .withLabel(Labels.OWNER_UID, owner.getMetadata().getUid())
                .list()
                .getItems()
                .stream()
                .filter(secret -> secret.getMetadata().getName().startsWith(consumer + "-"))
                .filter(secret -> !needed.contains(secret.getMetadata().getName()))
                .map(secret -> new Remove(client, secret))
                .toList();
        return new Plan(superfluous);
    }

    private static String path(Secret secret) {
        return secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName();
    }

    private record Create(KubernetesClient client, Secret secret) implements Action {
        @Override
        public String describe() {
            return "create Secret " + path(secret);
        }

        @Override
        public void apply() {
            client.resource(secret).create();
        }
    }

    private record Remove(KubernetesClient client, Secret secret) implements Action {
        @Override
        public String describe() {
            return "remove Secret " + path(secret);
        }

        @Override
        public void apply() {
            client.resource(secret).delete();
        }
    }
}
