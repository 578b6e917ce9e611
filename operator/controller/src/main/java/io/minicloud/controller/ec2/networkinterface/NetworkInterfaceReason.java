package io.minicloud.controller.ec2.networkinterface;

/** The reasons of a NetworkInterface's conditions. */
public enum NetworkInterfaceReason {
    /** The interface is as it was asked for. */
    Accepted,
    /** It has claimed its address; its port follows when the status says so. */
    RecordingAddress,
    /** There is no NAT gateway of that name. */
    NatGatewayNotFound,
    /** There is no load balancer of that name. */
    LoadBalancerNotFound,
    /** It names a NAT gateway or a load balancer that did not make it. */
    OperationNotPermitted,
    /** It has its address and is attached to nothing. */
    NotAttached,
    /** There is no instance of that name. */
    InstanceNotFound,
    /** Its instance is being terminated. */
    IncorrectInstanceState,
    /** The instance that it was attached to is gone. */
    InstanceTerminated,
    /** Its instance is in another zone or VPC. */
    InvalidParameterCombination,
    /** Another interface has that device index, or a secondary address is the primary one. */
    InvalidParameterValue,
    /** Its instance has as many interfaces as its type allows. */
    AttachmentLimitExceeded,
    /** It has as many addresses as the type of its instance allows. */
    PrivateIpAddressLimitExceeded,
    /** Its port is in force; the machine has not taken it yet. */
    Attaching,
    /** The machine must let go of it. */
    Detaching,
    /** Deletion waits for the end of the attachment. */
    InvalidNetworkInterfaceInUse,
    /** Its instance, NAT gateway or node has no host yet. */
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
