package io.minicloud.agent.network;

import java.nio.ByteBuffer;

/**
 * An IPv4 packet with the number of the probe that it belongs to: the client's port, the identifier of ICMP, else part of the content.
 *
 * @param source the address of who sent it
 * @param destination the address that it is for
 * @param packet what else rules see
 * @param number of the probe
 * @param answer whether it comes back
 */
record Datagram(String source, String destination, Packet packet, int number, boolean answer) {
    private static final int HEADER = 20;
    private static final int LENGTH = HEADER + 20;
    private static final byte VERSION_AND_WORDS = 0x45;
    private static final byte HOPS = 64;
    private static final short SYN_OF_FIVE_WORDS = 0x5002;
    private static final short WINDOW = 1024;
    private static final int SHORT = 0xffff;

    /** What these bytes say. */
    static Datagram of(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        int protocol = Byte.toUnsignedInt(in.get(9));
        var source = new Ipv4(in.getInt(12)).toString();
        var destination = new Ipv4(in.getInt(16)).toString();
        int at = (in.get(0) & 0xf) * Integer.BYTES;
        int first = Short.toUnsignedInt(in.getShort(at));
        int second = Short.toUnsignedInt(in.getShort(at + 2));
        if (protocol == Packet.TCP || protocol == Packet.UDP) {
            var packet = new Packet(protocol, first, second);
            return new Datagram(source, destination, packet, packet.isRequest() ? first : second, !packet.isRequest());
        }
        if (protocol == Packet.ICMP) {
            var packet = new Packet(protocol, 0, first >> Byte.SIZE);
            return new Datagram(
                    source, destination, packet, Short.toUnsignedInt(in.getShort(at + 4)), !packet.isRequest());
        }
        return new Datagram(source, destination, new Packet(protocol, 0, 0), second, first != 0);
    }

    /** Its bytes: of TCP a SYN, of UDP a datagram without a checksum. */
    byte[] bytes() {
        var out = ByteBuffer.allocate(LENGTH);
        out.put(0, VERSION_AND_WORDS).put(8, HOPS).put(9, (byte) packet.protocol());
        out.putShort(2, (short) LENGTH);
        out.putInt(12, Ipv4.parse(source).value())
                .putInt(16, Ipv4.parse(destination).value());
        out.position(HEADER);
        switch (packet.protocol()) {
            case Packet.TCP -> {
                ports(out).putInt(number).putInt(0).putShort(SYN_OF_FIVE_WORDS).putShort(WINDOW);
                out.putShort(HEADER + 16, checksum(out, 12, Packet.TCP + LENGTH - HEADER));
            }
            case Packet.UDP -> ports(out).putShort((short) (LENGTH - HEADER));
            case Packet.ICMP -> {
                out.put((byte) packet.port()).position(HEADER + 4);
                out.putShort((short) number);
                out.putShort(HEADER + 2, checksum(out, HEADER, 0));
            }
            default -> out.putShort((short) (answer ? 1 : 0)).putShort((short) number);
        }
        return out.array();
    }

    /** The one that goes back to whoever sent this. */
    Datagram reply() {
        return new Datagram(destination, source, packet.answer(), number, true);
    }

    private ByteBuffer ports(ByteBuffer out) {
        return answer
                ? out.putShort((short) packet.sourcePort()).putShort((short) number)
                : out.putShort((short) number).putShort((short) packet.port());
    }

    /** RFC 1071, from a place to the end. */
    private static short checksum(ByteBuffer data, int from, int initial) {
        int sum = initial;
        for (int at = from; at < LENGTH; at += Short.BYTES) {
            sum += Short.toUnsignedInt(data.getShort(at));
        }
        sum = (sum & SHORT) + (sum >>> Short.SIZE);
        return (short) ~(sum + (sum >>> Short.SIZE));
    }
}
