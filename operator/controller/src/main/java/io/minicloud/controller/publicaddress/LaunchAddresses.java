package io.minicloud.controller.publicaddress;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The public addresses that primary network interfaces have while their instances run: of the only pool, another one at
 * each start, and outside every quota. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html">Public IPv4 addresses</a>
 */
public final class LaunchAddresses {
    /** The condition of a network interface that tells whether it has its address, and why not. */
    public static final String CONDITION = "PublicIpAddressAssigned";

    /** As AWS has it: such an address belongs to no account. */
    private static final String OWNER = "amazon";

    private LaunchAddresses() {}

    /** Whether the interface is to have an address while its instance runs: only a primary one. */
    public static boolean isAsked(NetworkInterface eni) {
        var attachment = eni.getSpec().attachment();
        return Boolean.TRUE.equals(eni.getSpec().associatePublicIpAddress())
                && attachment != null
                && Objects.equals(attachment.deviceIndex(), 0);
    }

    /** What its status says of the address. */
    public static Optional<Condition> condition(NetworkInterface eni) {
        return Conditions.find(eni.getStatus(), CONDITION);
    }

    /** The address that its status names. */
    public static Optional<Association> recorded(NetworkInterface eni) {
        return Optional.ofNullable(eni.getStatus())
                .map(status -> status.association())
                .filter(association -> OWNER.equals(association.ipOwnerId()));
    }

    /** How a status names an address. */
    public static Association association(String publicIp, String poolId) {
        return new Association(publicIp, null, null, OWNER, poolId);
    }

    /**
     * The pool that the address is of: the only one that gives addresses out.
     *
     * @param pools all pools
     */
    public static Resolution<AddressPool> pool(Collection<AddressPool> pools) {
        var usable = pools.stream()
                .filter(pool -> !pool.isMarkedForDeletion())
                .filter(pool -> !AddressPools.ranges(pool).isEmpty())
                .toList();
        if (usable.isEmpty()) {
            return new Resolution.Waiting<>(
                    LaunchAddressReason.AddressPoolNotFound, "no AddressPool is accepted: an administrator makes one");
        }
        return usable.size() == 1
                ? new Resolution.Resolved<>(usable.getFirst())
                : new Resolution.Waiting<>(
                        LaunchAddressReason.AddressPoolAmbiguous,
                        "there are several pools, use an ElasticIp of one of them: "
                                + usable.stream()
                                        .map(pool -> pool.getMetadata().getName())
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
    }
}
