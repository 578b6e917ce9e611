package io.minicloud.controller.ec2.internetgateway;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.InternetGatewayStatus;
import io.minicloud.api.ec2.InternetGatewayStatus.Attachment;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.fabric.RealizedAs;
import io.minicloud.reconcile.identity.Arn;
import io.minicloud.reconcile.identity.AwsId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of an InternetGateway. */
final class InternetGatewayStatusFactory {
    private final String region;
    private final Clock clock;

    InternetGatewayStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    /** Attached to nothing, or still to the VPC that it names. */
    InternetGatewayStatus refused(
            InternetGateway gateway, List<Attachment> attachments, Enum<?> reason, String message) {
        var before = gateway.getStatus();
        var conditions = Verdict.refuse(Verdict.conditions(gateway, clock), reason, message);
        return status(gateway, conditions.build(), before == null ? null : before.ownerId(), attachments, List.of());
    }

    /** Attached as it was, although it is to go or to leave. */
    InternetGatewayStatus kept(InternetGateway gateway, Progress waiting) {
        var before = gateway.getStatus();
        var conditions = Verdict.deleting(Verdict.conditions(gateway, clock), InternetGatewayReason.Accepted, waiting);
        return status(gateway, conditions.build(), before.ownerId(), before.attachments(), before.realizedAs());
    }

    /** Attached to nothing, as it was asked for. */
    InternetGatewayStatus detached(InternetGateway gateway, String account) {
        var progress = Progress.done(InternetGatewayReason.Detached, "it is attached to no VPC: vpcRef names none");
        return status(gateway, accept(gateway, progress), account, List.of(), List.of());
    }

    /**
     * Attached.
     *
     * @param networks the networks of the VPC on every host
     */
    InternetGatewayStatus attached(
            InternetGateway gateway, String account, String vpcId, Collection<HostNetwork> networks) {
        return status(
                gateway,
                accept(gateway, GatewayProgress.of(id(gateway), networks)),
                account,
                List.of(new Attachment(vpcId, "available")),
                RealizedAs.internetGateway(id(gateway), networks));
    }

    private List<Condition> accept(InternetGateway gateway, Progress progress) {
        return Verdict.accept(Verdict.conditions(gateway, clock), InternetGatewayReason.Accepted, progress)
                .build();
    }

    private InternetGatewayStatus status(
            InternetGateway gateway,
            List<Condition> conditions,
            @Nullable String account,
            List<Attachment> attachments,
            List<String> realizedAs) {
        return new InternetGatewayStatus(
                conditions,
                gateway.getMetadata().getGeneration(),
                account == null ? null : Arn.of("ec2", region, account, "internet-gateway/" + id(gateway)),
                id(gateway),
                account,
                attachments,
                realizedAs);
    }

    private static String id(InternetGateway gateway) {
        return AwsId.of("igw", gateway.getMetadata().getUid());
    }
}
