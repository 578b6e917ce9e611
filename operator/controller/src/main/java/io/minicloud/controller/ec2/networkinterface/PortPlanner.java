package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.publicaddress.AddressPools;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.References;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where the port of an interface should be: on the host of what it is attached to and nowhere else. Pure. */
final class PortPlanner {
    private PortPlanner() {}

    /**
     * The port that an interface should have on a host.
     *
     * @param eni the interface
     * @param place where it belongs
     * @param addresses its private addresses
     * @param to the host, and the public address by which the world knows the private one
     * @param pools all pools of public addresses
     */
    static HostInterface port(
            NetworkInterface eni,
            InterfacePlace place,
            PrivateAddresses addresses,
            InterfacePort to,
            Collection<AddressPool> pools) {
        var id = InterfaceNames.id(eni);
        var port = new HostInterface();
        port.setMetadata(OwnerLink.metadata(eni, References.hostNamespace(to.host()), id, place.vpcId()));
        port.setSpec(new HostInterfaceSpec(
                id,
                place.vpcId(),
                place.subnetId(),
                InterfaceNames.macAddress(id),
                addresses.all(),
                place.groupIds(),
                !Boolean.FALSE.equals(eni.getSpec().sourceDestCheck()),
                place.requester() == null ? "Tap" : "Veth",
                InterfaceNames.hostname(addresses.primary()),
                to.association() == null
                        ? null
                        : List.of(AddressPools.carried(
                                addresses.primary(), to.association().publicIp(), pools))));
        return port;
    }

    /**
     * What must change. A port that somebody uses stays until its user is gone; a new one is made only when no other is
     * left, so that an address is never on two hosts.
     *
     * @param desired the port that should be; null: none
     * @param observed the ports that are there
     * @param inUse whether a machine or an appliance uses a port
     */
    static Changes<HostInterface> plan(
            @Nullable HostInterface desired, List<HostInterface> observed, Predicate<HostInterface> inUse) {
        var changes = Changes.between(Optional.ofNullable(desired).stream().toList(), observed);
        var elsewhere = observed.stream().anyMatch(port -> !isAt(port, desired));
        return new Changes<>(
                elsewhere ? List.of() : changes.apply(),
                changes.delete().stream().filter(inUse.negate()).toList());
    }

    /** Whether a port is the desired one, as far as its host goes. */
    static boolean isAt(HostInterface port, @Nullable HostInterface desired) {
        return desired != null
                && port.getMetadata()
                        .getNamespace()
                        .equals(desired.getMetadata().getNamespace());
    }
}
