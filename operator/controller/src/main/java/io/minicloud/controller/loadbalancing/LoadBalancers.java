package io.minicloud.controller.loadbalancing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import io.minicloud.reconcile.identity.Arn;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is derived from a load balancer, and which interfaces and addresses are of its nodes. Pure. */
public final class LoadBalancers {
    private static final int HEX = 16;
    private static final long TEN_DIGITS = 10_000_000_000L;

    private LoadBalancers() {}

    /**
     * Its name within its ARN and in the descriptions of its interfaces: {@code app/web/50dc6c495c0c9188}.
     *
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html">Application Load Balancers</a>
     */
    public static String path(LoadBalancer balancer) {
        return String.join(
                "/", isNetwork(balancer) ? "net" : "app", balancer.getMetadata().getName(), hex(balancer));
    }

    /**
     * Its ARN.
     *
     * @param region e.g. {@code home-1}
     * @param account the 12-digit account id
     */
    public static String arn(LoadBalancer balancer, String region, String account) {
        return Arn.of("elasticloadbalancing", region, account, "loadbalancer/" + path(balancer));
    }

    /**
     * The name by which clients reach it, the same for life: with ten digits after the name of an application load balancer,
     * sixteen hexadecimal ones after that of a network load balancer.
     *
     * @param region e.g. {@code home-1}
     */
    public static String dnsName(LoadBalancer balancer, String region) {
        var name = balancer.getMetadata().getName();
        var label = isNetwork(balancer)
                ? name + "-" + hex(balancer)
                : "%s%s-%010d"
                        .formatted(
                                isInternetFacing(balancer) ? "" : "internal-",
                                name,
                                Long.remainderUnsigned(Long.parseUnsignedLong(hex(balancer), HEX), TEN_DIGITS));
        return label + ".elb." + region + ".minicloud";
    }

    /** Whether it hands on connections and does not speak HTTP. */
    public static boolean isNetwork(LoadBalancer balancer) {
        return "network".equals(balancer.getSpec().type());
    }

    /** Whether its nodes have public addresses. */
    public static boolean isInternetFacing(LoadBalancer balancer) {
        return "internet-facing".equals(balancer.getSpec().scheme());
    }

    /** Whether security groups stand before its nodes: before those of a network load balancer only when it names some. */
    public static boolean hasGroups(LoadBalancer balancer) {
        return !isNetwork(balancer) || balancer.getSpec().securityGroupRefs() != null;
    }

    /** The nodes that its status names, those that leave too: nothing is made of one before it stands there. */
    public static List<AvailabilityZone> nodes(LoadBalancer balancer) {
        return Stream.ofNullable(balancer.getStatus())
                .map(LoadBalancerStatus::availabilityZones)
                .flatMap(Stream::ofNullable)
                .flatMap(List::stream)
                .toList();
    }

    /**
     * The node in a subnet, as the status has it.
     *
     * @param subnetId the AWS id of the subnet
     */
    public static Optional<AvailabilityZone> node(LoadBalancer balancer, String subnetId) {
        return nodes(balancer).stream()
                .filter(node -> subnetId.equals(node.subnetId()))
                .findFirst();
    }

    /** The name of the load balancer that an interface says it is attached to. */
    public static Optional<String> nameOf(NetworkInterface eni) {
        return Optional.ofNullable(eni.getSpec().attachment())
                .flatMap(attachment -> Optional.ofNullable(attachment.loadBalancerRef()))
                .map(ref -> ref.name());
    }

    /** The load balancer that made an object of its namespace; empty: none did. */
    public static Optional<OwnerReference> maker(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .filter(reference -> "LoadBalancer".equals(reference.getKind()))
                .findFirst();
    }

    private static String hex(LoadBalancer balancer) {
        var id = AwsId.of("lb", balancer.getMetadata().getUid());
        return id.substring(id.length() - HEX);
    }
}
