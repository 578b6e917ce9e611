package io.minicloud.controller.placement;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Chooses the host of an appliance, which takes no room there. Pure. */
public final class AppliancePlacement {
    private AppliancePlacement() {}

    /**
     * Chooses a host that serves the zone and is alive: first of those that have none of its siblings, then of those where the
     * VPC is already.
     *
     * @param zone the availability zone of the appliance's subnet
     * @param candidates every host
     * @param hostsOfVpc the hosts that hold ports of the VPC
     * @param hostsOfSiblings the hosts of others that should not fail together with it
     */
    public static Decision choose(
            String zone, Collection<Candidate> candidates, Set<String> hostsOfVpc, Set<String> hostsOfSiblings) {
        Predicate<Candidate> near = candidate -> hostsOfVpc.contains(candidate.host());
        Predicate<Candidate> alone = candidate -> !hostsOfSiblings.contains(candidate.host());
        return Stream.of(alone.and(near), alone, near)
                .map(preferred ->
                        among(zone, candidates.stream().filter(preferred).toList()))
                .filter(Decision.Placed.class::isInstance)
                .findFirst()
                .orElseGet(() -> among(zone, candidates));
    }

    private static Decision among(String zone, Collection<Candidate> candidates) {
        return Placer.choose(zone, Room.NONE, candidates, List.of());
    }
}
