package io.minicloud.controller.elbv2.loadbalancer;

import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a load balancer may be, and be in its subnets. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer">Subnets for your load balancer</a>
 */
final class LoadBalancerRules {
    /** AWS: "at least eight free IP addresses per subnet". */
    private static final int FREE_ADDRESSES = 8;

    /** AWS: "a CIDR block with at least a /27 bitmask". */
    private static final int LONGEST_PREFIX = 27;

    private LoadBalancerRules() {}

    /**
     * Whether it is one of the first of its type that the quota has room for. Who has a node keeps it.
     *
     * @param balancer the load balancer
     * @param siblings those of the account, itself included or not
     * @param quota how many of a type an account may have
     * @return itself
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html">Quotas</a>
     */
    static Resolution<LoadBalancer> withinQuota(LoadBalancer balancer, Collection<LoadBalancer> siblings, int quota) {
        var senior = siblings.stream()
                .filter(other -> !name(other).equals(name(balancer)))
                .filter(other ->
                        other.getSpec().type().equals(balancer.getSpec().type()))
                .filter(other ->
                        stands(other) || Seniority.<LoadBalancer>order().compare(other, balancer) < 0)
                .count();
        return stands(balancer) || senior < quota
                ? new Resolution.Resolved<>(balancer)
                : new Resolution.Waiting<>(
                        LoadBalancerReason.TooManyLoadBalancers,
                        "an account may have " + quota
                                + " of each type: delete one, or an administrator raises quotas.loadBalancers");
    }

    /**
     * Whether the subnets are of one VPC, and each in a zone of its own.
     *
     * @param subnets those that a load balancer names
     * @return themselves
     */
    static Resolution<List<Subnet>> together(List<Subnet> subnets) {
        Map<String, Subnet> byZone = new HashMap<>();
        var first = subnets.getFirst();
        for (var subnet : subnets) {
            if (!vpc(subnet).equals(vpc(first))) {
                return new Resolution.Invalid<>(
                        LoadBalancerReason.InvalidSubnet,
                        "Subnet %s is of Vpc %s, Subnet %s of Vpc %s: name subnets of one VPC"
                                .formatted(name(first), vpc(first), name(subnet), vpc(subnet)));
            }
            var zone = subnet.getSpec().availabilityZone();
            var other = byZone.put(zone, subnet);
            if (other != null) {
                return new Resolution.Invalid<>(
                        LoadBalancerReason.InvalidConfigurationRequest,
                        "a load balancer cannot be in several subnets of one Availability Zone, and %s and %s are both in %s: name one of them"
                                .formatted(name(other), name(subnet), zone));
            }
        }
        return new Resolution.Resolved<>(subnets);
    }

    /** Whether a subnet has room for a node, where there is none yet. */
    static Resolution<Subnet> roomy(LoadBalancer balancer, Subnet subnet) {
        var node = LoadBalancers.node(balancer, LoadBalancerInputs.subnetId(subnet));
        if (node.isPresent()) {
            return new Resolution.Resolved<>(subnet);
        }
        var range = subnet.getSpec().cidrBlock();
        if (!LoadBalancers.isNetwork(balancer)
                && Integer.parseInt(range.substring(range.indexOf('/') + 1)) > LONGEST_PREFIX) {
            return new Resolution.Invalid<>(
                    LoadBalancerReason.InvalidSubnet,
                    "Subnet " + name(subnet) + " is too small for an application load balancer: name one of /"
                            + LONGEST_PREFIX + " or larger");
        }
        return hasRoom(subnet)
                ? new Resolution.Resolved<>(subnet)
                : new Resolution.Waiting<>(
                        LoadBalancerReason.InvalidSubnet,
                        "Subnet " + name(subnet) + " has fewer than " + FREE_ADDRESSES
                                + " free addresses: free some, or name another subnet");
    }

    /** Whether a subnet has as many free addresses as a new node asks for; one that does not tell yet, has. */
    static boolean hasRoom(Subnet subnet) {
        var free = subnet.getStatus() == null ? null : subnet.getStatus().availableIpAddressCount();
        return free == null || free >= FREE_ADDRESSES;
    }

    /**
     * Whether the subnets are of the VPC in which the load balancer is.
     *
     * @param vpcId the AWS id of the VPC of its subnets
     * @return the same id
     */
    static Resolution<String> remaining(LoadBalancer balancer, String vpcId) {
        var before = balancer.getStatus() == null ? null : balancer.getStatus().vpcId();
        return !stands(balancer) || before == null || before.equals(vpcId)
                ? new Resolution.Resolved<>(vpcId)
                : new Resolution.Invalid<>(
                        LoadBalancerReason.InvalidSubnet,
                        "the load balancer is in " + before
                                + " for life: name subnets of that VPC, or delete it and make a new one");
    }

    private static boolean stands(LoadBalancer balancer) {
        return !LoadBalancers.nodes(balancer).isEmpty();
    }

    private static String vpc(Subnet subnet) {
        return subnet.getSpec().vpcRef().name();
    }

    private static String name(Subnet subnet) {
        return subnet.getMetadata().getName();
    }

    private static String name(LoadBalancer balancer) {
        return balancer.getMetadata().getName();
    }
}
