package io.minicloud.controller.ec2.natgateway;

import io.minicloud.controller.placement.Candidate;
import io.minicloud.controller.placement.Decision;
import io.minicloud.controller.placement.Placer;
import io.minicloud.controller.placement.Room;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Chooses the host of a gateway, which takes no room there. Pure. */
final class GatewayPlacement {
    private GatewayPlacement() {}

    /**
     * Chooses a host that serves the zone and is alive, first of those where the VPC is already.
     *
     * @param zone the availability zone of the gateway's subnet
     * @param candidates every host
     * @param hostsOfVpc the hosts that hold ports of the VPC
     */
    static Decision choose(String zone, Collection<Candidate> candidates, Set<String> hostsOfVpc) {
        var near = candidates.stream()
                .filter(candidate -> hostsOfVpc.contains(candidate.host()))
                .toList();
        var decision = Placer.choose(zone, Room.NONE, near, List.of());
        return decision instanceof Decision.Placed ? decision : Placer.choose(zone, Room.NONE, candidates, List.of());
    }
}
