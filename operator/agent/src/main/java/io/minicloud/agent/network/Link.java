package io.minicloud.agent.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network link as the kernel tells it.
 *
 * @param name the interface's name
 * @param kind bridge, veth, tun, …; empty for what has none
 * @param alias the text that says whose it is; null for none
 * @param mac the MAC address
 * @param mtu bytes
 * @param up whether it is administratively up
 * @param carrier whether something is at the other end; only told of a link that is up
 * @param master the bridge it is a port of, null for none
 * @param isolated whether it is an isolated port
 * @param addresses IPv4 addresses with prefix
 */
public record Link(
        String name,
        String kind,
        @Nullable String alias,
        String mac,
        int mtu,
        boolean up,
        boolean carrier,
        @Nullable String master,
        boolean isolated,
        List<String> addresses) {}
