package io.minicloud.controller.ipam;

/**
 * An IPv4 range in CIDR notation.
 *
 * @param base the first address, as a number
 * @param prefix the length of the prefix in bits, 0 to 32
 */
public record Ipv4Range(long base, int prefix) {
    /** Refuses a prefix outside 0..32 and a base with bits behind the prefix. */
    public Ipv4Range {
        if (prefix < 0 || prefix > Integer.SIZE) {
            throw new IllegalArgumentException("prefix outside 0..32: " + prefix);
        }
        if (base % (1L << Integer.SIZE - prefix) != 0) {
            throw new IllegalArgumentException(Ipv4.format(base) + "/" + prefix + " has bits behind its prefix");
        }
    }

    /**
     * Reads a range.
     *
     * @param cidr e.g. {@code 10.0.1.0/24}
     * @throws IllegalArgumentException when the text is no canonical range
     */
    public static Ipv4Range parse(String cidr) {
        var slash = cidr.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a CIDR: " + cidr);
        }
        return new Ipv4Range(Ipv4.parse(cidr, slash), Ipv4.number(cidr, slash + 1, cidr.length(), Integer.SIZE));
    }

    /** How many addresses the range holds. */
    public long size() {
        return 1L << Integer.SIZE - prefix;
    }

    /** The last address. */
    public long last() {
        return base + size() - 1;
    }

    /** Whether an address lies in the range. */
    public boolean contains(long address) {
        return base <= address && address <= last();
    }

    /** Whether a whole range lies in this one. */
    public boolean contains(Ipv4Range other) {
        return contains(other.base) && contains(other.last());
    }

    /** Whether the two have an address in common. */
    public boolean overlaps(Ipv4Range other) {
        return contains(other) || other.contains(this);
    }

    @Override
    public String toString() {
        return Ipv4.format(base) + "/" + prefix;
    }
}
