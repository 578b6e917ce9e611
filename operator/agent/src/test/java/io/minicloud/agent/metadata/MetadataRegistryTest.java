package io.minicloud.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataRegistryTest {
    private static final String SAME = "10.0.1.11";

    private final MetadataRegistry registry = new MetadataRegistry();
    private final List<String> changed = new ArrayList<>();

    /** VPCs may have the same range, and a machine may have interfaces in several. */
    @Test
    void anAddressIsThatOfItsVpc() {
        var one = machine("i-1", Map.of("vpc-1", List.of("10.0.1.12"), "vpc-2", List.of(SAME)));
        var other = machine("i-2", Map.of("vpc-1", List.of(SAME)));
        registry.publish(one);
        registry.publish(other);

        assertThat(registry.find("vpc-1", SAME)).contains(other);
        assertThat(registry.find("vpc-2", SAME)).contains(one);
        assertThat(registry.find("vpc-2", "10.0.1.12")).isEmpty();
        assertThat(registry.in("vpc-2")).containsExactly(one);
    }

    @Test
    void everyVpcThatAMachineIsInOrLeavesIsToldOf() {
        registry.onChange(changed::add);
        registry.publish(machine("i-1", Map.of("vpc-1", List.of(SAME), "vpc-2", List.of(SAME))));
        assertThat(changed).containsExactlyInAnyOrder("vpc-1", "vpc-2");

        changed.clear();
        registry.publish(machine("i-1", Map.of("vpc-1", List.of(SAME))));
        assertThat(changed).containsExactlyInAnyOrder("vpc-1", "vpc-2");
        assertThat(registry.find("vpc-2", SAME)).isEmpty();

        changed.clear();
        registry.withdraw("i-1");
        assertThat(changed).containsExactly("vpc-1");
    }

    private static InstanceMetadata machine(String id, Map<String, List<String>> addresses) {
        return new InstanceMetadata(id, addresses, true, 1, Map.of(), null);
    }
}
