package io.minicloud.agent.network;

import org.jspecify.annotations.Nullable;

/**
 * A public address that is a part of a network on which this machine is, so that this machine answers for it there.
 *
 * @param address the address
 * @param uplink the link by which that network is reached, null for that of the default route
 */
public record LanAddress(String address, @Nullable String uplink) {
    /** Checks. */
    public LanAddress {
        Ipv4.parse(address);
        if (uplink != null) {
            Syntax.link(uplink);
        }
    }
}
