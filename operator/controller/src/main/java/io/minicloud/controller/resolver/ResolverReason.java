package io.minicloud.controller.resolver;

/** Why a reference leads nowhere; the same word wherever it is met. */
public enum ResolverReason {
    /** The namespace is no account of this cloud. */
    NotAnAccount,
    /** There is no VPC of that name. */
    VpcNotFound,
    /** Nobody has judged the VPC as it is now yet. */
    VpcPending,
    /** The VPC is not accepted itself. */
    VpcNotAccepted,
    /** The VPC is being deleted. */
    VpcTerminating,
    /** There is no subnet of that name. */
    SubnetNotFound,
    /** Nobody has judged the subnet as it is now yet. */
    SubnetPending,
    /** The subnet is not accepted itself. */
    SubnetNotAccepted,
    /** The subnet is being deleted. */
    SubnetTerminating,
    /** There is no security group of that name. */
    SecurityGroupNotFound,
    /** The security group belongs to another VPC. */
    InvalidSecurityGroup,
    /** There is no prefix list of that name. */
    PrefixListNotFound
}
