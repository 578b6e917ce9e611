package io.minicloud.controller.fabric;

import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.controller.resolver.Seniority;
import java.util.Collection;
import java.util.Optional;

/**
 * Which internet gateway is attached to a VPC: the senior one of those that name it, since a VPC has one. Pure.
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
        return naming.stream().min(Seniority.order());
    }
}
