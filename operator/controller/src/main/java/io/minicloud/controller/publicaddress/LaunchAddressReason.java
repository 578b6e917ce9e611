package io.minicloud.controller.publicaddress;

/** Why a network interface has, or has not, the public address that is assigned when its instance starts. */
public enum LaunchAddressReason {
    /** It has one. */
    Assigned,
    /** Its instance is stopped or goes; it gets another one at the next start. */
    InstanceNotRunning,
    /** An ElasticIp took its place; another one comes at the next start. */
    ReplacedByElasticIp,
    /** The instance was started with several interfaces. */
    SeveralNetworkInterfaces,
    /** No pool is accepted. */
    AddressPoolNotFound,
    /** There are several pools, and an instance names none. */
    AddressPoolAmbiguous
}
