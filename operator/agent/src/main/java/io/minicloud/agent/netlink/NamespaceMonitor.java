package io.minicloud.agent.netlink;

import io.minicloud.agent.network.NamespaceEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Hears of changes in one network namespace: to links, addresses, routes, rules and the settings of forwarding by the kernel's
 * notifications; to the packet filter by the number that the kernel gives each of its states.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>
 */
final class NamespaceMonitor implements AutoCloseable {
    private static final int NETLINK_ROUTE = 0;
    private static final int NETLINK_NETFILTER = 12;

    // Bits of RTMGRP_LINK, _IPV4_IFADDR, _IPV4_ROUTE, _IPV4_RULE and _IPV4_NETCONF.
    private static final int LINKS = 0x1;
    private static final int ADDRESSES = 0x10;
    private static final int ROUTES = 0x40 | 0x80;
    private static final int SETTINGS = 0x800000;

    // struct nlmsghdr and struct nfgenmsg; NFT_MSG_GETGEN of NFNL_SUBSYS_NFTABLES with NLM_F_REQUEST.
    private static final int HEADER_BYTES = 20;
    private static final short GET_GENERATION = 10 << 8 | 16;
    private static final short REQUEST = 1;
    // The first attribute of the answer is NFTA_GEN_ID.
    private static final int GENERATION_OFFSET = HEADER_BYTES + 4;

    private final Object identity;
    private final NetlinkSocket route;
    private final NetlinkSocket filter;
    private int generation;

    private NamespaceMonitor(Object identity, int groups) throws IOException {
        this.identity = identity;
        this.route = new NetlinkSocket(NETLINK_ROUTE, groups);
        try {
            this.filter = new NetlinkSocket(NETLINK_NETFILTER, 0);
        } catch (IOException e) {
            route.close();
            throw e;
        }
        this.generation = askGeneration();
    }

    /** A monitor in the namespace that has a name now. */
    static NamespaceMonitor in(NamespaceEntry entry, String namespace) throws IOException {
        var identity = entry.identity(namespace);
        return entry.call(namespace, () -> new NamespaceMonitor(identity, LINKS | ADDRESSES | ROUTES | SETTINGS));
    }

    /** A monitor of the routes and the packet filter of the root namespace, where much else comes and goes. */
    static NamespaceMonitor inRoot() throws IOException {
        return new NamespaceMonitor("", ROUTES);
    }

    /** Which namespace it is in; see {@link NamespaceEntry#identity}. */
    Object identity() {
        return identity;
    }

    /** Whether anything changed since the last call. */
    boolean changed() {
        var now = askGeneration();
        var loaded = now != generation;
        generation = now;
        return route.drain() | loaded;
    }

    @Override
    public void close() {
        route.close();
        filter.close();
    }

    /** Zero while the kernel does not tell, as before anything was ever loaded. */
    private int askGeneration() {
        var question = ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(HEADER_BYTES)
                .putShort(GET_GENERATION)
                .putShort(REQUEST)
                .array();
        var answer = filter.ask(question);
        // Of a number of this protocol the first byte is the highest.
        return answer.length < GENERATION_OFFSET + Integer.BYTES
                ? 0
                : ByteBuffer.wrap(answer).getInt(GENERATION_OFFSET);
    }
}
