package io.minicloud.controller.ec2.instance;

import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.controller.attachment.Attachments;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What an instance tells of its interfaces. Pure. */
final class InterfaceAddresses {
    private InterfaceAddresses() {}

    /** The private addresses of an interface, the primary one first. */
    static List<String> of(NetworkInterface eni) {
        var all = eni.getStatus().privateIpAddresses();
        return all == null
                ? List.of(eni.getStatus().privateIpAddress())
                : all.stream()
                        .map(NetworkInterfaceStatus.PrivateIpAddress::privateIpAddress)
                        .toList();
    }

    /** How the status of an instance lists its interfaces, in the order of their device index. */
    static List<InstanceStatus.Interface> told(Collection<NetworkInterface> bound) {
        return bound.stream()
                .flatMap(eni -> Attachments.recorded(eni).map(attachment -> told(eni, attachment)).stream())
                .sorted(Comparator.comparing(InstanceStatus.Interface::deviceIndex)
                        .thenComparing(InstanceStatus.Interface::name))
                .toList();
    }

    private static InstanceStatus.Interface told(NetworkInterface eni, NetworkInterfaceStatus.Attachment attachment) {
        var status = eni.getStatus();
        return new InstanceStatus.Interface(
                status.networkInterfaceId(),
                eni.getMetadata().getName(),
                attachment.deviceIndex(),
                attachment.status(),
                status.macAddress(),
                of(eni),
                Optional.ofNullable(status.association())
                        .map(NetworkInterfaceStatus.Association::publicIp)
                        .orElse(null),
                status.subnetId());
    }
}
