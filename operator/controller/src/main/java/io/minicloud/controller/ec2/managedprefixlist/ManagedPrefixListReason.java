package io.minicloud.controller.ec2.managedprefixlist;

/** The reasons of a ManagedPrefixList's conditions. */
public enum ManagedPrefixListReason {
    /** Others may name it; whether its ranges are in force is said by each of them. */
    Accepted,
    /** A range is there twice; what names the list has it once. */
    DuplicateEntry,
    /** Deletion waits for those that name it. */
    DependencyViolation
}
