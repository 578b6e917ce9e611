package io.minicloud.controller.internetgateway;

import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.InternetGatewayStatus;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Seniority;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which internet gateway is attached to a VPC: the one whose status says so, whatever became of it since, else the senior one
 * of those that name the VPC and are attached to no other, since a VPC has one.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html">AttachInternetGateway</a>
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html">DetachInternetGateway</a>
 */
public final class InternetGateways {
    private InternetGateways() {}

    /** Indexes gateways by {@link Indexes#VPC} that they name and by the AWS id of the one to which they are attached. */
    public static void index(IndexerResourceCache<InternetGateway> cache) {
        cache.addIndexer(Indexes.VPC, gateway -> Stream.concat(named(gateway).stream(), attachments(gateway).stream())
                .toList());
    }

    /** The AWS ids of the VPCs to which a gateway is attached: of one or none. */
    public static List<String> attachments(InternetGateway gateway) {
        return Stream.ofNullable(gateway.getStatus())
                .flatMap(status -> Stream.ofNullable(status.attachments()))
                .flatMap(List::stream)
                .map(InternetGatewayStatus.Attachment::vpcId)
                .toList();
    }

    /**
     * The gateways that name a VPC or are attached to it.
     *
     * @param cached all gateways
     * @param vpc the key of the VPC
     * @param vpcId its AWS id
     */
    public static List<InternetGateway> of(Cached<InternetGateway> cached, String vpc, String vpcId) {
        return Stream.concat(
                        cached.by(Indexes.VPC, vpc).stream(),
                        cached.by(Indexes.VPC, vpcId).stream()
                                .filter(gateway ->
                                        named(gateway).filter(vpc::equals).isEmpty()))
                .toList();
    }

    /**
     * The gateway that is attached.
     *
     * @param vpcId the AWS id of the VPC
     * @param candidates those that name the VPC or are attached to it
     */
    public static Optional<InternetGateway> attached(String vpcId, Collection<InternetGateway> candidates) {
        return candidates.stream()
                .filter(gateway -> attachments(gateway).contains(vpcId))
                .min(Seniority.order())
                .or(() -> candidates.stream()
                        .filter(gateway -> attachments(gateway).isEmpty())
                        .filter(gateway -> !gateway.isMarkedForDeletion())
                        .min(Seniority.order()));
    }

    /** The key of the VPC that it names. */
    private static Optional<String> named(InternetGateway gateway) {
        return Optional.ofNullable(gateway.getSpec())
                .flatMap(spec -> Optional.ofNullable(spec.vpcRef()))
                .map(ref -> Indexes.key(gateway.getMetadata().getNamespace(), ref.name()));
    }
}
