package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import io.minicloud.controller.change.Progress;
import org.jspecify.annotations.Nullable;

/**
 * By which public address the world knows an interface.
 *
 * @param told what the status says
 * @param carried what its port carries: an address that was claimed only now waits until the status says so
 * @param assigned whether it has the address that is assigned at the start of its instance; null: it is to have none
 */
record PublicReach(
        @Nullable Association told,
        @Nullable Association carried,
        @Nullable Progress assigned) {
    /** Whether the port must wait for the status. */
    boolean isRecording() {
        return told != null && carried == null;
    }
}
