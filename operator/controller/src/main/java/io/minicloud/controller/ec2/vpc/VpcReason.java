package io.minicloud.controller.ec2.vpc;

/** The reasons of a Vpc's conditions. */
public enum VpcReason {
    /** The VPC is as it was asked for. */
    Accepted,
    /** An object that is not ours has the name of the default security group. */
    DefaultSecurityGroupNameTaken,
    /** An object that is not ours has the name of the default network ACL. */
    DefaultNetworkAclNameTaken,
    /** Deletion waits for what is still in the VPC. */
    DependencyViolation,
    /** Deletion waits for hosts to take the network down. */
    RemovingNetworks
}
