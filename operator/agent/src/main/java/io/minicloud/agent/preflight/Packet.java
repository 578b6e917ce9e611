package io.minicloud.agent.preflight;

import io.minicloud.agent.network.Ipv4Range;

/**
 * A packet that the root namespace is to pass on; a range stands for every address in it.
 *
 * @param in the link it came by
 * @param out the link it is to leave by
 * @param source its source
 * @param destination its destination
 * @param state what the kernel knows of its flow, in the words of conntrack
 */
record Packet(String in, String out, Ipv4Range source, Ipv4Range destination, String state) {
    private static final Ipv4Range ANYWHERE = Ipv4Range.parse("0.0.0.0/0");

    /** The first packet of a router to somewhere beyond this machine. */
    static Packet sent(String link, String uplink, Ipv4Range serviceRange) {
        return new Packet(link, uplink, serviceRange, ANYWHERE, "new");
    }

    /** The answer to it. */
    Packet answered() {
        return new Packet(out, in, destination, source, "established");
    }
}
