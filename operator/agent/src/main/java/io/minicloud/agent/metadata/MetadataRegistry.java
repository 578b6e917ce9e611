package io.minicloud.agent.metadata;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The metadata of the machines here, found by VPC and address. */
public final class MetadataRegistry implements MetadataDirectory {
    private final Map<String, InstanceMetadata> machines = new ConcurrentHashMap<>();
    private volatile Consumer<String> changed = vpcId -> {};

    /** Says who is told of the VPC whose machines changed. */
    void onChange(Consumer<String> listener) {
        changed = listener;
    }

    @Override
    public void publish(InstanceMetadata metadata) {
        if (!metadata.equals(machines.put(metadata.instanceId(), metadata))) {
            changed.accept(metadata.vpcId());
        }
    }

    @Override
    public void withdraw(String instanceId) {
        var gone = machines.remove(instanceId);
        if (gone != null) {
            changed.accept(gone.vpcId());
        }
    }

    /** The machine that owns an address in a VPC. */
    Optional<InstanceMetadata> find(String vpcId, String address) {
        return in(vpcId).stream()
                .filter(machine -> machine.addresses().contains(address))
                .findFirst();
    }

    /** The machines of a VPC. */
    List<InstanceMetadata> in(String vpcId) {
        return machines.values().stream()
                .filter(machine -> machine.vpcId().equals(vpcId))
                .toList();
    }
}
