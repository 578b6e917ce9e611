package io.minicloud.agent.metadata;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata service serves to one machine.
 *
 * @param instanceId the AWS id
 * @param addresses the private addresses that it asks from, by the VPC of their interface
 * @param enabled whether it is answered at all
 * @param hopLimit the TTL of the response that carries a token
 * @param values the leaves below {@code /latest/}: path without leading slash, and text
 * @param userData what {@code /latest/user-data} serves, null for nothing
 */
public record InstanceMetadata(
        String instanceId,
        Map<String, List<String>> addresses,
        boolean enabled,
        int hopLimit,
        Map<String, String> values,
        @Nullable String userData) {
    /** Keeps immutable copies. */
    public InstanceMetadata {
        addresses = Map.copyOf(addresses);
        values = Map.copyOf(values);
    }

    /** The addresses that it asks from in a VPC. */
    List<String> addressesIn(String vpcId) {
        return addresses.getOrDefault(vpcId, List.of());
    }

    /** Never shows the user data: it may hold secrets. */
    @Override
    public String toString() {
        return "InstanceMetadata[" + instanceId + "]";
    }
}
