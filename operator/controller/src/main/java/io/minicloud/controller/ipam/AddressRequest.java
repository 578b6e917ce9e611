package io.minicloud.controller.ipam;

import io.minicloud.api.host.AddressClaimSpec;
import org.jspecify.annotations.Nullable;

/**
 * Someone wants an address of a subnet.
 *
 * @param subnetId the AWS id of the subnet
 * @param addresses the addresses of the subnet
 * @param wanted the address that it must be; null: any
 * @param owner who wants it
 */
public record AddressRequest(
        String subnetId,
        SubnetAddresses addresses,
        @Nullable String wanted,
        Owner owner) {
    /**
     * Who holds an address.
     *
     * @param kind the kind of the object
     * @param namespace its namespace
     * @param name its name
     * @param uid its uid
     */
    public record Owner(String kind, String namespace, String name, String uid) {}

    /** What claims this address. */
    public AddressClaimSpec claim(String address) {
        return new AddressClaimSpec(subnetId, address, owner.kind(), owner.namespace(), owner.name(), owner.uid());
    }
}
