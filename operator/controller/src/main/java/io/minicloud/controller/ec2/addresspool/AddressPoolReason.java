package io.minicloud.controller.ec2.addresspool;

/** The reasons of an AddressPool's conditions. */
public enum AddressPoolReason {
    /** Addresses are given out from all of its ranges. */
    Accepted,
    /** A range overlaps that of another pool. */
    AddressPoolConflict,
    /** A range overlaps that of a VPC. */
    VpcConflict,
    /** Deletion waits for those that hold its addresses. */
    DependencyViolation
}
