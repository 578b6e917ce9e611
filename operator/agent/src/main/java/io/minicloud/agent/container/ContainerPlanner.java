package io.minicloud.agent.container;

import io.minicloud.agent.container.Container.Restart;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;

/**
 * From the containers that are wanted of one owner and those that are there to the steps between. It calls nothing; the steps hold the
 * port.
 */
public final class ContainerPlanner {
    private final Containers containers;

    /** A planner whose steps change these. */
    public ContainerPlanner(Containers containers) {
        this.containers = containers;
    }

    /**
     * The steps to what is wanted; empty when it is so. One that its owner starts again is left alone when it has ended.
     *
     * @param wanted all containers of the owner; their network namespace and mounts are there when the steps run
     * @param found all that carry the owner's tag
     */
    public Plan plan(Collection<Container> wanted, Collection<ContainerState> found) {
        var leaving = new HashMap<String, ContainerState>();
        found.forEach(state -> leaving.put(state.name(), state));
        var starts = new ArrayList<Step>();
        for (var container : wanted) {
            var state = leaving.remove(container.name());
            if (state == null) {
                starts.add(start("start container ", container));
            } else if (!state.digest().equals(container.digest()) || state.strayed()) {
                starts.add(start("replace container ", container));
            } else if (!state.running() && container.restart() == Restart.Always) {
                starts.add(start("start again container ", container));
            }
        }
        var steps = new ArrayList<Step>();
        leaving.keySet().stream()
                .sorted()
                .forEach(name -> steps.add(new Step("remove container " + name, () -> containers.remove(name))));
        steps.addAll(starts);
        return new Plan(steps);
    }

    private Step start(String what, Container container) {
        return new Step(what + container.name(), () -> containers.start(container));
    }

    /**
     * One step.
     *
     * @param describe for logs and checkpoints
     * @param body what it does
     */
    private record Step(String describe, Runnable body) implements Action {
        @Override
        public void apply() {
            body.run();
        }
    }
}
