package io.minicloud.controller.elbv2.loadbalancer;

import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The nodes that the name of a load balancer leads to. While none is well, it leads to all: better one that may be ill than
 * none. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#request-routing">Request routing</a>
 */
final class AnsweringNodes {
    private AnsweringNodes() {}

    /**
     * Those that serve and have healthy targets; else those that serve; else all but those that go.
     *
     * @param nodes all nodes
     * @param lostHosts the hosts that nothing is heard of
     * @param healthyZone whether the node of a zone has healthy targets
     */
    static List<AvailabilityZone> of(
            List<AvailabilityZone> nodes, Set<String> lostHosts, Predicate<String> healthyZone) {
        var staying = nodes.stream()
                .filter(node -> !LoadBalancerStatusFactory.DELETING.equals(node.state()))
                .filter(node -> !node.loadBalancerAddresses().isEmpty())
                .toList();
        var serving = staying.stream()
                .filter(node -> LoadBalancerStatusFactory.ACTIVE.equals(node.state()))
                .filter(node -> !lostHosts.contains(node.host()))
                .toList();
        var healthy = serving.stream()
                .filter(node -> healthyZone.test(node.zoneName()))
                .toList();
        return Stream.of(healthy, serving)
                .filter(some -> !some.isEmpty())
                .findFirst()
                .orElse(staying);
    }
}
