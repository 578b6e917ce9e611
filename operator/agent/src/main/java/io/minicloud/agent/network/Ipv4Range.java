package io.minicloud.agent.network;

/**
 * A range of IPv4 addresses.
 *
 * @param base the first address
 * @param prefix the length of the prefix in bits
 */
public record Ipv4Range(Ipv4 base, int prefix) {
    private static final int BITS = 32;

    /** Checks that the range begins at its base. */
    public Ipv4Range {
        if (prefix < 0 || prefix > BITS || (base.value() & ~mask(prefix)) != 0) {
            throw new IllegalArgumentException("not a canonical range: " + base + "/" + prefix);
        }
    }

    /**
     * The range that a text names.
     *
     * @param text e.g. {@code 10.0.0.0/16}, or an address alone
     * @throws IllegalArgumentException when it names none
     */
    public static Ipv4Range parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new Ipv4Range(Ipv4.parse(text), BITS);
        }
        return new Ipv4Range(Ipv4.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /**
     * The range in which the address of a link lies.
     *
     * @param text e.g. {@code 192.168.1.7/24}
     */
    static Ipv4Range around(String text) {
        var parts = text.split("/", 2);
        int prefix = Integer.parseInt(parts[1]);
        return new Ipv4Range(new Ipv4(Ipv4.parse(parts[0]).value() & mask(prefix)), prefix);
    }

    /** The last address. */
    Ipv4 last() {
        return new Ipv4(base.value() | ~mask(prefix));
    }

    boolean contains(Ipv4 address) {
        return (address.value() & mask(prefix)) == base.value();
    }

    /** Whether an address lies in both. */
    public boolean overlaps(Ipv4Range other) {
        return contains(other.base) || other.contains(base);
    }

    /** The dotted mask, as DHCP wants it. */
    String netmask() {
        return new Ipv4(mask(prefix)).toString();
    }

    @Override
    public String toString() {
        return base + "/" + prefix;
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (BITS - prefix);
    }
}
