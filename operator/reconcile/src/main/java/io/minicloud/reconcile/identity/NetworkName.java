package io.minicloud.reconcile.identity;

/** The names of what networks become on every host: the agent makes it, the controller tells people where to look. */
public final class NetworkName {
    private NetworkName() {}

    /** The network namespace of a VPC, an internet gateway or an appliance. */
    public static String namespace(String awsId) {
        return "mc-" + awsId;
    }

    /** The bridge of a subnet in the namespace of its VPC. */
    public static String bridge(String subnetId) {
        return MachineName.of('b', subnetId);
    }

    /** The port of a network interface, a link on its subnet's bridge. */
    public static String port(String networkInterfaceId) {
        return MachineName.of('p', networkInterfaceId);
    }

    /**
     * The chain of the rules of a security group or network ACL in table {@code inet minicloud}.
     *
     * @param direction in or out
     */
    public static String chain(String awsId, String direction) {
        return awsId + "_" + direction;
    }
}
