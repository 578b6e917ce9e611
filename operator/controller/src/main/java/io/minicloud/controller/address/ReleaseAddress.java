package io.minicloud.controller.address;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.reconcile.plan.Action;

/**
 * Gives an address back. Only the claim that was seen: an address that is free again may be another's by now, under the same
 * name; the API server then refuses, and the next pass looks again.
 *
 * @param client the API
 * @param claim the claim that goes; one that is gone already is success
 */
record ReleaseAddress(KubernetesClient client, AddressClaim claim) implements Action {
    @Override
    public String describe() {
        return "release " + claim.getSpec().address() + " of " + claim.getSpec().rangeId();
    }

    @Override
    public void apply() {
        client.resource(claim).lockResourceVersion().delete();
    }
}
