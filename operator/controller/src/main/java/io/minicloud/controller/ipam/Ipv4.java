package io.minicloud.controller.ipam;

/** IPv4 addresses as numbers, so that ranges are arithmetic. */
public final class Ipv4 {
    private static final int OCTETS = 4;
    private static final int MAX_OCTET = 255;
    private static final int DIGITS = 3;
    private static final int RADIX = 10;

    private Ipv4() {}

    /**
     * Reads a dotted address.
     *
     * @param text e.g. {@code 10.0.1.11}
     * @return the address as an unsigned 32-bit number
     * @throws IllegalArgumentException when the text is no address
     */
    public static long parse(String text) {
        return parse(text, text.length());
    }

    /** Reads the address that a text begins with. Character by character: a pass may judge a thousand ranges. */
    static long parse(String text, int end) {
        var address = 0L;
        var dots = 0;
        var start = 0;
        for (var at = 0; at < end; at++) {
            if (text.charAt(at) == '.') {
                address = address << Byte.SIZE | number(text, start, at, MAX_OCTET);
                start = at + 1;
                dots++;
            }
        }
        if (dots != OCTETS - 1) {
            throw new IllegalArgumentException("not an IPv4 address: " + text);
        }
        return address << Byte.SIZE | number(text, start, end, MAX_OCTET);
    }

    /** Reads a number of one to three digits. */
    static int number(String text, int start, int end, int max) {
        var number = 0;
        for (var at = start; at < end; at++) {
            var digit = text.charAt(at) - '0';
            number = digit < 0 || digit >= RADIX ? max + 1 : number * RADIX + digit;
        }
        if (start == end || end - start > DIGITS || number > max) {
            throw new IllegalArgumentException("not an IPv4 address or range: " + text);
        }
        return number;
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
}
