package io.minicloud.controller.ec2.networkacl;

import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.fabric.Carried;
import io.minicloud.controller.fabric.FabricProgress;
import io.minicloud.controller.vpcmodel.VpcCompiler;
import java.util.Collection;
import java.util.stream.Collectors;

/** How far the entries of an ACL have come on the hosts. Pure. */
final class AclProgress {
    private AclProgress() {}

    /**
     * Tells the progress.
     *
     * @param wanted the ACL as it should be, with all its subnets
     * @param networks the networks of its VPC on every host
     */
    static Progress of(HostNetworkSpec.NetworkAcl wanted, Collection<HostNetwork> networks) {
        if (wanted.subnetIds().isEmpty()) {
            return Progress.done(NetworkAclReason.NoSubnets, "no subnet has it");
        }
        var concerned = networks.stream()
                .filter(network -> Carried.subnetIds(network).anyMatch(wanted.subnetIds()::contains))
                .toList();
        return FabricProgress.of(
                concerned,
                network -> Carried.acls(network).anyMatch(around(network, wanted)::equals),
                NetworkAclReason.EntriesPending,
                "entries");
    }

    private static HostNetworkSpec.NetworkAcl around(HostNetwork network, HostNetworkSpec.NetworkAcl wanted) {
        return VpcCompiler.around(Carried.subnetIds(network).collect(Collectors.toSet()), wanted);
    }
}
