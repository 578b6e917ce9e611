package io.minicloud.agent.network;

import java.util.regex.Pattern;

/**
 * One IPv4 address as a number, and its text.
 *
 * @param value its bits, the first octet highest
 */
public record Ipv4(int value) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final int OCTET = 0xff;

    static Ipv4 parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an IPv4 address: " + text);
        }
        int value = 0;
        for (int i = 1; i <= 4; i++) {
            int octet = Integer.parseInt(parts.group(i));
            if (octet > OCTET) {
                throw new IllegalArgumentException("not an IPv4 address: " + text);
            }
            value = value << 8 | octet;
        }
        return new Ipv4(value);
    }

    Ipv4 plus(int offset) {
        return new Ipv4(value + offset);
    }

    @Override
    public String toString() {
        return "%d.%d.%d.%d".formatted(value >>> 24, value >>> 16 & OCTET, value >>> 8 & OCTET, value & OCTET);
    }
}
