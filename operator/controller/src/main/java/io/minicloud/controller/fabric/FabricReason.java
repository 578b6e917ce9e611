package io.minicloud.controller.fabric;

/** How far the network of a VPC has come on the hosts, and what of it cannot be made. */
public enum FabricReason {
    /** No network interface has a port: networks are made when one needs them. */
    NoInterfaces,
    /** Every host that needs the network has it. */
    Programmed,
    /** A host has not yet done what its HostNetwork says. */
    HostNetworkPending,
    /** A security group has more rules than its quota, prefix lists counted by their maxEntries. */
    RulesPerSecurityGroupLimitExceeded,
    /** A network ACL has more entries than its quota. */
    NetworkAclEntryLimitExceeded,
    /** Another network ACL stands around a subnet. */
    SubnetHasNetworkAcl,
    /** What only one can have another has. */
    ResourceAlreadyAssociated,
    /** A route table has more routes than its quota, prefix lists counted by their maxEntries. */
    RouteLimitExceeded,
    /** Two routes of a table have the same prefix list as destination. */
    RouteAlreadyExists,
    /** A route has a destination or a target that its VPC does not allow. */
    InvalidParameterValue
}
