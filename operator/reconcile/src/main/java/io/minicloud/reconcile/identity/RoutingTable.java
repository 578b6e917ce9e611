package io.minicloud.reconcile.identity;

/** The Linux routing table that a route table becomes on every host. */
public final class RoutingTable {
    /** The lowest number: above those that the kernel, distributions and VPN programs use. */
    public static final long FIRST = 0x1000000;

    private static final int DIGITS = 6;
    private static final int HEX = 16;

    private RoutingTable() {}

    /**
     * The number of a route table's routing table; two of one VPC have the same one in one of 17 million pairs.
     *
     * @param routeTableId the AWS id, rtb-…
     */
    public static long of(String routeTableId) {
        return FIRST + Long.parseLong(Sha256.hex(routeTableId).substring(0, DIGITS), HEX);
    }
}
