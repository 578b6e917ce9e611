package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import io.minicloud.controller.change.Progress;
import org.jspecify.annotations.Nullable;

/**
 * How an interface is reached.
 *
 * @param host the host that holds its port; null: none
 * @param association the public address by which the world knows it; null: none
 * @param assigned whether it has the address that is assigned at the start of its instance; null: it is to have none
 */
record InterfacePort(
        @Nullable String host,
        @Nullable Association association,
        @Nullable Progress assigned) {
    /** An interface without a port and a public address. */
    static final InterfacePort NONE = new InterfacePort(null, null, null);
}
