package io.minicloud.controller.ipam;

/** IPv4 addresses as numbers, so that ranges are arithmetic. */
public final class Ipv4 {
    private static final int OCTETS = 4;
    private static final int MAX_OCTET = 255;
    private static final int OCTET_DIGITS = 3;

    private Ipv4() {}

    /**
     * Reads a dotted address.
     *
     * @param text e.g. {@code 10.0.1.11}
     * @return the address as an unsigned 32-bit number
     * @throws IllegalArgumentException when the text is no address
     */
    public static long parse(String text) {
        var octets = text.split("\\.", -1);
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException("not an IPv4 address: " + text);
        }
        var address = 0L;
        for (var octet : octets) {
            address = address << Byte.SIZE | octet(text, octet);
        }
        return address;
    }

    /** Writes an address with dots. */
    public static String format(long address) {
        return (address >> 24 & MAX_OCTET)
                + "."
                + (address >> 16 & MAX_OCTET)
                + "."
                + (address >> 8 & MAX_OCTET)
                + "."
                + (address & MAX_OCTET);
    }

    /** Whether a text is a number of at most so many digits; a pass over many ranges has no time for a pattern. */
    static boolean isNumber(String text, int digits) {
        return !text.isEmpty() && text.length() <= digits && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int octet(String text, String octet) {
        if (!isNumber(octet, OCTET_DIGITS) || Integer.parseInt(octet) > MAX_OCTET) {
            throw new IllegalArgumentException("not an IPv4 address: " + text);
        }
        return Integer.parseInt(octet);
    }
}
