package io.minicloud.controller.ec2.instancetype;

/** The reasons of an InstanceType's conditions. */
enum InstanceTypeReason {
    /** Instances may name it; whether a host has room is said by each of them. */
    Offered
}
