package io.minicloud.controller.ec2.securitygroup;

import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupStatus;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.identity.Arn;
import io.minicloud.reconcile.identity.AwsId;
import java.time.Clock;
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

    SecurityGroupStatus accepted(SecurityGroup group, String account, Vpc vpc, Progress progress) {
        var conditions = Verdict.accept(Verdict.conditions(group, clock), SecurityGroupReason.Accepted, progress);
        return status(
                group, conditions, account, AwsId.of("vpc", vpc.getMetadata().getUid()));
    }

    SecurityGroupStatus deleting(SecurityGroup group, Progress waiting) {
        return asBefore(
                group, Verdict.deleting(Verdict.conditions(group, clock), SecurityGroupReason.Accepted, waiting));
    }

    private SecurityGroupStatus asBefore(SecurityGroup group, ConditionBuilder conditions) {
        var before = group.getStatus();
        return status(
                group, conditions, before == null ? null : before.ownerId(), before == null ? null : before.vpcId());
    }

    private SecurityGroupStatus status(
            SecurityGroup group, ConditionBuilder conditions, @Nullable String account, @Nullable String vpcId) {
        var id = AwsId.of("sg", group.getMetadata().getUid());
        return new SecurityGroupStatus(
                conditions.build(),
                group.getMetadata().getGeneration(),
                account == null ? null : Arn.of("ec2", region, account, "security-group/" + id),
                id,
                vpcId,
                account);
    }
}
