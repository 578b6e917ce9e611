package io.minicloud.controller.placement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Places instances one at a time and remembers each promise until the caches show it, so that two instances that are
 * placed within a moment of each other never get the same room.
 */
public final class PlacementLedger {
    private final Map<String, Tenant> promised = new HashMap<>();

    /**
     * Places an instance, or confirms the promise that it already has.
     *
     * @param uid the uid of the instance
     * @param zone its zone
     * @param wanted what it takes
     * @param candidates every host
     * @param seen the instances that have a host, as the cache shows them
     */
    public synchronized Decision place(
            String uid, String zone, Room wanted, Collection<Candidate> candidates, Collection<Tenant> seen) {
        var before = promised.get(uid);
        if (before != null) {
            return new Decision.Placed(before.host());
        }
        var decision = Placer.choose(zone, wanted, candidates, withPromised(seen));
        if (decision instanceof Decision.Placed(String host)) {
            promised.put(uid, new Tenant(uid, host, wanted));
        }
        return decision;
    }

    /** Forgets a promise: it was not kept, or its instance is gone. */
    public synchronized void forget(String uid) {
        promised.remove(uid);
    }

    private List<Tenant> withPromised(Collection<Tenant> seen) {
        seen.forEach(tenant -> promised.remove(tenant.uid()));
        List<Tenant> all = new ArrayList<>(seen);
        all.addAll(promised.values());
        return all;
    }
}
