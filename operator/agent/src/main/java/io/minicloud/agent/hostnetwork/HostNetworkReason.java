package io.minicloud.agent.hostnetwork;

/** Why a condition of a {@code HostNetwork} is as it is. */
enum HostNetworkReason {
    Valid,
    Invalid,
    Programmed,
    NameCollision,
    InUse,
    Deleting
}
