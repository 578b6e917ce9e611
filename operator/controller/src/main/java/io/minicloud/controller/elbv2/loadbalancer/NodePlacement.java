package io.minicloud.controller.elbv2.loadbalancer;

import io.minicloud.api.ec2.Subnet;
import io.minicloud.controller.placement.AppliancePlacement;
import io.minicloud.controller.placement.Candidate;
import io.minicloud.controller.placement.Decision;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Finds hosts for the nodes of one load balancer that have none yet, apart from each other where that can be. Pure. */
final class NodePlacement {
    private final Collection<Candidate> candidates;
    private final Set<String> hostsOfVpc;
    private final Set<String> taken;

    /**
     * Finds hosts.
     *
     * @param candidates every host
     * @param hostsOfVpc the hosts that hold ports of the VPC
     * @param taken the hosts of the nodes that have one
     */
    NodePlacement(Collection<Candidate> candidates, Set<String> hostsOfVpc, Collection<String> taken) {
        this.candidates = candidates;
        this.hostsOfVpc = hostsOfVpc;
        this.taken = new HashSet<>(taken);
    }

    /** The host is written before anything is made there: it stays, whatever becomes of this controller. */
    NodeView place(Subnet subnet) {
        var zone = subnet.getSpec().availabilityZone();
        return switch (AppliancePlacement.choose(zone, candidates, hostsOfVpc, taken)) {
            case Decision.Placed(String host) -> {
                taken.add(host);
                yield NodeView.pending(
                        NodePlace.of(subnet, host), LoadBalancerReason.RecordingHost, "the rest of the node follows");
            }
            case Decision.NoRoom(String message) ->
                NodeView.pending(NodePlace.of(subnet, null), LoadBalancerReason.InsufficientHostCapacity, message);
        };
    }
}
