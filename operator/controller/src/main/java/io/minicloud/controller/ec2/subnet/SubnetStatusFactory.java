package io.minicloud.controller.ec2.subnet;

import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.SubnetStatus;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.fabric.FabricProgress;
import io.minicloud.controller.fabric.RealizedAs;
import io.minicloud.controller.ipam.SubnetAddresses;
import io.minicloud.reconcile.identity.Arn;
import io.minicloud.reconcile.identity.AwsId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/** The status of a Subnet. */
final class SubnetStatusFactory {
    private final String region;
    private final Clock clock;

    SubnetStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    SubnetStatus refused(Subnet subnet, Enum<?> reason, String message) {
        var conditions = Verdict.refuse(Verdict.conditions(subnet, clock), reason, message);
        var before = subnet.getStatus();
        return new SubnetStatus(
                conditions.build(),
                subnet.getMetadata().getGeneration(),
                before == null ? null : before.arn(),
                id(subnet),
                before == null ? null : before.vpcId(),
                "pending",
                before == null ? null : before.ownerId(),
                before == null ? null : before.availableIpAddressCount(),
                before == null ? List.of() : before.realizedAs());
    }

    /**
     * The status of a subnet that stands.
     *
     * @param claimed how many of its addresses are in use
     * @param networks the network of its VPC on every host where it is present
     */
    SubnetStatus accepted(Subnet subnet, String account, Vpc vpc, int claimed, Collection<HostNetwork> networks) {
        return new SubnetStatus(
                Verdict.accept(Verdict.conditions(subnet, clock), SubnetReason.Accepted, FabricProgress.of(networks))
                        .build(),
                subnet.getMetadata().getGeneration(),
                Arn.of("ec2", region, account, "subnet/" + id(subnet)),
                id(subnet),
                AwsId.of("vpc", vpc.getMetadata().getUid()),
                "available",
                account,
                SubnetAddresses.of(subnet.getSpec().cidrBlock()).usable() - claimed,
                RealizedAs.subnet(id(subnet), networks));
    }

    SubnetStatus deleting(Subnet subnet, Progress waiting) {
        var conditions = Verdict.deleting(Verdict.conditions(subnet, clock), SubnetReason.Accepted, waiting);
        var before = subnet.getStatus();
        return new SubnetStatus(
                conditions.build(),
                subnet.getMetadata().getGeneration(),
                before == null ? null : before.arn(),
                id(subnet),
                before == null ? null : before.vpcId(),
                before == null ? "pending" : before.state(),
                before == null ? null : before.ownerId(),
                before == null ? null : before.availableIpAddressCount(),
                before == null ? List.of() : before.realizedAs());
    }

    private static String id(Subnet subnet) {
        return AwsId.of("subnet", subnet.getMetadata().getUid());
    }
}
