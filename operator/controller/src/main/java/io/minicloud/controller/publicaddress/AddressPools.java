package io.minicloud.controller.publicaddress;

import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.host.HostInterfaceSpec;
import io.minicloud.controller.ipam.Ipv4;
import io.minicloud.controller.ipam.Ipv4Range;
import io.minicloud.reconcile.identity.AwsId;
import java.util.Collection;
import java.util.List;

/** What is derived from a pool: its id, and the ranges that are in use. Pure. */
public final class AddressPools {
    /** With what the AWS id of a pool begins. */
    public static final String PREFIX = "ipv4pool-ec2";

    /** The mode of a pool that is a part of the network on which the hosts are. */
    private static final String LAN = "Lan";

    private AddressPools() {}

    /** E.g. {@code ipv4pool-ec2-0123456789abcdef0}. */
    public static String id(AddressPool pool) {
        return AwsId.of(PREFIX, pool.getMetadata().getUid());
    }

    /**
     * The ranges from which addresses are given out: those that were accepted once, whatever became of the spec since.
     */
    public static List<String> ranges(AddressPool pool) {
        var status = pool.getStatus();
        return status == null || status.cidrBlocks() == null ? List.of() : status.cidrBlocks();
    }

    /**
     * How an interface carries a public address, which is known beyond its host as its pool says.
     *
     * @param address a private address of the interface
     * @param publicIp the public one
     * @param pools all pools
     */
    public static HostInterfaceSpec.PublicAddress carried(
            String address, String publicIp, Collection<AddressPool> pools) {
        return pools.stream()
                .filter(pool -> LAN.equals(pool.getSpec().mode()))
                .filter(pool -> ranges(pool).stream()
                        .anyMatch(range -> Ipv4Range.parse(range).contains(Ipv4.parse(publicIp))))
                .findFirst()
                .map(pool -> new HostInterfaceSpec.PublicAddress(
                        address, publicIp, LAN, pool.getSpec().uplink()))
                .orElseGet(() -> new HostInterfaceSpec.PublicAddress(address, publicIp));
    }
}
