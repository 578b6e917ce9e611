package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.fabric.RealizedAs;
import io.minicloud.controller.publicaddress.LaunchAddresses;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.identity.Arn;
import java.time.Clock;
import java.util.List;

/** The status of a NetworkInterface. */
final class NetworkInterfaceStatusFactory {
    private static final NetworkInterfaceStatus NOTHING = new NetworkInterfaceStatus(
            null, null, null, null, null, null, null, null, null, null, "pending", null, null, null, null, null, null,
            null);

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

    /**
     * The status of an interface that has its address.
     *
     * @param port its port and the public address by which it is known
     */
    NetworkInterfaceStatus accepted(
            NetworkInterface eni, InterfacePlace place, String address, InterfacePort port, Progress progress) {
        var id = InterfaceNames.id(eni);
        var conditions = Verdict.accept(Verdict.conditions(eni, clock), NetworkInterfaceReason.Accepted, progress);
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
                eni.getSpec().attachment() == null ? "available" : "in-use",
                place.groupIds(),
                port.host(),
                port.association(),
                place.isRequesterManaged() ? "nat_gateway" : "interface",
                place.isRequesterManaged() ? "Interface for NAT Gateway " + place.natGatewayId() : null,
                place.isRequesterManaged(),
                port.host() == null ? List.of() : List.of(RealizedAs.networkInterface(id, place.vpcId(), port.host())));
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
                before.realizedAs());
    }
}
