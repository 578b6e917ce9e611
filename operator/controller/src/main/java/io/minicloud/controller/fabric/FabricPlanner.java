package io.minicloud.controller.fabric;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.AddressSetSpec;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.vpcmodel.SetSlicer;
import io.minicloud.controller.vpcmodel.VpcCompiler;
import io.minicloud.controller.vpcmodel.VpcModel;
import java.util.List;

/** Plans the host objects of a VPC. Pure. */
public final class FabricPlanner {
    private FabricPlanner() {}

    /**
     * What must be written so that the hosts know the VPC as it is.
     *
     * @param vpc the VPC, for names and labels
     * @param model what it consists of
     * @param observed the host objects that it has
     */
    public static FabricPlan plan(HasMetadata vpc, VpcModel model, FabricObservation observed) {
        return new FabricPlan(
                Changes.between(sets(vpc, model, observed.sets()), observed.sets()),
                Changes.between(networks(vpc, model), observed.networks()));
    }

    private static List<HostNetwork> networks(HasMetadata vpc, VpcModel model) {
        return VpcCompiler.networks(model).entrySet().stream()
                .map(entry -> {
                    var network = new HostNetwork();
                    network.setMetadata(OwnerLink.metadata(
                            vpc, References.hostNamespace(entry.getKey()), model.vpcId(), model.vpcId()));
                    network.setSpec(entry.getValue());
                    return network;
                })
                .toList();
    }

    private static List<AddressSet> sets(HasMetadata vpc, VpcModel model, List<AddressSet> observed) {
        return VpcCompiler.members(model).stream()
                .flatMap(
                        members -> SetSlicer.slice(model.vpcId(), members, present(members.setId(), observed)).stream())
                .map(spec -> set(vpc, spec))
                .toList();
    }

    private static List<AddressSetSpec> present(String setId, List<AddressSet> observed) {
        return observed.stream()
                .map(AddressSet::getSpec)
                .filter(spec -> spec.setId().equals(setId))
                .toList();
    }

    private static AddressSet set(HasMetadata vpc, AddressSetSpec spec) {
        var set = new AddressSet();
        set.setMetadata(
                OwnerLink.metadata(vpc, Labels.FABRIC_NAMESPACE, name(spec.setId(), spec.slice()), spec.vpcId()));
        set.setSpec(spec);
        return set;
    }

    /** The name of a slice. */
    static String name(String setId, int slice) {
        return setId + "-" + slice;
    }
}
