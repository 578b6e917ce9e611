package io.minicloud.agent.preflight;

/** A program that gives the links of a machine addresses and routes. */
public enum NetworkDaemon {
    /** NetworkManager. */
    NETWORK_MANAGER,
    /** systemd-networkd, also below netplan. */
    NETWORKD
}
