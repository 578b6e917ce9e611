package io.minicloud.agent.metadata;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
        var before = machines.put(metadata.instanceId(), metadata);
        if (!metadata.equals(before)) {
            Stream.of(metadata, before)
                    .filter(Objects::nonNull)
                    .flatMap(known -> known.addresses().keySet().stream())
                    .distinct()
                    .forEach(vpcId -> changed.accept(vpcId));
        }
    }

    @Override
    public void withdraw(String instanceId) {
        var gone = machines.remove(instanceId);
        if (gone != null) {
            gone.addresses().keySet().forEach(vpcId -> changed.accept(vpcId));
        }
    }

    /** The machine that owns an address in a VPC. */
    Optional<InstanceMetadata> find(String vpcId, String address) {
        return in(vpcId).stream()
                .filter(machine -> machine.addressesIn(vpcId).contains(address))
                .findFirst();
    }

    /** The machines of a VPC. */
    List<InstanceMetadata> in(String vpcId) {
        return machines.values().stream()
                .filter(machine -> machine.addresses().containsKey(vpcId))
                .toList();
    }
}
