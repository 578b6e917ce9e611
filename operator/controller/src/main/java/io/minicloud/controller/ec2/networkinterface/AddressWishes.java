package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.controller.ipam.SubnetAddresses;
import io.minicloud.controller.ipam.Without;

/** What an interface asks its subnet for. Pure. */
final class AddressWishes {
    private AddressWishes() {}

    /** Any address of its subnet. */
    static AddressRequest any(NetworkInterface eni, InterfacePlace place) {
        return new AddressRequest(
                place.subnetId(),
                SubnetAddresses.of(place.subnet().getSpec().cidrBlock()),
                null,
                SecondaryAddresses.holder(eni).owner());
    }

    /** Its primary address: the one that it names, else any but those that it names as secondary ones. */
    static AddressRequest primary(NetworkInterface eni, AddressRequest any) {
        var named = eni.getSpec().privateIpAddress();
        return named == null
                ? new AddressRequest(
                        any.rangeId(),
                        new Without(any.addresses(), SecondaryRules.named(eni.getSpec())),
                        null,
                        any.owner())
                : any.of(named);
    }
}
