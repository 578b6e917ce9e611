package io.minicloud.controller.ec2.subnet;

/** The reasons of a Subnet's conditions, in AWS's words where it has any. */
public enum SubnetReason {
    /** The subnet is as it was asked for. */
    Accepted,
    /** The range is not inside one that the VPC has, or only inside one that goes. */
    InvalidSubnetRange,
    /** The range overlaps that of another subnet of the VPC. */
    InvalidSubnetConflict,
    /** No host serves the zone. */
    InvalidZone,
    /** Deletion waits for the interfaces and NAT gateways in the subnet. */
    DependencyViolation
}
