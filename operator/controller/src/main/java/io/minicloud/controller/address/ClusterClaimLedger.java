package io.minicloud.controller.address;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.AddressClaimSpec;
import io.minicloud.controller.ipam.ClaimLedger;
import io.minicloud.controller.resolver.Cached;
import java.net.HttpURLConnection;
import java.util.Set;

/** Claims as objects: created, never applied, so that the API server decides who wins. */
final class ClusterClaimLedger implements ClaimLedger {
    private final Context<?> context;
    private final Set<String> underway;

    /**
     * A ledger for one pass.
     *
     * @param context the pass
     * @param underway the names of the claims that this controller is writing now; concurrent, shared by all passes
     */
    ClusterClaimLedger(Context<?> context, Set<String> underway) {
        this.context = context;
        this.underway = underway;
    }

    /** Whether the address has a claim or gets one now. By name, since an index lacks what was written a moment ago. */
    boolean isTaken(String rangeId, String address) {
        var name = name(rangeId, address);
        return underway.contains(name)
                || Cached.of(context, AddressClaim.class).find(name).isPresent();
    }

    static String name(String rangeId, String address) {
        return rangeId + "-" + address;
    }

    @Override
    public AddressClaimSpec enter(AddressClaimSpec spec) {
        var claim = new AddressClaim();
        claim.setMetadata(new ObjectMetaBuilder()
                .withName(name(spec.rangeId(), spec.address()))
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .build());
        claim.setSpec(spec);
        var name = claim.getMetadata().getName();
        var mine = underway.add(name);
        try {
            context.resourceOperations().create(claim);
            return spec;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return standing(claim, e);
        } finally {
            if (mine) {
                underway.remove(name);
            }
        }
    }

    /** The claim that was in the way; should it be gone by now, the next pass tries again. */
    private AddressClaimSpec standing(AddressClaim claim, KubernetesClientException conflict) {
        var standing = context.getClient().resource(claim).get();
        if (standing == null) {
            throw conflict;
        }
        return standing.getSpec();
    }
}
