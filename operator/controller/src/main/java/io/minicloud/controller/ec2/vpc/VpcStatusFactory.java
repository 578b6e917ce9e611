package io.minicloud.controller.ec2.vpc;

import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcStatus;
import io.minicloud.api.ec2.VpcStatus.CidrBlockAssociation;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a Vpc. */
final class VpcStatusFactory {
    /** The state of a VPC that has all that it is to have. */
    static final String AVAILABLE = "available";

    private static final String PENDING = "pending";

    private final String region;
    private final Clock clock;

    VpcStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    VpcStatus refused(Vpc vpc, Enum<?> reason, String message) {
        var conditions = Verdict.refuse(Verdict.conditions(vpc, clock), reason, message);
        return status(vpc, conditions, ownerId(vpc), groupId(vpc), PENDING, before(vpc), realizedAs(vpc));
    }

    /**
     * What a VPC that stands has.
     *
     * @param group its default security group
     * @param progress how far it has come
     * @param networks its network on every host
     * @param begun whether all is there with which it begins
     * @param ranges what became of its ranges
     */
    record Standing(
            Optional<SecurityGroup> group,
            Progress progress,
            Collection<HostNetwork> networks,
            boolean begun,
            List<CidrBlockAssociation> ranges) {}

    VpcStatus accepted(Vpc vpc, String account, Standing standing) {
        var conditions = Verdict.accept(Verdict.conditions(vpc, clock), VpcReason.Accepted, standing.progress());
        var groupId = standing.group()
                .map(found -> AwsId.of("sg", found.getMetadata().getUid()))
                .orElse(null);
        var state = standing.begun() ? AVAILABLE : PENDING;
        var realizedAs = RealizedAs.vpc(standing.networks());
        return status(vpc, conditions, account, groupId, state, standing.ranges(), realizedAs);
    }

    VpcStatus deleting(Vpc vpc, Progress waiting) {
        var conditions = Verdict.deleting(Verdict.conditions(vpc, clock), VpcReason.Accepted, waiting);
        return status(vpc, conditions, ownerId(vpc), groupId(vpc), AVAILABLE, before(vpc), realizedAs(vpc));
    }

    private VpcStatus status(
            Vpc vpc,
            ConditionBuilder conditions,
            @Nullable String account,
            @Nullable String groupId,
            String state,
            List<CidrBlockAssociation> ranges,
            List<String> realizedAs) {
        var id = AwsId.of("vpc", vpc.getMetadata().getUid());
        var arn = account == null ? null : Arn.of("ec2", region, account, "vpc/" + id);
        return new VpcStatus(
                conditions.build(),
                vpc.getMetadata().getGeneration(),
                arn,
                id,
                state,
                ranges,
                account,
                groupId,
                realizedAs);
    }

    /** What was in force stays so. */
    private static List<CidrBlockAssociation> before(Vpc vpc) {
        return vpc.getStatus() == null || vpc.getStatus().cidrBlockAssociationSet() == null
                ? List.of()
                : vpc.getStatus().cidrBlockAssociationSet();
    }

    private static List<String> realizedAs(Vpc vpc) {
        return vpc.getStatus() == null ? List.of() : vpc.getStatus().realizedAs();
    }

    private static @Nullable String ownerId(Vpc vpc) {
        return vpc.getStatus() == null ? null : vpc.getStatus().ownerId();
    }

    private static @Nullable String groupId(Vpc vpc) {
        return vpc.getStatus() == null ? null : vpc.getStatus().defaultSecurityGroupId();
    }
}
