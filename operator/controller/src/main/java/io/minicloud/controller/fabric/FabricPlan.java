package io.minicloud.controller.fabric;

import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.ObjectWriter;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import java.util.ArrayList;

/**
 * What is to be written of a VPC's network. Sets come first: a rule never names a set that was not written.
 *
 * @param sets slices
 * @param networks networks
 */
public record FabricPlan(Changes<AddressSet> sets, Changes<HostNetwork> networks) {
    /** The steps. */
    public Plan plan(ObjectWriter writer) {
        var actions = new ArrayList<Action>(sets.plan(writer).actions());
        actions.addAll(networks.plan(writer).actions());
        return new Plan(actions);
    }
}
