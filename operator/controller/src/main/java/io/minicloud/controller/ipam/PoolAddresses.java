package io.minicloud.controller.ipam;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The addresses of a pool. All can be given out: they are routed one by one, so none is a network or a broadcast address.
 *
 * @param ranges its ranges, none of which overlaps another
 */
public record PoolAddresses(List<Ipv4Range> ranges) implements Addresses {
    /** The addresses of the pool with these ranges. */
    public static PoolAddresses of(List<String> cidrBlocks) {
        return new PoolAddresses(cidrBlocks.stream().map(Ipv4Range::parse).toList());
    }

    /** How many addresses there are. */
    public int total() {
        return Math.toIntExact(ranges.stream().mapToLong(Ipv4Range::size).sum());
    }

    @Override
    public Stream<String> all() {
        return ranges.stream().flatMap(range -> LongStream.rangeClosed(range.base(), range.last())
                .mapToObj(Ipv4::format));
    }

    @Override
    public boolean contains(long address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    @Override
    public boolean isReserved(long address) {
        return false;
    }

    @Override
    public IpamReason exhausted() {
        return IpamReason.InsufficientAddressCapacity;
    }

    @Override
    public String describe() {
        return ranges.stream().map(Ipv4Range::toString).collect(Collectors.joining(", ")) + " of the pool";
    }
}
