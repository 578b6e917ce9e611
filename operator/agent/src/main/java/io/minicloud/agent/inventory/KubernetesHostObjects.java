package io.minicloud.agent.inventory;

import static java.util.stream.Collectors.toSet;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import java.util.stream.Stream;

/** The objects as the API server lists them: asked anew, since a cache may not have heard of the newest yet. */
public final class KubernetesHostObjects implements HostObjects {
    private final KubernetesClient client;
    private final String namespace;

    /**
     * The objects of a host.
     *
     * @param client the agent's own client
     * @param namespace the host's namespace
     */
    public KubernetesHostObjects(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public KnownObjects list() {
        var machines = all(HostMachine.class).map(KubernetesHostObjects::uid);
        var disks = all(HostDisk.class).map(KubernetesHostObjects::uid);
        var networks = all(HostNetwork.class).flatMap(KubernetesHostObjects::ids);
        var appliances = all(HostAppliance.class).toList();
        return new KnownObjects(
                Stream.of(machines, disks, appliances.stream().map(KubernetesHostObjects::uid))
                        .flatMap(uids -> uids)
                        .collect(toSet()),
                all(HostImage.class).map(image -> image.getSpec().imageId()).collect(toSet()),
                Stream.concat(networks, appliances.stream().map(appliance -> appliance
                                .getSpec()
                                .applianceId()))
                        .collect(toSet()),
                all(HostInterface.class)
                        .map(eni -> eni.getSpec().networkInterfaceId())
                        .collect(toSet()));
    }

    private <T extends HasMetadata> Stream<T> all(Class<T> type) {
        return client.resources(type).inNamespace(namespace).list().getItems().stream();
    }

    private static Stream<String> ids(HostNetwork network) {
        var gateway = network.getSpec().internetGateway();
        return Stream.concat(
                Stream.of(network.getSpec().vpcId()),
                Stream.ofNullable(gateway).map(HostNetworkSpec.InternetGateway::internetGatewayId));
    }

    private static String uid(HasMetadata object) {
        return object.getMetadata().getUid();
    }
}
