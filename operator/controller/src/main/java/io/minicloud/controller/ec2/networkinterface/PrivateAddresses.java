package io.minicloud.controller.ec2.networkinterface;

import java.util.List;
import java.util.stream.Stream;

/**
 * The private addresses of an interface.
 *
 * @param primary the first one, kept for life
 * @param secondary the others
 */
record PrivateAddresses(String primary, List<String> secondary) {
    /** Every address, the primary one first. */
    List<String> all() {
        return Stream.concat(Stream.of(primary), secondary.stream()).toList();
    }
}
