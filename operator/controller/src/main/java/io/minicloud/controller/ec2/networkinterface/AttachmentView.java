package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceTypeSpec;
import io.minicloud.api.ec2.NetworkInterface;
import java.util.List;
import java.util.Optional;

/**
 * What stands around the attachment of an interface.
 *
 * @param instance the instance that its spec names
 * @param type what an instance of that type may have
 * @param others the other interfaces that are bound to that instance, without its primary one
 * @param hasPort whether it has a port
 * @param isTaken whether the machine says that it has it
 */
record AttachmentView(
        Optional<Instance> instance,
        Optional<InstanceTypeSpec> type,
        List<NetworkInterface> others,
        boolean hasPort,
        boolean isTaken) {
    /** The most private addresses that it may have beside its primary one. */
    int mostSecondaries() {
        return type.map(spec -> spec.ipv4AddressesPerInterface() - 1).orElse(Integer.MAX_VALUE);
    }
}
