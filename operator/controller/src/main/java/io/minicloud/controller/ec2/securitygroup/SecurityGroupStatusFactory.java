package io.minicloud.controller.ec2.securitygroup;

import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupStatus;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.fabric.RealizedAs;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.identity.Arn;
import io.minicloud.reconcile.identity.AwsId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of a SecurityGroup. */
final class SecurityGroupStatusFactory {
    private final String region;
    private final Clock clock;

    SecurityGroupStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    SecurityGroupStatus refused(SecurityGroup group, Enum<?> reason, String message) {
        return asBefore(group, Verdict.refuse(Verdict.conditions(group, clock), reason, message));
    }

    /**
     * The status of a group that stands.
     *
     * @param networks the network of its VPC on every host
     */
    SecurityGroupStatus accepted(
            SecurityGroup group, String account, Vpc vpc, Progress progress, Collection<HostNetwork> networks) {
        var conditions = Verdict.accept(Verdict.conditions(group, clock), SecurityGroupReason.Accepted, progress);
        return status(
                group,
                conditions,
                account,
                AwsId.of("vpc", vpc.getMetadata().getUid()),
                RealizedAs.securityGroup(id(group), networks));
    }

    SecurityGroupStatus deleting(SecurityGroup group, Progress waiting) {
        return asBefore(
                group, Verdict.deleting(Verdict.conditions(group, clock), SecurityGroupReason.Accepted, waiting));
    }

    private SecurityGroupStatus asBefore(SecurityGroup group, ConditionBuilder conditions) {
        var before = group.getStatus();
        return status(
                group,
                conditions,
                before == null ? null : before.ownerId(),
                before == null ? null : before.vpcId(),
                before == null ? List.of() : before.realizedAs());
    }

    private SecurityGroupStatus status(
            SecurityGroup group,
            ConditionBuilder conditions,
            @Nullable String account,
            @Nullable String vpcId,
            List<String> realizedAs) {
        var id = id(group);
        return new SecurityGroupStatus(
                conditions.build(),
                group.getMetadata().getGeneration(),
                account == null ? null : Arn.of("ec2", region, account, "security-group/" + id),
                id,
                vpcId,
                account,
                realizedAs);
    }

    private static String id(SecurityGroup group) {
        return AwsId.of("sg", group.getMetadata().getUid());
    }
}
