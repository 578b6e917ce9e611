package io.minicloud.controller.ec2.securitygroup;

/** The reasons of a SecurityGroup's conditions. */
public enum SecurityGroupReason {
    /** The group is as it was asked for. */
    Accepted,
    /** Deletion waits for the interfaces in the group. */
    DependencyViolation,
    /** A default group goes only with its VPC. */
    CannotDelete
}
