package io.minicloud.agent.container;

import io.minicloud.reconcile.identity.OwnerTag;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What podman said of the containers of an owner, for as long as their processes are those of then: to ask it is a process and a tenth
 * of a second, and a change of a proxy's target needs neither.
 */
final class ContainerMemory {
    /** What the processes do not tell, somebody with a podman of his own may have done. */
    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

    private final ContainerListing listing;
    private final Map<OwnerTag, Known> known = new HashMap<>();

    /**
     * What was said.
     *
     * @param starts of their processes
     */
    private record Known(String json, List<Optional<Instant>> starts, long since) {}

    ContainerMemory(ContainerListing listing) {
        this.listing = listing;
    }

    /** Those of an owner; empty when podman must be asked. */
    synchronized Optional<List<ContainerState>> recall(OwnerTag owner) {
        var said = known.get(owner);
        if (said == null || System.nanoTime() - said.since() > KEPT_NANOS) {
            return Optional.empty();
        }
        var states = listing.read(said.json()).toList();
        return areWell(states) && starts(states).equals(said.starts()) ? Optional.of(states) : Optional.empty();
    }

    /** Remembers what podman says now; nothing of what does not run as it should, which changes by itself. */
    synchronized void keep(OwnerTag owner, String json) {
        var states = listing.read(json).toList();
        if (areWell(states)) {
            known.put(owner, new Known(json, starts(states), System.nanoTime()));
        } else {
            known.remove(owner);
        }
    }

    /** Forgets all: a container comes or goes. */
    synchronized void forget() {
        known.clear();
    }

    private static boolean areWell(List<ContainerState> states) {
        return !states.isEmpty() && states.stream().allMatch(state -> state.running() && !state.strayed());
    }

    private static List<Optional<Instant>> starts(List<ContainerState> states) {
        return states.stream()
                .map(state -> ProcessHandle.of(state.pid())
                        .flatMap(process -> process.info().startInstant()))
                .toList();
    }
}
