package io.minicloud.controller.ec2.elasticip;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.ElasticIpStatus;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.reconcile.identity.Arn;
import io.minicloud.reconcile.identity.AwsId;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of an ElasticIp. */
final class ElasticIpStatusFactory {
    private static final String DOMAIN = "vpc";
    private static final ElasticIpStatus NOTHING =
            new ElasticIpStatus(null, null, null, null, null, DOMAIN, null, null, null, null, null, null, null);

    private final String region;
    private final Clock clock;

    ElasticIpStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    /** What it has it keeps. */
    ElasticIpStatus refused(ElasticIp eip, Enum<?> reason, String message) {
        return asBefore(
                eip,
                Verdict.refuse(Verdict.conditions(eip, clock), reason, message).build());
    }

    ElasticIpStatus deleting(ElasticIp eip, Progress waiting) {
        return asBefore(
                eip,
                Verdict.deleting(Verdict.conditions(eip, clock), ElasticIpReason.Accepted, waiting)
                        .build());
    }

    /** The status of one that has its address. */
    ElasticIpStatus accepted(
            ElasticIp eip, Allocation allocation, @Nullable Association association, Progress progress) {
        var id = id(eip);
        return new ElasticIpStatus(
                Verdict.accept(Verdict.conditions(eip, clock), ElasticIpReason.Accepted, progress)
                        .build(),
                eip.getMetadata().getGeneration(),
                Arn.of("ec2", region, allocation.account(), "elastic-ip/" + id),
                id,
                allocation.publicIp(),
                DOMAIN,
                allocation.poolId(),
                association == null ? null : association.id(eip),
                association == null ? null : association.networkInterfaceId(),
                association == null ? null : allocation.account(),
                association == null ? null : association.instanceId(),
                association == null ? null : association.privateIpAddress(),
                allocation.account());
    }

    private static ElasticIpStatus asBefore(ElasticIp eip, List<Condition> conditions) {
        var before = eip.getStatus() == null ? NOTHING : eip.getStatus();
        return new ElasticIpStatus(
                conditions,
                eip.getMetadata().getGeneration(),
                before.arn(),
                id(eip),
                before.publicIp(),
                DOMAIN,
                before.publicIpv4Pool(),
                before.associationId(),
                before.networkInterfaceId(),
                before.networkInterfaceOwnerId(),
                before.instanceId(),
                before.privateIpAddress(),
                before.ownerId());
    }

    private static String id(ElasticIp eip) {
        return AwsId.of("eipalloc", eip.getMetadata().getUid());
    }
}
