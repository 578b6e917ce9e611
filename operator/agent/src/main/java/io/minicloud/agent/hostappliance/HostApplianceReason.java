package io.minicloud.agent.hostappliance;

/** Why a condition of a {@code HostAppliance} is as it is. */
enum HostApplianceReason {
    Valid,
    Invalid,
    Programmed,
    AwaitingInterfaces,
    AwaitingNetwork,
    AwaitingImage,
    AwaitingContainerRuntime,
    AwaitingSecret,
    Starting,
    Changing,
    ConfigurationRefused,
    ProxyFailed,
    NameCollision
}
