package io.minicloud.controller.placement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the host of an instance: of those that serve the zone, are alive and have room, the one with the most memory
 * left; of equals, the first by name. The same world gives the same answer.
 */
public final class Placer {
    private static final Comparator<Free> MOST_MEMORY_THEN_NAME = Comparator.comparingInt(
                    (Free free) -> free.left.memoryMiB())
            .reversed()
            .thenComparing(free -> free.candidate.host());

    private Placer() {}

    /**
     * Chooses a host.
     *
     * @param zone the availability zone of the instance's subnet
     * @param wanted what the instance takes
     * @param candidates every host
     * @param tenants every instance that has a host
     */
    public static Decision choose(
            String zone, Room wanted, Collection<Candidate> candidates, Collection<Tenant> tenants) {
        var free = free(candidates, tenants);
        return free.stream()
                .filter(host -> host.candidate.alive() && host.candidate.zones().contains(zone))
                .filter(host -> host.left.holds(wanted))
                .min(MOST_MEMORY_THEN_NAME)
                .<Decision>map(host -> new Decision.Placed(host.candidate.host()))
                .orElseGet(() -> new Decision.NoRoom(explain(zone, wanted, free)));
    }

    private static List<Free> free(Collection<Candidate> candidates, Collection<Tenant> tenants) {
        Map<String, Room> used = new HashMap<>();
        tenants.forEach(tenant -> used.merge(tenant.host(), tenant.room(), Room::plus));
        List<Free> free = new ArrayList<>();
        candidates.stream()
                .sorted(Comparator.comparing(Candidate::host))
                .forEach(candidate -> free.add(new Free(
                        candidate, candidate.allocatable().minus(used.getOrDefault(candidate.host(), Room.NONE)))));
        return free;
    }

    private static String explain(String zone, Room wanted, List<Free> free) {
        var text = new StringBuilder(
                wanted.equals(Room.NONE)
                        ? "No host in %s is ready.".formatted(zone)
                        : "No host in %s has room for %d vCPUs, %d MiB memory and %d GiB disk."
                                .formatted(zone, wanted.vCpus(), wanted.memoryMiB(), wanted.diskGiB()));
        for (Free host : free) {
            text.append(' ').append(host.candidate.host()).append(": ").append(host.lack(zone, wanted));
        }
        if (free.isEmpty()) {
            text.append(" There is no host at all.");
        }
        return text.toString();
    }

    private record Free(Candidate candidate, Room left) {
        String lack(String zone, Room wanted) {
            if (!candidate.zones().contains(zone)) {
                return "does not serve the zone.";
            }
            if (!candidate.alive()) {
                return "is not ready.";
            }
            if (left.holds(wanted)) {
                return "has room.";
            }
            return "has %d vCPUs, %d MiB and %d GiB left.".formatted(left.vCpus(), left.memoryMiB(), left.diskGiB());
        }
    }
}
