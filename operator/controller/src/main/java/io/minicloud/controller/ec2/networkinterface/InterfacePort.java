package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import org.jspecify.annotations.Nullable;

/**
 * How an interface is reached.
 *
 * @param host the host that holds its port; null: none
 * @param association the public address by which the world knows it; null: none
 */
record InterfacePort(@Nullable String host, @Nullable Association association) {
    /** An interface without a port and a public address. */
    static final InterfacePort NONE = new InterfacePort(null, null);
}
