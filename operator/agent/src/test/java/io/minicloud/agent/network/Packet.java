package io.minicloud.agent.network;

import java.util.regex.Pattern;

/**
 * What a probe sends: as much of a packet as rules look at.
 *
 * @param protocol the number
 * @param sourcePort of TCP and UDP, else 0
 * @param port the destination port of TCP and UDP or the ICMP type, else 0
 */
record Packet(int protocol, int sourcePort, int port) {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;

    /** A port that Linux takes for a client; what is below it are Windows' of old and those of NAT gateways. */
    static final int EPHEMERAL = 32_768;

    static final int LOW = 20_000;

    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REPLY = 0;
    private static final int TIMESTAMP = 13;
    private static final int TIMESTAMP_REPLY = 14;
    private static final Pattern TEXT = Pattern.compile("(tcp|udp|icmp|ip) (\\d+)( low)?");

    /**
     * Reads one.
     *
     * @param text {@code tcp 80}, {@code tcp 80 low} for one from a low source port, {@code udp 53}, {@code icmp 8} with the type,
     *     {@code ip 50} with a protocol
     */
    static Packet parse(String text) {
        var words = TEXT.matcher(text);
        if (!words.matches()) {
            throw new IllegalArgumentException("not a packet: " + text);
        }
        int number = Integer.parseInt(words.group(2));
        int sourcePort = words.group(3) == null ? EPHEMERAL : LOW;
        return switch (words.group(1)) {
            case "tcp" -> new Packet(TCP, sourcePort, number);
            case "udp" -> new Packet(UDP, sourcePort, number);
            case "icmp" -> new Packet(ICMP, 0, number);
            default -> new Packet(number, 0, 0);
        };
    }

    boolean hasPorts() {
        return protocol == TCP || protocol == UDP;
    }

    /** Whether it asks: of ICMP only these are answered. */
    boolean isRequest() {
        return hasPorts() ? sourcePort >= LOW : protocol != ICMP || port == ECHO_REQUEST || port == TIMESTAMP;
    }

    /** What comes back. */
    Packet answer() {
        if (protocol == ICMP) {
            return new Packet(ICMP, 0, port == ECHO_REQUEST ? ECHO_REPLY : TIMESTAMP_REPLY);
        }
        return new Packet(protocol, port, sourcePort);
    }

    @Override
    public String toString() {
        return switch (protocol) {
            case TCP -> "tcp " + port + low();
            case UDP -> "udp " + port + low();
            case ICMP -> "icmp " + port;
            default -> "ip " + protocol;
        };
    }

    private String low() {
        return sourcePort < EPHEMERAL ? " low" : "";
    }
}
