package io.minicloud.controller.ipam;

import io.minicloud.api.host.AddressClaimSpec;

/** Where claims are entered; it alone decides who wins. */
public interface ClaimLedger {
    /**
     * Enters a claim, unless the address has one.
     *
     * @param claim the claim
     * @return the claim that stands: this one, or that of another owner
     */
    AddressClaimSpec enter(AddressClaimSpec claim);
}
