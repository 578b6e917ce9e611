package io.minicloud.controller.ec2.instance;

import io.fabric8.kubernetes.api.model.Secret;
import io.minicloud.api.ec2.Instance;
import io.minicloud.controller.host.HostCandidates;
import io.minicloud.controller.hostsecret.HostSecrets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** User data on its way to a host: a Secret there, never a field of the machine. */
final class UserData {
    /** The key of the user data in the Secret. */
    static final String KEY = "userData";

    private UserData() {}

    /** The name of the Secret; null when the instance has no user data. */
    static @Nullable String secretName(Instance instance) {
        var text = instance.getSpec().userData();
        return text == null || text.isEmpty() ? null : HostSecrets.name(InstancePlanner.instanceId(instance), text);
    }

    /** The Secret of an instance on a host; empty when it has no user data. */
    static Optional<Secret> secret(Instance instance, String host) {
        var name = secretName(instance);
        return name == null
                ? Optional.empty()
                : Optional.of(HostSecrets.secret(
                        instance,
                        HostCandidates.namespace(host),
                        name,
                        Map.of(KEY, instance.getSpec().userData())));
    }
}
