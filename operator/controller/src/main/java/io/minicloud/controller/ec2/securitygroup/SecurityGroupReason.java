package io.minicloud.controller.ec2.securitygroup;

/** The reasons of a SecurityGroup's conditions. */
public enum SecurityGroupReason {
    /** The group is as it was asked for. */
    Accepted,
    /** A group calls itself the default one of a VPC that has another. */
    NotTheDefaultGroup,
    /** The name default belongs to the VPC's own group. */
    InvalidGroupReserved,
    /** Another group of the VPC has the name. */
    InvalidGroupDuplicate,
    /** A host does not have the rules as they are now. */
    RulesPending,
    /** Deletion waits for the interfaces in the group and for the rules that name it. */
    DependencyViolation,
    /** A default group goes only with its VPC. */
    CannotDelete
}
