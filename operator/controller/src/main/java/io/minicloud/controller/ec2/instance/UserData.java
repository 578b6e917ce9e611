package io.minicloud.controller.ec2.instance;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Instance;
import io.minicloud.controller.derived.Derived;
import io.minicloud.reconcile.identity.Sha256;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * User data on its way to a host: an immutable Secret in the host's namespace, named by its content, never a field of the
 * machine.
 */
final class UserData {
    /** The key of the user data in the Secret. */
    static final String KEY = "userData";

    private static final int HASH_DIGITS = 12;

    private UserData() {}

    /** The name of the Secret; null when the instance has no user data. */
    static @Nullable String secretName(Instance instance) {
        var text = instance.getSpec().userData();
        return text == null || text.isEmpty()
                ? null
                : InstancePlanner.instanceId(instance) + "-" + Sha256.hex(text).substring(0, HASH_DIGITS);
    }

    /** The Secret of an instance on a host; empty when it has no user data. */
    static Optional<Secret> secret(Instance instance, String host) {
        var name = secretName(instance);
        return name == null
                ? Optional.empty()
                : Optional.of(new SecretBuilder()
                        .withMetadata(Derived.onHost(instance, Labels.HOST_NAMESPACE_PREFIX + host, name))
                        .withImmutable(true)
                        .withStringData(Map.of(KEY, instance.getSpec().userData()))
                        .build());
    }

    /** What makes the Secret: nothing when it is there. A Secret without our label is never taken for ours. */
    static Resolution<Plan> ensure(KubernetesClient client, Secret desired) {
        var present = client.resource(desired).get();
        if (present == null) {
            return new Resolution.Resolved<>(Plan.of(new Create(client, desired)));
        }
        var labels = present.getMetadata().getLabels();
        var owner = desired.getMetadata().getLabels().get(Labels.OWNER_UID);
        return labels != null && owner.equals(labels.get(Labels.OWNER_UID))
                ? new Resolution.Resolved<>(Plan.empty())
                : new Resolution.Waiting<>(
                        InstanceReason.NameTaken,
                        "Secret %s/%s exists and does not belong to this instance; remove it."
                                .formatted(
                                        desired.getMetadata().getNamespace(),
                                        desired.getMetadata().getName()));
    }

    private record Create(KubernetesClient client, Secret secret) implements Action {
        @Override
        public String describe() {
            return "create Secret %s/%s"
                    .formatted(
                            secret.getMetadata().getNamespace(),
                            secret.getMetadata().getName());
        }

        @Override
        public void apply() {
            client.resource(secret).create();
        }
    }
}
