package io.minicloud.controller.ec2.networkinterface;

/** The reasons of a NetworkInterface's conditions. */
public enum NetworkInterfaceReason {
    /** The interface is as it was asked for. */
    Accepted,
    /** It has claimed its address; its port follows when the status says so. */
    RecordingAddress,
    /** There is no NAT gateway of that name. */
    NatGatewayNotFound,
    /** It names a NAT gateway that did not make it. */
    OperationNotPermitted,
    /** It has its address and is attached to nothing. */
    NotAttached,
    /** Its instance or NAT gateway has no host yet. */
    AwaitingPlacement,
    /** Its port on another host must go first. */
    MovingPort,
    /** Its host has not yet made the port. */
    AwaitingHost,
    /** Its port is in force. */
    Programmed,
    /** Deletion waits for the instance or NAT gateway that uses it. */
    DependencyViolation,
    /** Deletion waits for the host to remove the port. */
    RemovingPort
}
