package io.minicloud.agent.network;

import io.minicloud.reconcile.identity.MachineName;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The internet gateway of a VPC on this machine: a namespace between the router and the root namespace. It has no address of its own,
 * as nobody sees one in AWS; each side of its two links knows the MAC address of the other.
 *
 * @param id the AWS id
 * @param publicAddresses the address that the world knows, by the private address of an ENI that is present here
 * @param lan those of them that are a part of a network on which this machine is
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html">Internet gateways</a>
 */
public record InternetGateway(String id, Map<String, String> publicAddresses, Set<LanAddress> lan) {
    /** The end of the inner link in the router. */
    static final String AT_ROUTER = "mcigw";

    /** The end of the inner link in the gateway. */
    static final String TO_ROUTER = "mcrouter";

    /** The end of the outer link in the gateway. */
    static final String TO_EDGE = "mcedge";

    /** How the names of all ends in the root namespace begin. */
    static final String AT_EDGE_PREFIX = "mci";

    /** The next hop on both links, at both ends: nobody has the address, the neighbour's MAC address is written down. */
    static final String NEXT_HOP = "169.254.254.1";

    static final String ROUTER_MAC = "06:fe:00:00:00:01";
    static final String INNER_MAC = "06:fe:00:00:00:02";
    static final String OUTER_MAC = "06:fe:00:00:00:03";
    static final String EDGE_MAC = "06:fe:00:00:00:04";

    /** Checks and copies. */
    public InternetGateway {
        Syntax.id(id);
        publicAddresses.keySet().forEach(Ipv4::parse);
        publicAddresses.values().forEach(Ipv4::parse);
        if (publicAddresses.values().stream().distinct().count() < publicAddresses.size()) {
            throw new IllegalArgumentException("two interfaces have one public address");
        }
        publicAddresses = Map.copyOf(publicAddresses);
        lan = Set.copyOf(lan);
    }

    /** One of whose addresses nobody beyond this machine knows. */
    public InternetGateway(String id, Map<String, String> publicAddresses) {
        this(id, publicAddresses, Set.of());
    }

    /** The network namespace. */
    String namespace() {
        return Router.namespaceOf(id);
    }

    /**
     * The name of the end in the root namespace.
     *
     * @param id of the gateway
     */
    static String atEdge(String id) {
        return MachineName.of('i', id);
    }

    /** The name of the end in the root namespace. */
    String atEdge() {
        return atEdge(id);
    }

    /** The pairs in a constant order. */
    Map<String, String> sorted() {
        return new TreeMap<>(publicAddresses);
    }
}
