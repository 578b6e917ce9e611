package io.minicloud.controller.ec2.vpc;

/** The reasons of a Vpc's conditions. */
public enum VpcReason {
    /** The VPC is as it was asked for. */
    Accepted,
    /** An object that is not ours has the name of the default security group. */
    DefaultSecurityGroupNameTaken,
    /** An object that is not ours has the name of the default network ACL. */
    DefaultNetworkAclNameTaken,
    /** An object that is not ours has the name of something that a default VPC begins with. */
    DefaultNameTaken,
    /** AWS's word for a second default VPC of an account. */
    DefaultVpcAlreadyExists,
    /** A default VPC begins with a subnet in each zone, and no host serves any. */
    AwaitingZone,
    /** A secondary range that cannot be associated with the VPC. */
    InvalidVpcRange,
    /** More ranges than a VPC may have. */
    CidrLimitExceeded,
    /** A range comes or goes, and the hosts follow. */
    CidrBlocksPending,
    /** Deletion waits for what is still in the VPC, or the end of a range for the subnets in it. */
    DependencyViolation,
    /** Deletion waits for hosts to take the network down. */
    RemovingNetworks
}
