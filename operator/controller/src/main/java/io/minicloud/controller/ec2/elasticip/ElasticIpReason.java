package io.minicloud.controller.ec2.elasticip;

/** The reasons of an ElasticIp's conditions, in AWS's words where it has any. */
public enum ElasticIpReason {
    /** It has its address. */
    Accepted,
    /** The account has as many as it may. */
    AddressLimitExceeded,
    /** There is no pool of that name, or none at all. */
    AddressPoolNotFound,
    /** There are several pools, and it names none. */
    AddressPoolRefMissing,
    /** The pool gives out no address: it is not accepted. */
    AddressPoolNotAccepted,
    /** The pool is being deleted. */
    AddressPoolTerminating,
    /** It has claimed its address; its association follows when the status says so. */
    RecordingAddress,
    /** It has its address and names nothing to associate it with. */
    NotAssociated,
    /** There is no instance of that name. */
    InstanceNotFound,
    /** There is no network interface of that name. */
    NetworkInterfaceNotFound,
    /** The network interface has no address yet. */
    NetworkInterfacePending,
    /** The network interface is being deleted. */
    NetworkInterfaceTerminating,
    /** The network interface has the address of another, or a NAT gateway has this one. */
    ResourceAlreadyAssociated,
    /** The network interface is that of a NAT gateway, which names its address itself. */
    OperationNotPermitted,
    /** The VPC of the network interface has no internet gateway. */
    GatewayNotAttached,
    /** The port that has the address must let it go first. */
    MovingAddress,
    /** The network interface has no port on a host. */
    NoPort,
    /** The host has not yet given the port its address. */
    AwaitingHost,
    /** The address is in force. */
    Programmed,
    /** Deletion waits for the NAT gateways that name it. */
    DependencyViolation,
    /** Deletion waits for the port to let the address go. */
    RemovingAssociation
}
