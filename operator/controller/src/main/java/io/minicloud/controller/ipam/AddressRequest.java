package io.minicloud.controller.ipam;

import io.minicloud.api.host.AddressClaimSpec;
import org.jspecify.annotations.Nullable;

/**
 * Someone wants an address of a subnet or pool.
 *
 * @param rangeId the AWS id of the subnet or pool
 * @param addresses its addresses
 * @param wanted the address that it must be; null: any
 * @param owner who wants it
 */
public record AddressRequest(
        String rangeId, Addresses addresses, @Nullable String wanted, Owner owner) {
    /**
     * Who holds an address.
     *
     * @param kind the kind of the object
     * @param namespace its namespace
     * @param name its name
     * @param uid its uid
     */
    public record Owner(String kind, String namespace, String name, String uid) {}

    /** The same for this address. */
    public AddressRequest of(String address) {
        return new AddressRequest(rangeId, addresses, address, owner);
    }

    /** What claims this address. */
    public AddressClaimSpec claim(String address) {
        return new AddressClaimSpec(rangeId, address, owner.kind(), owner.namespace(), owner.name(), owner.uid());
    }
}
