package io.minicloud.agent.hostinterface;

/** Why a condition of a {@code HostInterface} is as it is. */
enum HostInterfaceReason {
    Valid,
    Invalid,
    Programmed,
    AwaitingNetwork,
    AwaitingMachine,
    AwaitingRelease,
    AwaitingRules,
    NameCollision
}
