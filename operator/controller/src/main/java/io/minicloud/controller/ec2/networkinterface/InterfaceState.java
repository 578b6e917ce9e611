package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterfaceStatus.Attachment;
import io.minicloud.controller.change.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What a pass learned of an interface that has its address.
 *
 * @param addresses its private addresses
 * @param attachment what has become of its attachment; null: there is none
 * @param port its port and the public address by which it is known
 * @param programmed how far its port has come
 * @param ready how far everything has come
 */
record InterfaceState(
        PrivateAddresses addresses,
        @Nullable Attachment attachment,
        InterfacePort port,
        Progress programmed,
        Progress ready) {}
