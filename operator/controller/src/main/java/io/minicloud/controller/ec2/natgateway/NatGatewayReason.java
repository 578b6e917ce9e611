package io.minicloud.controller.ec2.natgateway;

/** The reasons of a NatGateway's conditions, in AWS's words where it has any. */
public enum NatGatewayReason {
    /** The gateway is as it was asked for. */
    Accepted,
    /** The account has as many in the zone as it may. */
    NatGatewayLimitExceeded,
    /** There is no ElasticIp of that name. */
    ElasticIpNotFound,
    /** The ElasticIp is being deleted. */
    ElasticIpTerminating,
    /** The ElasticIp has no address yet, or is not associated yet. */
    ElasticIpPending,
    /** The ElasticIp is somebody else's already. */
    ResourceAlreadyAssociated,
    /** The VPC has no internet gateway; it goes on when one is attached. */
    GatewayNotAttached,
    /** No host that serves the zone is ready. */
    InsufficientHostCapacity,
    /** It has chosen its host; the rest follows when the status says so. */
    RecordingHost,
    /** A network interface that is not the gateway's has the name of it. */
    NameTaken,
    /** The network interface is not accepted. */
    NetworkInterfaceNotAccepted,
    /** The network interface has no address, or is not in force, yet. */
    NetworkInterfacePending,
    /** The host has not yet made the appliance. */
    AwaitingHost,
    /** The gateway is in force. */
    Programmed,
    /** Deletion waits for the host to remove the appliance. */
    RemovingAppliance,
    /** Deletion waits for the network interface. */
    RemovingNetworkInterface
}
