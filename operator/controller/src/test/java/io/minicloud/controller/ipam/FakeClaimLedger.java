package io.minicloud.controller.ipam;

import io.minicloud.api.host.AddressClaimSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** A ledger in memory: first come, first served. */
public final class FakeClaimLedger implements ClaimLedger {
    private final Map<String, AddressClaimSpec> claims = new LinkedHashMap<>();
    private int entered;

    @Override
    public AddressClaimSpec enter(AddressClaimSpec claim) {
        entered++;
        var standing = claims.putIfAbsent(claim.rangeId() + "-" + claim.address(), claim);
        return standing == null ? claim : standing;
    }

    /** The claims in the order in which they were entered. */
    public Map<String, AddressClaimSpec> claims() {
        return claims;
    }

    /** How often anybody tried to enter a claim. */
    public int entered() {
        return entered;
    }
}
