package io.minicloud.controller.ec2.networkacl;

import io.minicloud.api.ec2.NetworkAcl;
import io.minicloud.api.ec2.NetworkAclStatus;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.fabric.RealizedAs;
import io.minicloud.reconcile.identity.Arn;
import io.minicloud.reconcile.identity.AwsId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/** The status of a NetworkAcl. */
final class NetworkAclStatusFactory {
    private final String region;
    private final Clock clock;

    NetworkAclStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    /** The subnets that it has it keeps; it only is not all that its spec says. */
    NetworkAclStatus refused(NetworkAcl acl, Enum<?> reason, String message) {
        var before = acl.getStatus();
        var id = id(acl);
        return new NetworkAclStatus(
                Verdict.refuse(Verdict.conditions(acl, clock), reason, message).build(),
                acl.getMetadata().getGeneration(),
                before == null ? null : before.arn(),
                id,
                before == null ? null : before.vpcId(),
                before == null ? null : before.ownerId(),
                before == null ? List.of() : before.subnetIds(),
                before == null ? List.of() : before.realizedAs());
    }

    /**
     * The status of an ACL that stands.
     *
     * @param compiled as hosts are told of it
     * @param networks the network of its VPC on every host
     */
    NetworkAclStatus accepted(
            NetworkAcl acl,
            String account,
            Vpc vpc,
            HostNetworkSpec.NetworkAcl compiled,
            Collection<HostNetwork> networks) {
        var id = id(acl);
        return new NetworkAclStatus(
                Verdict.accept(
                                Verdict.conditions(acl, clock),
                                NetworkAclReason.Accepted,
                                AclProgress.of(compiled, networks))
                        .build(),
                acl.getMetadata().getGeneration(),
                Arn.of("ec2", region, account, "network-acl/" + id),
                id,
                AwsId.of("vpc", vpc.getMetadata().getUid()),
                account,
                compiled.subnetIds(),
                RealizedAs.networkAcl(id, networks));
    }

    private static String id(NetworkAcl acl) {
        return AwsId.of("acl", acl.getMetadata().getUid());
    }
}
