package io.minicloud.controller.ec2.securitygroup;

import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.fabric.Carried;
import io.minicloud.controller.fabric.FabricProgress;
import io.minicloud.controller.fabric.GroupPermissions;
import java.util.Collection;

/** How far the rules of a group have come on the hosts. Pure. */
final class GroupProgress {
    private GroupProgress() {}

    /**
     * Tells the progress.
     *
     * @param groupId the AWS id of the group
     * @param permissions its rules as they should be
     * @param networks the networks of its VPC on every host
     */
    static Progress of(String groupId, GroupPermissions permissions, Collection<HostNetwork> networks) {
        var wanted = new HostNetworkSpec.SecurityGroup(groupId, permissions.ingress(), permissions.egress());
        var concerned = networks.stream()
                .filter(network -> Carried.groups(network)
                        .anyMatch(group -> group.groupId().equals(groupId)))
                .toList();
        return FabricProgress.of(
                concerned,
                network -> Carried.groups(network).anyMatch(wanted::equals),
                SecurityGroupReason.RulesPending,
                "rules");
    }
}
