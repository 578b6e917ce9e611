package io.minicloud.agent.network;

import io.minicloud.reconcile.identity.MachineName;

/**
 * The veth between a router and the root namespace: for the router's own packets only. The even address of its /31 is
 * the root namespace's, the odd one the router's.
 *
 * @param range the /31
 */
public record ServiceLink(Ipv4Range range) {
    /** The name of the end in the router. */
    static final String INSIDE = "mcservice";

    /** How the names of all ends in the root namespace begin. */
    public static final String NAME_PREFIX = "mcl";

    private static final int PREFIX = 31;

    /** Checks its size. */
    public ServiceLink {
        if (range.prefix() != PREFIX) {
            throw new IllegalArgumentException("a service link is a /31, not " + range);
        }
    }

    static ServiceLink of(String range) {
        return new ServiceLink(Ipv4Range.parse(range));
    }

    /**
     * The name of the end in the root namespace.
     *
     * @param vpcId the router's VPC
     */
    public static String nameOf(String vpcId) {
        return MachineName.of('l', vpcId);
    }

    String rootAddress() {
        return range.base().toString();
    }

    String routerAddress() {
        return range.base().plus(1).toString();
    }
}
