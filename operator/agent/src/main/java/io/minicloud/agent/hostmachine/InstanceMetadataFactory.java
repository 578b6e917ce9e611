package io.minicloud.agent.hostmachine;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.agent.metadata.InstanceMetadata;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the metadata service is to serve to a machine. */
final class InstanceMetadataFactory {
    private static final String USER_DATA = "userData";

    private InstanceMetadataFactory() {}

    /** The metadata; empty when the machine has none or no interface or user data are there yet. */
    static Optional<InstanceMetadata> of(HostMachine machine, Context<HostMachine> context) {
        var spec = machine.getSpec();
        var ports = NetworkResolver.interfaces(machine, context);
        var wanted = spec.metadata();
        if (wanted == null || ports.isEmpty()) {
            return Optional.empty();
        }
        var secret = secret(machine, wanted, context);
        if (wanted.userDataSecretName() != null && secret == null) {
            return Optional.empty();
        }
        return Optional.of(new InstanceMetadata(
                spec.instanceId(),
                ports.stream()
                        .collect(groupingBy(
                                port -> port.getSpec().vpcId(),
                                flatMapping(port -> port.getSpec().privateIpAddresses().stream(), toList()))),
                wanted.enabled(),
                wanted.hopLimit(),
                wanted.values(),
                secret == null ? null : userData(secret)));
    }

    private static @Nullable Secret secret(
            HostMachine machine, HostMachineSpec.Metadata wanted, Context<HostMachine> context) {
        return wanted.userDataSecretName() == null
                ? null
                : context.getClient()
                        .secrets()
                        .inNamespace(machine.getMetadata().getNamespace())
                        .withName(wanted.userDataSecretName())
                        .get();
    }

    private static @Nullable String userData(Secret secret) {
        var encoded = secret.getData() == null ? null : secret.getData().get(USER_DATA);
        return encoded == null ? null : new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
