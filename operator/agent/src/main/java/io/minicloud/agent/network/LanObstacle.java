package io.minicloud.agent.network;

/**
 * Why nobody on its network reaches an address.
 *
 * @param reason what it is
 * @param message that with the remedy, for a person
 */
public record LanObstacle(Reason reason, String message) {
    /** What it may be. */
    public enum Reason {
        /** This machine has no such link, or no default route that would name one. */
        UplinkNotFound,
        /** The link is down. */
        UplinkDown,
        /** The link is of a kind on which nobody asks for addresses. */
        UplinkNotEthernet,
        /** No range of the link holds the address, so nobody there would ask for it. */
        AddressNotOnLink,
        /** The address is that of this machine, of its router or of the network itself. */
        AddressInUse,
        /** The link does not pass on what comes in by it. */
        UplinkNotForwarding
    }

    /** Whether the address is given to nobody meanwhile; else it works as soon as the cause is gone. */
    boolean isRefusal() {
        return reason != Reason.UplinkNotForwarding;
    }
}
