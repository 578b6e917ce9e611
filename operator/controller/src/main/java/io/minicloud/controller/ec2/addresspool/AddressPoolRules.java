package io.minicloud.controller.ec2.addresspool;

import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.ipam.Ipv4Range;
import io.minicloud.controller.publicaddress.AddressPools;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the ranges of a pool are nobody else's. A range that was accepted once stays: its addresses are in use. Pure.
 */
final class AddressPoolRules {
    private AddressPoolRules() {}

    /**
     * Judges a pool.
     *
     * @param pool the pool
     * @param pools all pools, itself included or not
     * @param vpcs the VPCs of all accounts
     * @return the ranges from which addresses are given out
     */
    static Resolution<List<String>> judge(AddressPool pool, Collection<AddressPool> pools, Collection<Vpc> vpcs) {
        var held = AddressPools.ranges(pool);
        return pool.getSpec().cidrBlocks().stream()
                .filter(range -> !held.contains(range))
                .flatMap(range -> conflict(pool, Ipv4Range.parse(range), pools, vpcs).stream())
                .findFirst()
                .orElseGet(() -> new Resolution.Resolved<>(pool.getSpec().cidrBlocks()));
    }

    /** Whether a change of these ranges may let a pool have what it asks for, or keep it from that. */
    static boolean isConcerned(AddressPool pool, List<String> ranges) {
        return !Seniority.holds(pool) || ranges.stream().anyMatch(range -> overlaps(pool, range));
    }

    /** Whether a pool has an address in common with a range. */
    static boolean overlaps(AddressPool pool, String cidrBlock) {
        return overlapping(pool.getSpec().cidrBlocks(), Ipv4Range.parse(cidrBlock))
                .isPresent();
    }

    private static Optional<Resolution<List<String>>> conflict(
            AddressPool pool, Ipv4Range range, Collection<AddressPool> pools, Collection<Vpc> vpcs) {
        var others = pools.stream()
                .filter(other -> !name(other).equals(name(pool)))
                .sorted(Seniority.order())
                .flatMap(other -> overlapping(claimed(other, pool), range).stream()
                        .map(theirs -> refusal(
                                AddressPoolReason.AddressPoolConflict,
                                range + " overlaps " + theirs + " of AddressPool " + name(other))));
        var networks = vpcs.stream().flatMap(vpc -> overlapping(VpcRanges.claimed(vpc), range).stream()
                .map(theirs -> refusal(
                        AddressPoolReason.VpcConflict,
                        range + " overlaps " + theirs + " of Vpc "
                                + vpc.getMetadata().getNamespace() + "/"
                                + vpc.getMetadata().getName())));
        return Stream.concat(others, networks).findFirst();
    }

    /** What another pool has and, if it is the senior one, what it wants. */
    private static List<String> claimed(AddressPool other, AddressPool pool) {
        return Seniority.<AddressPool>order().compare(other, pool) < 0
                ? other.getSpec().cidrBlocks()
                : AddressPools.ranges(other);
    }

    private static Optional<Ipv4Range> overlapping(List<String> ranges, Ipv4Range range) {
        return ranges.stream().map(Ipv4Range::parse).filter(range::overlaps).findFirst();
    }

    private static Resolution<List<String>> refusal(AddressPoolReason reason, String what) {
        return new Resolution.Waiting<>(reason, what + ": make a pool of other ranges");
    }

    private static String name(AddressPool pool) {
        return pool.getMetadata().getName();
    }
}
