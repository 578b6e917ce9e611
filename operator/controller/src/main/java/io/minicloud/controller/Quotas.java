package io.minicloud.controller;

/**
 * How much of what an account may have; AWS calls these quotas and raises them on request.
 *
 * @param rulesPerSecurityGroup the rules of a group, counted apart for ingress and egress
 * @param entriesPerNetworkAcl the entries of a network ACL, counted apart for ingress and egress
 * @param routesPerRouteTable the routes of a route table besides the local one
 * @param elasticIps the public addresses of an account
 * @param natGatewaysPerZone the NAT gateways of an account in an availability zone
 * @param cidrBlocksPerVpc the IPv4 ranges of a VPC, the primary one counted
 * @param loadBalancers the load balancers of an account, counted apart for each type
 * @param targetGroups the target groups of an account
 * @param listenersPerLoadBalancer the listeners of a load balancer
 * @param rulesPerLoadBalancer the rules of all listeners of a load balancer, their default actions not counted
 * @param targetsPerLoadBalancer the targets of all target groups of a load balancer
 * @param domainNamesPerCertificate the names of a certificate, the domainName counted
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html">Amazon VPC quotas</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html">Quotas of load balancers</a>
 * @see <a href="https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html">AWS Certificate Manager quotas</a>
 */
public record Quotas(
        int rulesPerSecurityGroup,
        int entriesPerNetworkAcl,
        int routesPerRouteTable,
        int elasticIps,
        int natGatewaysPerZone,
        int cidrBlocksPerVpc,
        int loadBalancers,
        int targetGroups,
        int listenersPerLoadBalancer,
        int rulesPerLoadBalancer,
        int targetsPerLoadBalancer,
        int domainNamesPerCertificate) {
    /** What AWS gives when nobody asked for more. */
    public static final Quotas DEFAULT = new Quotas(60, 20, 500, 5, 5, 5, 50, 3000, 50, 100, 1000, 10);
}
