package io.minicloud.controller.fabric;

import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.controller.resolver.Seniority;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * Which internet gateway is attached to a VPC: the one that is, else the senior one of those that name it, since a VPC has
 * one. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html">AttachInternetGateway</a>
 */
public final class InternetGateways {
    private InternetGateways() {}

    /**
     * The gateway that is attached.
     *
     * @param naming those that name the VPC
     */
    public static Optional<InternetGateway> attached(Collection<InternetGateway> naming) {
        return naming.stream()
                .min(Comparator.comparing((InternetGateway gateway) -> !isAttached(gateway))
                        .thenComparing(Seniority.order()));
    }

    /** Whether the status tells of an attachment that the present spec asks for; one that was detached is accepted too. */
    private static boolean isAttached(InternetGateway gateway) {
        var status = gateway.getStatus();
        return status != null
                && status.attachments() != null
                && !status.attachments().isEmpty()
                && Objects.equals(
                        status.observedGeneration(), gateway.getMetadata().getGeneration());
    }
}
