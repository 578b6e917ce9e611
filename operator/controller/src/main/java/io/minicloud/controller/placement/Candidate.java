package io.minicloud.controller.placement;

import java.util.Set;

/**
 * A host as the placement sees it.
 *
 * @param host its name
 * @param zones the availability zones that it serves
 * @param alive whether it is ready and its heartbeat is fresh
 * @param allocatable what instances may use in all, reserve and overcommit already counted
 */
public record Candidate(String host, Set<String> zones, boolean alive, Room allocatable) {
    /** Keeps an immutable copy of the zones. */
    public Candidate {
        zones = Set.copyOf(zones);
    }
}
