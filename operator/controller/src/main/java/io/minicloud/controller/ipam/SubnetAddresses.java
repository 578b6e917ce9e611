package io.minicloud.controller.ipam;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The addresses of one subnet. The first four and the last are reserved: network, router, resolver, future use,
 * broadcast.
 *
 * @param range the subnet's range
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html">Subnet CIDR blocks</a>
 */
public record SubnetAddresses(Ipv4Range range) implements Addresses {
    /** How many addresses of every subnet nobody gets. */
    public static final int RESERVED = 5;

    private static final int RESERVED_AT_START = 4;

    /** The addresses of the subnet with this range. */
    public static SubnetAddresses of(String cidrBlock) {
        return new SubnetAddresses(Ipv4Range.parse(cidrBlock));
    }

    /** How many addresses can be given out in all. */
    public int usable() {
        return Math.toIntExact(range.size() - RESERVED);
    }

    @Override
    public boolean contains(long address) {
        return range.contains(address);
    }

    @Override
    public boolean isReserved(long address) {
        return range.contains(address) && !isUsable(address);
    }

    /** Whether an address can be given out. */
    public boolean isUsable(long address) {
        return address >= range.base() + RESERVED_AT_START && address < range.last();
    }

    /** The lowest first. */
    @Override
    public Stream<String> all() {
        return LongStream.range(range.base() + RESERVED_AT_START, range.last()).mapToObj(Ipv4::format);
    }

    @Override
    public IpamReason exhausted() {
        return IpamReason.InsufficientFreeAddressesInSubnet;
    }

    @Override
    public String describe() {
        return range + " of the subnet";
    }
}
