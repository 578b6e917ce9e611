package io.minicloud.controller.ec2.networkinterface;

import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.natgateway.NatGateways;
import java.util.Optional;

/**
 * What makes interfaces for itself and manages them in place of a user.
 *
 * @param resource itself
 * @param interfaceType the type of its interfaces in AWS's words
 * @param description what AWS writes into their description
 * @param grouped whether security groups stand before them
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html">Requester-managed network interfaces</a>
 */
record Requester(CustomResource<?, ?> resource, String interfaceType, String description, boolean grouped) {
    static Requester of(NatGateway gateway) {
        return new Requester(gateway, "nat_gateway", "Interface for NAT Gateway " + NatGateways.id(gateway), false);
    }

    static Requester of(LoadBalancer balancer) {
        return new Requester(
                balancer,
                LoadBalancers.isNetwork(balancer) ? "network_load_balancer" : "interface",
                "ELB " + LoadBalancers.path(balancer),
                LoadBalancers.hasGroups(balancer));
    }

    /**
     * What an interface says made it.
     *
     * @param kind the kind
     * @param name the name of it
     * @param notFound what is said when there is none of that name
     */
    record Named(String kind, String name, NetworkInterfaceReason notFound) {
        /** Empty: the interface names none. */
        static Optional<Named> by(NetworkInterface eni) {
            return NatGateways.nameOf(eni)
                    .map(name -> new Named("NatGateway", name, NetworkInterfaceReason.NatGatewayNotFound))
                    .or(() -> LoadBalancers.nameOf(eni)
                            .map(name -> new Named("LoadBalancer", name, NetworkInterfaceReason.LoadBalancerNotFound)));
        }

        @Override
        public String toString() {
            return kind + " " + name;
        }
    }
}
