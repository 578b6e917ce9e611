package io.minicloud.controller.elbv2.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsweringNodesTest {
    /** The nodes of the zones a, b and c, on hosts of their own; c has no address yet. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            active       | active       | nobody  | abc     | a, b
            impaired     | active       | nobody  | abc     | b
            provisioning | active       | nobody  | abc     | b
            active       | active       | host-a  | abc     | b
            active       | active       | nobody  | bc      | b
            active       | active       | nobody  | none    | a, b
            active       | impaired     | nobody  | b       | a
            impaired     | impaired     | nobody  | abc     | a, b
            active       | active       | host-ab | abc     | a, b
            deleting     | active       | nobody  | abc     | b
            deleting     | impaired     | nobody  | abc     | b
            """)
    void theNameLeadsToThoseThatServeAndHaveHealthyTargets(
            String a, String b, String lost, String healthy, String answered) {
        var nodes = List.of(
                node("a", a, List.of(address("10.0.1.4"))),
                node("b", b, List.of(address("10.0.2.4"))),
                node("c", "active", List.of()));
        var lostHosts = lost.equals("host-ab") ? Set.of("host-a", "host-b") : Set.of(lost);

        assertThat(AnsweringNodes.of(nodes, lostHosts, healthy::contains))
                .extracting(AvailabilityZone::zoneName)
                .containsExactly(answered.split(", "));
    }

    private static AvailabilityZone node(String zone, String state, List<LoadBalancerStatus.Address> addresses) {
        return new AvailabilityZone(zone, "subnet-" + zone, "host-" + zone, state, addresses);
    }

    private static LoadBalancerStatus.Address address(String address) {
        return new LoadBalancerStatus.Address(null, null, address);
    }
}
