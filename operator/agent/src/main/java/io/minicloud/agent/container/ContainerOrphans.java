package io.minicloud.agent.container;

import io.minicloud.reconcile.plan.Plan;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Containers of ours that belong to no object any more. Only those that keep nothing are collected: the absence of an object is never a
 * reason to remove what holds data.
 */
public final class ContainerOrphans {
    /** The images that keep nothing: a proxy has its configuration from its object. */
    private static final Set<String> KEEP_NOTHING = Set.of("haproxy");

    private final Containers containers;
    private final ContainerPlanner planner;

    /** The orphans among these. */
    public ContainerOrphans(Containers containers) {
        this.containers = containers;
        this.planner = new ContainerPlanner(containers);
    }

    /** What is there; nothing on a machine that cannot run containers. */
    public List<ContainerState> observe() {
        return containers.obstacle().isPresent() ? List.of() : containers.all();
    }

    /**
     * The steps that collect; empty when nothing is left over.
     *
     * @param there what is there
     * @param uids of the objects that are wanted here: a complete list
     */
    public Plan plan(Collection<ContainerState> there, Set<String> uids) {
        var orphans = there.stream()
                .filter(state -> KEEP_NOTHING.contains(state.image()))
                .filter(state -> !uids.contains(state.owner().uid()))
                .toList();
        return planner.plan(List.of(), orphans);
    }
}
