package io.minicloud.controller.ec2.networkacl;

/** The reasons of a NetworkAcl's conditions. */
public enum NetworkAclReason {
    /** The ACL is as it was asked for. */
    Accepted,
    /** An ACL calls itself the default one of a VPC that has another. */
    NotTheDefaultNetworkAcl,
    /** No subnet has the ACL. */
    NoSubnets,
    /** A host is not told of the entries as they are now. */
    EntriesPending
}
