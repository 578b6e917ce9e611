package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Attachment;
import io.minicloud.api.ec2.NetworkInterfaceStatus.PrivateIpAddress;
import io.minicloud.controller.attachment.Attachments;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.fabric.RealizedAs;
import io.minicloud.controller.publicaddress.LaunchAddresses;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.identity.Arn;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status of a NetworkInterface. */
final class NetworkInterfaceStatusFactory {
    private static final NetworkInterfaceStatus NOTHING = new NetworkInterfaceStatus(
            null, null, null, null, null, null, null, null, null, null, "pending", null, null, null, null, null, null,
            null, null, null);

    private static final String IN_USE = "in-use";

    private final String region;
    private final Clock clock;

    NetworkInterfaceStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    /** What the interface has it keeps; it only is not what its spec says now. */
    NetworkInterfaceStatus refused(NetworkInterface eni, Enum<?> reason, String message) {
        return asBefore(eni, Verdict.refuse(Verdict.conditions(eni, clock), reason, message));
    }

    NetworkInterfaceStatus deleting(NetworkInterface eni, Progress waiting) {
        return asBefore(
                eni, Verdict.deleting(Verdict.conditions(eni, clock), NetworkInterfaceReason.Accepted, waiting));
    }

    /** The status of an interface that has its address. */
    NetworkInterfaceStatus accepted(NetworkInterface eni, InterfacePlace place, InterfaceState found) {
        var id = InterfaceNames.id(eni);
        var requester = place.requester();
        var port = found.port();
        var address = found.addresses().primary();
        var conditions =
                Verdict.accept(Verdict.conditions(eni, clock), NetworkInterfaceReason.Accepted, found.programmed());
        Verdict.say(conditions, ConditionType.READY, found.ready());
        if (port.assigned() != null) {
            Verdict.say(conditions, LaunchAddresses.CONDITION, port.assigned());
        }
        return new NetworkInterfaceStatus(
                conditions.build(),
                eni.getMetadata().getGeneration(),
                Arn.of("ec2", region, place.account(), "network-interface/" + id),
                id,
                InterfaceNames.macAddress(id),
                address,
                InterfaceNames.privateDnsName(address, region),
                place.subnetId(),
                place.vpcId(),
                place.subnet().getSpec().availabilityZone(),
                state(eni, found.attachment()),
                place.groupIds(),
                port.host(),
                port.association(),
                requester == null ? "interface" : requester.interfaceType(),
                requester == null ? eni.getSpec().description() : requester.description(),
                requester != null,
                port.host() == null ? List.of() : List.of(RealizedAs.networkInterface(id, place.vpcId(), port.host())),
                privateIpAddresses(found),
                found.attachment());
    }

    /**
     * The state of an interface.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html">NetworkInterface</a>
     */
    private static String state(NetworkInterface eni, @Nullable Attachment attachment) {
        if (Attachments.isPrimary(eni)) {
            return IN_USE;
        }
        return attachment == null || attachment.status().equals(Attachments.STATUS_DETACHED)
                ? "available"
                : attachment.status().equals(Attachments.STATUS_ATTACHED) ? IN_USE : attachment.status();
    }

    private static List<PrivateIpAddress> privateIpAddresses(InterfaceState found) {
        return Stream.concat(
                        Stream.of(new PrivateIpAddress(
                                found.addresses().primary(), true, found.port().association())),
                        found.addresses().secondary().stream()
                                .map(address -> new PrivateIpAddress(address, false, null)))
                .toList();
    }

    private static NetworkInterfaceStatus asBefore(NetworkInterface eni, ConditionBuilder conditions) {
        LaunchAddresses.condition(eni).ifPresent(before -> conditions.keep(before.type()));
        var before = eni.getStatus() == null ? NOTHING : eni.getStatus();
        return new NetworkInterfaceStatus(
                conditions.build(),
                eni.getMetadata().getGeneration(),
                before.arn(),
                InterfaceNames.id(eni),
                before.macAddress(),
                before.privateIpAddress(),
                before.privateDnsName(),
                before.subnetId(),
                before.vpcId(),
                before.availabilityZone(),
                before.state(),
                before.securityGroupIds(),
                before.host(),
                before.association(),
                before.interfaceType(),
                before.description(),
                before.requesterManaged(),
                before.realizedAs(),
                before.privateIpAddresses(),
                before.attachment());
    }
}
