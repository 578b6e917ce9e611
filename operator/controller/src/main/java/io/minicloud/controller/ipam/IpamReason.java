package io.minicloud.controller.ipam;

/** Why someone gets no address. */
public enum IpamReason {
    /** The address is not in the subnet or pool. */
    InvalidAddressRange,
    /** The address is one of the five that nobody gets. */
    AddressReserved,
    /** Somebody else has the address. */
    AddressInUse,
    /** Every address of the subnet is in use. */
    InsufficientFreeAddressesInSubnet,
    /** Every address of the pool is in use. */
    InsufficientAddressCapacity
}
