package io.minicloud.controller.ipam;

import java.util.stream.Stream;

/** The addresses of a subnet or pool. */
public interface Addresses {
    /** The addresses that can be given out, in the order in which they are. */
    Stream<String> all();

    /** Whether an address is one of these, also when nobody gets it. */
    boolean contains(long address);

    /** Whether an address is one of these that nobody gets. */
    boolean isReserved(long address);

    /** Why someone gets none when all are in use. */
    IpamReason exhausted();

    /** What they are, for messages: {@code 10.0.1.0/24 of the subnet}. */
    String describe();
}
