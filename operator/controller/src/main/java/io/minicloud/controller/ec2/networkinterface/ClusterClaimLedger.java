package io.minicloud.controller.ec2.networkinterface;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.AddressClaimSpec;
import io.minicloud.controller.ipam.ClaimLedger;
import java.net.HttpURLConnection;

/** Claims as objects: created, never applied, so that the API server decides who wins. */
final class ClusterClaimLedger implements ClaimLedger {
    private final Context<?> context;

    ClusterClaimLedger(Context<?> context) {
        this.context = context;
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
        try {
            context.resourceOperations().create(claim);
            return spec;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return standing(claim, e);
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
